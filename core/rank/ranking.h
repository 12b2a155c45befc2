#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace likeness {

/// One answer. `margin` says how far the score lies above the query's own background: (score - median) / (1.4826 x
/// median absolute deviation) over the scores of the whole gallery; 0 where all scores are alike. Where most
/// are, the standard deviation stands for the median deviation.
struct Hit {
    int image = -1; ///< ImageId
    float score = 0;
    float margin = 0;
    int inliers = -1; ///< of the geometric verification; -1 where none was made
};

/// Best first, ties by gallery order. Images without a score are left out.
using Ranking = std::vector<Hit>;

/// The k best of dense scores (noScore: none).
Ranking ranked(std::span<const float> scores, int k);

/// Place of one image in the whole ranking, from 1 on; 0 where it has no score.
int rankOf(std::span<const float> scores, int image);

} // namespace likeness
