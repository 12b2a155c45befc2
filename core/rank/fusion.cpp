#include "core/rank/fusion.h"

#include "core/index/index.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace likeness {

namespace {

class ZScoreFusion final : public Fusion {
public:
    void fuse(std::span<const std::vector<float>> branches, std::span<const double> weights,
              std::span<float> fused) const override
    {
        std::vector<double> sums(fused.size(), 0.0);
        std::vector<bool> known(fused.size(), false);
        const double allWeights = std::accumulate(weights.begin(), weights.end(), 0.0);
        for (std::size_t b = 0; b < branches.size(); ++b) {
            double count = 0, sum = 0, squares = 0;
            for (const float s : branches[b])
                if (s > noScore) {
                    ++count;
                    sum += s;
                }
            const double mean = count > 0 ? sum / count : 0;
            for (const float s : branches[b])
                if (s > noScore)
                    squares += (s - mean) * (s - mean);
            const double deviation = count > 0 ? std::sqrt(squares / count) : 0;
            for (std::size_t i = 0; i < fused.size(); ++i) {
                if (!(branches[b][i] > noScore))
                    continue;
                known[i] = true;
                if (deviation > 0)
                    sums[i] += weights[b] * (branches[b][i] - mean) / deviation;
            }
        }
        for (std::size_t i = 0; i < fused.size(); ++i)
            fused[i] = known[i] ? static_cast<float>(sums[i] / allWeights) : noScore;
    }
};

class ReciprocalRankFusion final : public Fusion {
public:
    explicit ReciprocalRankFusion(const ReciprocalRankOptions &options) : m_options(options) {}

    void fuse(std::span<const std::vector<float>> branches, std::span<const double> weights,
              std::span<float> fused) const override
    {
        std::vector<double> sums(fused.size(), 0.0);
        std::vector<std::size_t> order(fused.size());
        for (std::size_t b = 0; b < branches.size(); ++b) {
            const std::vector<float> &scores = branches[b];
            std::iota(order.begin(), order.end(), std::size_t{0});
            std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return scores[i]; });
            std::size_t rank = 0;
            for (std::size_t place = 0; place < order.size() && scores[order[place]] > noScore; ++place) {
                if (place == 0 || scores[order[place]] != scores[order[place - 1]])
                    rank = place + 1;
                sums[order[place]] += weights[b] / (m_options.k + static_cast<double>(rank));
            }
        }
        for (std::size_t i = 0; i < fused.size(); ++i)
            fused[i] = sums[i] > 0 ? static_cast<float>(sums[i]) : noScore;
    }

private:
    ReciprocalRankOptions m_options;
};

} // namespace

std::unique_ptr<Fusion> makeZScoreFusion(const ZScoreOptions &)
{
    return std::make_unique<ZScoreFusion>();
}

std::unique_ptr<Fusion> makeReciprocalRankFusion(const ReciprocalRankOptions &options)
{
    return std::make_unique<ReciprocalRankFusion>(options);
}

} // namespace likeness
