#include "core/rank/ranking.h"

#include "core/base/median.h"
#include "core/index/index.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace likeness {

Ranking ranked(std::span<const float> scores, int k)
{
    std::vector<int> order;
    std::vector<float> known;
    for (std::size_t i = 0; i < scores.size(); ++i)
        if (scores[i] > noScore) {
            order.push_back(static_cast<int>(i));
            known.push_back(scores[i]);
        }
    if (order.empty())
        return {};
    const auto count = std::min(order.size(), static_cast<std::size_t>(std::max(k, 0)));
    std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(count), [&](int a, int b) {
        const float scoreA = scores[static_cast<std::size_t>(a)], scoreB = scores[static_cast<std::size_t>(b)];
        return scoreA != scoreB ? scoreA > scoreB : a < b;
    });
    const double total = static_cast<double>(known.size());
    const double mean = std::accumulate(known.begin(), known.end(), 0.0) / total;
    double squares = 0;
    for (const float value : known)
        squares += (value - mean) * (value - mean);
    const auto deviation = static_cast<float>(std::sqrt(squares / total));
    const float median = medianOf(known);
    for (float &value : known)
        value = std::abs(value - median);
    float spread = 1.4826f * medianOf(known);
    if (spread < 0.1f * deviation) // most scores are alike, such as those without a vote
        spread = deviation;
    Ranking ranking;
    for (std::size_t i = 0; i < count; ++i) {
        const float score = scores[static_cast<std::size_t>(order[i])];
        ranking.push_back({order[i], score, spread > 0 ? (score - median) / spread : 0});
    }
    return ranking;
}

int rankOf(std::span<const float> scores, int image)
{
    const auto at = static_cast<std::size_t>(image);
    if (at >= scores.size() || !(scores[at] > noScore)) // NaN is none either
        return 0;
    int rank = 1;
    for (std::size_t i = 0; i < scores.size(); ++i)
        rank += scores[i] > scores[at] || (scores[i] == scores[at] && i < at);
    return rank;
}

} // namespace likeness
