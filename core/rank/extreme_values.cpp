#include "core/rank/extreme_values.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace likeness {

namespace {
constexpr double smallestScale = 1e-9;
}

LargestValues LargestValues::fromLowerHalf(std::span<const float> sample)
{
    if (sample.empty())
        return {0, smallestScale};
    std::vector<float> sorted(sample.begin(), sample.end());
    std::ranges::sort(sorted);
    const auto at = [&](double share) {
        return static_cast<double>(sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))]);
    };
    const double median = at(0.5);
    LargestValues values;
    values.scale = std::max(smallestScale, (median - at(0.25)) / std::numbers::ln2); // ln ln 4 - ln ln 2 = ln 2
    values.mode = median + values.scale * std::log(std::numbers::ln2);
    return values;
}

double LargestValues::below(double score) const
{
    return std::exp(-std::exp(-(score - mode) / scale));
}

double LargestValues::exceededBy(double share) const
{
    return mode - scale * std::log(-std::log1p(-share));
}

} // namespace likeness
