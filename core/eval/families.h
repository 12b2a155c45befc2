#pragma once

#include "core/base/error.h"

#include <span>
#include <string_view>

namespace likeness {

/// A family of networks in plain words.
struct ModelFamily {
    const char *id; ///< as ModelCard::family
    Message name;
    Message sameDespite; ///< what it is invariant to
    Message losesOn;     ///< what misleads it
    Message cost;
    Message useFor;
};

std::span<const ModelFamily> modelFamilies();
/// The family of that id; the one of programs where there is none.
const ModelFamily &modelFamily(std::string_view id);

} // namespace likeness
