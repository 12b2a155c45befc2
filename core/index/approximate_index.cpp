#include "core/index/approximate_index.h"
#include "core/vectors/rows.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace likeness {

namespace {

class ApproximateIndex final : public Index {
public:
    explicit ApproximateIndex(const ApproximatePlan &plan) : m_plan(plan), m_codes(plan.codes) {}
    bool accepts(FeatureType type) const override { return type == FeatureType::Vector; }

    void build(std::span<const Features> gallery, FitContext &context) override
    {
        m_gallery = StackedRows(gallery);
        m_imageOfRow = m_gallery.imageOfRow();
        if (m_gallery.rows.empty())
            return;
        const RowSource rows = rowsInMemory(m_gallery.rows.ptr<float>(), m_gallery.rows.rows, m_gallery.rows.cols);
        m_codes.train(rows, context.task);
        m_codes.add(rows, context.task);
        m_codes.tune(rows, context.task);
        if (m_plan.options.rescore == 0)
            m_gallery = {};
    }

    void scores(const Features &query, std::span<float> scores) const override
    {
        std::ranges::fill(scores, noScore);
        if (query.rows.empty() || m_imageOfRow.empty())
            return;
        scoreByCodes(
            m_codes, m_plan.options.candidates, floatRows(query.rows),
            [this](std::int64_t row) { return m_imageOfRow[static_cast<std::size_t>(row)]; }, scores);
        if (m_plan.options.rescore > 0)
            rescoreBest(scores, m_plan.options.rescore, [&](std::size_t image) { return exactScore(query, image); });
    }

    std::size_t bytes() const override { return m_codes.bytes() + m_gallery.bytes(); }
    bool comparesByProduct() const override { return true; }
    const ApproximatePlan *approximation() const override { return &m_plan; }

private:
    float exactScore(const Features &query, std::size_t image) const
    {
        const cv::Mat stored = m_gallery.rows.rowRange(m_gallery.begin[image], m_gallery.begin[image + 1]);
        return (floatRows(query.rows) * floatRows(stored).transpose()).maxCoeff();
    }

    ApproximatePlan m_plan;
    VectorIndex m_codes;
    StackedRows m_gallery; // empty where nothing is compared again
    std::vector<std::size_t> m_imageOfRow;
};

ApproximatePlan planOf(const ScalarQuantisedOptions &options)
{
    return {{.kind = VectorIndexPlan::Kind::ScalarQuantised, .bits = static_cast<int>(options.bits)}, options};
}

ApproximatePlan planOf(const PqOptions &options)
{
    return {{.kind = VectorIndexPlan::Kind::Pq, .bytes = options.bytes, .opq = options.opq, .seed = options.seed},
            options};
}

ApproximatePlan planOf(const IvfPqOptions &options)
{
    return {{.kind = VectorIndexPlan::Kind::IvfPq,
             .bytes = options.bytes,
             .opq = options.opq,
             .lists = options.lists,
             .probes = options.probes,
             .recall = options.recall,
             .seed = options.seed},
            options};
}

ApproximatePlan planOf(const HnswOptions &options)
{
    return {{.kind = VectorIndexPlan::Kind::Hnsw,
             .neighbours = options.neighbours,
             .buildEffort = options.buildEffort,
             .searchEffort = options.searchEffort,
             .recall = options.recall},
            options};
}

ApproximatePlan planOf(const BinaryCodeOptions &options)
{
    return {{.kind = VectorIndexPlan::Kind::Binary, .bits = options.bits}, options};
}

} // namespace

void scoreByCodes(const VectorIndex &codes, int candidates, const Eigen::Map<const FloatRows> &query,
                  const std::function<std::size_t(std::int64_t)> &imageOfRow, std::span<float> scores)
{
    const auto wanted = static_cast<std::size_t>(candidates);
    for (Eigen::Index view = 0; view < query.rows(); ++view) {
        std::vector<RowHit> hits;
        std::unordered_map<std::size_t, float> best; // of each image
        std::int64_t asked = candidates;             // rows: several of them may be of one image
        do {
            hits = codes.search(query.row(view), static_cast<int>(std::min(asked, codes.size())));
            best.clear();
            for (const RowHit &hit : hits) {
                float &score = best.try_emplace(imageOfRow(hit.row), hit.score).first->second;
                score = std::max(score, hit.score);
            }
            asked *= 2;
        } while (best.size() < wanted && static_cast<std::int64_t>(hits.size()) >= asked / 2);
        for (const auto &[image, score] : best)
            scores[image] = std::max(scores[image], score);
    }
}

void rescoreBest(std::span<float> scores, int count, const std::function<float(std::size_t)> &exactScore)
{
    std::vector<std::size_t> known;
    for (std::size_t image = 0; image < scores.size(); ++image)
        if (scores[image] > noScore)
            known.push_back(image);
    const auto middle =
        known.begin() + static_cast<std::ptrdiff_t>(std::min(known.size(), static_cast<std::size_t>(count)));
    std::ranges::partial_sort(known, middle, [&](std::size_t a, std::size_t b) {
        return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
    });
    float worst = std::numeric_limits<float>::max(), bestOther = noScore;
    for (auto image = known.begin(); image < middle; ++image) {
        scores[*image] = exactScore(*image);
        worst = std::min(worst, scores[*image]);
    }
    for (auto image = middle; image < known.end(); ++image)
        bestOther = std::max(bestOther, scores[*image]);
    const float below = std::nextafter(worst, noScore), surplus = std::max(0.f, bestOther - worst);
    for (auto image = middle; image < known.end(); ++image)
        scores[*image] = std::min(scores[*image] - surplus, below);
}

std::unique_ptr<Index> makeScalarQuantisedIndex(const ScalarQuantisedOptions &options)
{
    return std::make_unique<ApproximateIndex>(planOf(options));
}

std::unique_ptr<Index> makePqIndex(const PqOptions &options)
{
    return std::make_unique<ApproximateIndex>(planOf(options));
}

std::unique_ptr<Index> makeIvfPqIndex(const IvfPqOptions &options)
{
    return std::make_unique<ApproximateIndex>(planOf(options));
}

std::unique_ptr<Index> makeHnswIndex(const HnswOptions &options)
{
    return std::make_unique<ApproximateIndex>(planOf(options));
}

std::unique_ptr<Index> makeBinaryCodeIndex(const BinaryCodeOptions &options)
{
    return std::make_unique<ApproximateIndex>(planOf(options));
}

} // namespace likeness
