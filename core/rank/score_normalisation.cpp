#include "core/rank/score_normalisation.h"

#include "core/index/index.h"

#include <algorithm>
#include <numeric>

namespace likeness {

namespace {

class ScoreNormalisation final : public Ranker {
public:
    explicit ScoreNormalisation(const ScoreNormalisationOptions &options) : m_options(options) {}
    bool accepts(FeatureType) const override { return true; }
    void build(std::span<const Features>, FeatureType, FitContext &) override {}

    std::vector<std::pair<int, int>> rerank(const Features &, std::span<float> scores) const override
    {
        std::vector<float> known;
        std::ranges::copy_if(scores, std::back_inserter(known), [](float score) { return score > noScore; });
        const auto skip = static_cast<std::ptrdiff_t>(m_options.skip);
        const auto size = static_cast<std::ptrdiff_t>(known.size());
        if (size <= skip)
            return {};
        const auto end = known.begin() + std::min(size, skip + m_options.count);
        std::ranges::nth_element(known, end - 1, std::greater{});
        std::sort(known.begin(), end, std::greater{}); // in one order the sum is one number
        const double background =
            std::accumulate(known.begin() + skip, end, 0.0) / static_cast<double>(end - known.begin() - skip);
        for (float &score : scores)
            score -= static_cast<float>(background);
        return {};
    }

private:
    ScoreNormalisationOptions m_options;
};

} // namespace

std::unique_ptr<Ranker> makeScoreNormalisation(const ScoreNormalisationOptions &options)
{
    return std::make_unique<ScoreNormalisation>(options);
}

} // namespace likeness
