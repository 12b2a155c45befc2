#pragma once

#include "core/rank/average_precision.h"

#include <vector>

namespace likeness {

/// Probability of being right by a score, 1 / (1 + exp(-slope score - offset)), slope >= 0.
struct LogisticCurve {
    double slope = 0, offset = 0;

    /// Platt 1999, with the targets and the Newton steps of Lin, Lin and Weng 2007. Where higher scores are less often
    /// right, the one probability that fits all. One answer or more.
    static LogisticCurve fitted(std::vector<JudgedAnswer> answers);
    double at(double score) const;
};

} // namespace likeness
