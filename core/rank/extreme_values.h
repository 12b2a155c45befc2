#pragma once

#include <span>

namespace likeness {

/// Gumbel's distribution of largest values (1935): F(s) = exp(-exp(-(s - mode) / scale)). The best score that unrelated
/// images reach is such a value.
struct LargestValues {
    double mode = 0, scale = 1;

    /// From the quartile and the median of the sample; the upper half, where scores of copies lie, does not matter.
    /// A sample of equal values, or none, has a tiny scale.
    static LargestValues fromLowerHalf(std::span<const float> sample);
    /// F(s).
    double below(double score) const;
    /// The score that is exceeded with this probability, 0 < share < 1.
    double exceededBy(double share) const;
};

} // namespace likeness
