#pragma once

#include "core/eval/calibration.h"

#include <QString>

namespace likeness::ui {

/// In words how sure the best answer of a ranking is, and a number only for what it is: a probability or a
/// significance. Empty where nothing is known.
QString sureText(const Calibration &calibration, const NamedRanking &ranking);
/// "; precision expected: at least 0.97 ...": of the answers above the cut; empty where it cannot be promised.
QString expectedText(const Calibration &calibration, std::optional<double> cut);

} // namespace likeness::ui
