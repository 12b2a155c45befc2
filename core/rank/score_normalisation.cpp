#include "core/rank/score_normalisation.h"

#include "core/index/index.h"
#include "core/vectors/float_rows.h"

#include <algorithm>
#include <numeric>

namespace likeness {

namespace {

class ScoreNormalisation final : public Ranker {
public:
    explicit ScoreNormalisation(const ScoreNormalisationOptions &options) : m_options(options) {}
    bool accepts(FeatureType type) const override
    {
        return m_options.background.empty() || type == FeatureType::Vector;
    }
    std::optional<int> bestScoresSeen() const override
    {
        return m_options.background.empty() ? std::optional(m_options.skip + m_options.count) : std::nullopt;
    }
    std::string background() const override { return m_options.background; }
    void setBackground(const Column &background) override { m_background = background; }
    void build(const Column &, FeatureType, FitContext &) override {}

    std::vector<std::pair<int, int>> rerank(const Features &query, std::span<float> scores) const override
    {
        const bool own = m_options.background.empty();
        std::vector<float> known = own ? std::vector<float>() : backgroundScores(query);
        if (own)
            std::ranges::copy_if(scores, std::back_inserter(known), [](float score) { return score > noScore; });
        const auto skip = static_cast<std::ptrdiff_t>(own ? m_options.skip : 0);
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
    /// Of each background image, by its best pair of views.
    std::vector<float> backgroundScores(const Features &query) const
    {
        if (query.rows.empty() || m_background.rowCount() == 0)
            return {};
        checkWidth(m_background.width(), query.rows.cols);
        const Eigen::VectorXf best =
            (floatRows(m_background.matrix()) * floatRows(query.rows).transpose()).rowwise().maxCoeff();
        std::vector<float> scores;
        for (std::size_t image = 0; image < m_background.size(); ++image) {
            const auto first = m_background.firstRow(image);
            const int rows = m_background.rowsOf(image);
            if (rows > 0)
                scores.push_back(best.segment(first, rows).maxCoeff());
        }
        return scores;
    }

    Column m_background;
    ScoreNormalisationOptions m_options;
};

} // namespace

std::unique_ptr<Ranker> makeScoreNormalisation(const ScoreNormalisationOptions &options)
{
    return std::make_unique<ScoreNormalisation>(options);
}

} // namespace likeness
