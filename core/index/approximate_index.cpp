#include "core/index/approximate_index.h"
#include "core/base/file.h"
#include "core/base/parallel.h"
#include "core/vectors/flat_search.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <unordered_map>

namespace likeness {

namespace {

/// The codes of one of these indexes and how they are searched.
struct ApproximatePlan {
    VectorIndexPlan codes;
    ApproximateOptions options;
};

/// The best score that the codes give a row of each image, of the `candidates` images nearest to each row of the query;
/// fewer where the codes reach fewer. The others keep theirs.
void scoreByCodes(const VectorIndex &codes, int candidates, const Eigen::Map<const FloatRows> &query,
                  std::span<const std::size_t> imageOfRow, std::span<float> scores)
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
                float &score = best.try_emplace(imageOfRow[static_cast<std::size_t>(hit.row)], hit.score).first->second;
                score = std::max(score, hit.score);
            }
            asked *= 2;
        } while (best.size() < wanted && static_cast<std::int64_t>(hits.size()) >= asked / 2);
        for (const auto &[image, score] : best)
            scores[image] = std::max(scores[image], score);
    }
}

/// The `count` best get their exact scores; the others keep their order below them.
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

class ApproximateIndex final : public Index {
public:
    explicit ApproximateIndex(const ApproximatePlan &plan) : m_plan(plan), m_codes(plan.codes) {}
    bool accepts(FeatureType type) const override { return type == FeatureType::Vector; }

    void learn(const Column &gallery, FitContext &context) override
    {
        if (gallery.rowCount() > 0)
            m_codes.train(gallery.rows(), context.task);
    }

    void fill(const Column &gallery, FitContext &context) override
    {
        setGallery(gallery);
        if (!m_state.empty())
            m_codes = VectorIndex::read(m_state, m_plan.codes); // what is mapped cannot be changed
        m_state.clear();
        m_codes.clear();
        if (gallery.rowCount() == 0)
            return;
        m_codes.add(gallery.rows(), context.task);
        m_codes.tune(gallery.rows(), context.task);
    }

    bool hasState() const override { return !m_imageOfRow.empty(); }
    void save(const std::filesystem::path &file) const override { m_codes.write(file); }
    void restore(const Column &gallery, const std::filesystem::path &file, FitContext &) override
    {
        setGallery(gallery);
        if (gallery.rowCount() == 0)
            return;
        m_codes = VectorIndex::read(file, m_plan.codes, true);
        m_state = file;
        if (m_codes.size() != gallery.rowCount())
            throw Error(ErrorKind::Format,
                        QT_TRANSLATE_NOOP("core", "%1 holds %2 codes of %3 vectors: build the index again"),
                        {toUtf8(file), std::to_string(m_codes.size()), std::to_string(gallery.rowCount())});
    }

    void scores(const Features &query, std::span<float> scores) const override
    {
        std::ranges::fill(scores, noScore);
        if (query.rows.empty() || m_imageOfRow.empty())
            return;
        scoreByCodes(m_codes, m_plan.options.candidates, floatRows(query.rows), m_imageOfRow, scores);
        if (m_plan.options.rescore > 0)
            rescoreBest(scores, m_plan.options.rescore, [&](std::size_t image) { return exactScore(query, image); });
    }

    void scoresOfAll(const Features &query, std::span<float> scores) const override
    {
        std::ranges::fill(scores, noScore);
        if (query.rows.empty() || m_imageOfRow.empty())
            return;
        checkWidth(m_gallery.width(), query.rows.cols);
        const std::vector<float> best = bestByProduct(m_gallery.rows(), floatRows(query.rows), TaskContext::none());
        for (std::size_t row = 0; row < best.size(); ++row)
            scores[m_imageOfRow[row]] = std::max(scores[m_imageOfRow[row]], best[row]);
    }
    Tuning tuning() const override { return {m_codes.effort(), m_codes.tunedRecall().value_or(-1)}; }
    int mostScored() const override { return m_plan.options.candidates; }

    bool nearestRows(std::int64_t first, std::int64_t count, int k, TaskContext &task,
                     const RowFound &found) const override
    {
        const FloatRows asked = m_gallery.rows().block(first, count);
        std::vector<std::vector<RowHit>> nearest(static_cast<std::size_t>(count));
        parallelFor(nearest.size(), task, [&](std::size_t row) {
            const auto query = asked.row(static_cast<Eigen::Index>(row));
            nearest[row] = m_codes.search(query, k);
            scoreExactly(m_gallery.rows(), query, nearest[row]);
        });
        for (std::size_t row = 0; row < nearest.size(); ++row)
            for (const RowHit &hit : nearest[row])
                found(first + static_cast<std::int64_t>(row), hit.row, hit.score);
        return true;
    }

    /// The gallery's rows count where searching needs them.
    std::size_t bytes() const override
    {
        return m_codes.bytes() + (m_plan.options.rescore > 0 ? m_gallery.bytes() : 0);
    }

private:
    void setGallery(const Column &gallery)
    {
        m_gallery = gallery;
        m_imageOfRow = gallery.imageOfRow();
    }
    float exactScore(const Features &query, std::size_t image) const
    {
        return (floatRows(query.rows) * floatRows(m_gallery[image].rows).transpose()).maxCoeff();
    }

    ApproximatePlan m_plan;
    VectorIndex m_codes;
    Column m_gallery;
    std::filesystem::path m_state; // whose codes are in use
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
