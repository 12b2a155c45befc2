#pragma once

#include <limits>
#include <vector>

namespace likeness {

/// What a step of a training gave, or a validation.
struct StepResult {
    double loss = 0;                 ///< with the additions; not a number where the step was not made
    double entropy = 0, overlap = 0; ///< the additions before their weights
    double accuracy = std::numeric_limits<double>::quiet_NaN(); ///< of the pairs (siamese only)
    double deviation = 0;                                       ///< mean standard deviation of the embeddings' entries
    std::vector<float> positiveDistances, negativeDistances;    ///< of pairs, for siamese and contrastive

    /// The values of a part of the step's images, `share` of them.
    void add(const StepResult &part, double share, bool isFirst)
    {
        for (double StepResult::*value : {&StepResult::loss, &StepResult::entropy, &StepResult::overlap,
                                          &StepResult::accuracy, &StepResult::deviation})
            this->*value = (isFirst ? 0 : this->*value) + share * part.*value;
        positiveDistances.insert(positiveDistances.end(), part.positiveDistances.begin(), part.positiveDistances.end());
        negativeDistances.insert(negativeDistances.end(), part.negativeDistances.begin(), part.negativeDistances.end());
    }
};

} // namespace likeness
