#pragma once

#include "core/base/stage.h"
#include "core/train/objectives.h"

namespace likeness {

/// THE list of what a training run can minimise, in the order in which it is shown.
std::span<const Stage<Objective>> objectives();
/// Throws Error{NotFound} that names the nearest id.
const Stage<Objective> &objectiveById(std::string_view id);

} // namespace likeness
