#include "core/rank/query_expansion.h"

#include "core/index/cosine_index.h"
#include "core/rank/ranking.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>

namespace likeness {

namespace {

class QueryExpansion final : public Ranker {
public:
    explicit QueryExpansion(const QueryExpansionOptions &options) : m_options(options) {}
    bool accepts(FeatureType type) const override { return type == FeatureType::Vector; }

    void build(const Column &gallery, FeatureType, FitContext &context) override
    {
        m_gallery = gallery;
        m_index = makeCosineIndex({});
        m_index->build(gallery, context);
    }

    std::vector<std::pair<int, int>> rerank(const Features &query, std::span<float> scores) const override
    {
        if (query.rows.empty())
            return {};
        const Ranking best = ranked(scores, m_options.answers);
        Features expanded{query.rows.clone()};
        for (int row = 0; row < expanded.rows.rows; ++row) {
            cv::Mat sum = expanded.rows.row(row);
            for (const Hit &hit : best)
                add(m_gallery[static_cast<std::size_t>(hit.image)].rows, query.rows.row(row), sum);
            if (const double length = cv::norm(sum); length > 0)
                sum *= 1 / length;
        }
        m_index->scores(expanded, scores);
        return {};
    }

private:
    /// Of several views of an answer, the one most like the query's.
    void add(const cv::Mat &views, const cv::Mat &query, cv::Mat &sum) const
    {
        double best = -2;
        int which = -1;
        for (int view = 0; view < views.rows; ++view)
            if (const double cosine = query.dot(views.row(view)); cosine > best) {
                best = cosine;
                which = view;
            }
        if (which >= 0)
            sum += views.row(which) * std::pow(std::max(0.0, best), m_options.alpha);
    }

    QueryExpansionOptions m_options;
    Column m_gallery;
    std::unique_ptr<Index> m_index;
};

} // namespace

std::unique_ptr<Ranker> makeQueryExpansion(const QueryExpansionOptions &options)
{
    return std::make_unique<QueryExpansion>(options);
}

} // namespace likeness
