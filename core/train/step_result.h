#pragma once

#include <limits>
#include <vector>

namespace likeness {

/// What a step of a training gave, or a validation.
struct StepResult {
    double loss = 0; ///< with the additions; not a number where the step was not made
    double entropy = 0;
    double accuracy = std::numeric_limits<double>::quiet_NaN(); ///< of the pairs (siamese only)
    double deviation = 0;                                       ///< mean standard deviation of the embeddings' entries
    std::vector<float> positiveDistances, negativeDistances;    ///< of pairs, for siamese and contrastive
};

} // namespace likeness
