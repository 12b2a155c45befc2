#pragma once

#include "core/train/training_run.h"

#include <functional>

class QWidget;

namespace likeness::ui {

/// A finished run goes on from its end, to more epochs than it was begun with: asks how many, then calls `goOn` with
/// the run that has them.
void askHowLong(QWidget &over, const TrainingRun &run, std::function<void(const TrainingRun &)> goOn);

} // namespace likeness::ui
