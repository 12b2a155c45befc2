#pragma once

#include "core/train/training_runs.h"

#include <QString>

namespace likeness::ui {

/// A training run in words: images, figures, options other than usual.
QString runHtml(const TrainingRun &run);

} // namespace likeness::ui
