#include "core/vectors/flat_search.h"

#include "core/base/parallel.h"

#include <algorithm>

namespace likeness {

namespace {

bool isBetter(const RowHit &a, const RowHit &b)
{
    return a.score != b.score ? a.score > b.score : a.row < b.row;
}

/// The k best seen, the worst of them on top of a heap.
class Best {
public:
    explicit Best(int k) : m_k(static_cast<std::size_t>(k)) { m_hits.reserve(m_k + 1); }
    /// What a score must exceed, or equal with an earlier row.
    float threshold() const { return m_threshold; }
    void offer(const RowHit &hit)
    {
        if (m_hits.size() == m_k && !isBetter(hit, m_hits.front()))
            return;
        m_hits.push_back(hit);
        std::ranges::push_heap(m_hits, isBetter);
        if (m_hits.size() > m_k) {
            std::ranges::pop_heap(m_hits, isBetter);
            m_hits.pop_back();
        }
        if (m_hits.size() == m_k)
            m_threshold = m_hits.front().score;
    }
    std::vector<RowHit> &hits() { return m_hits; }

private:
    std::size_t m_k;
    std::vector<RowHit> m_hits;
    float m_threshold = -std::numeric_limits<float>::infinity();
};

constexpr std::int64_t partRows = 16384; ///< of a thread's turn
constexpr std::int64_t blockRows = 1024; ///< whose products stay in the cache

void offerBlock(const Eigen::Map<const FloatRows> &block, std::int64_t first, const FloatRows &queries,
                std::vector<Best> &best)
{
    FloatRows products(queries.rows(), block.rows());
    if (queries.rows() == 1) // reads each row once, where a product of matrices would pack them first
        products.row(0).noalias() = (block * queries.row(0).transpose()).transpose();
    else
        products.noalias() = queries * block.transpose();
    for (Eigen::Index q = 0; q < queries.rows(); ++q) {
        Best &own = best[static_cast<std::size_t>(q)];
        const float *scores = products.row(q).data();
        for (Eigen::Index i = 0; i < block.rows(); ++i)
            if (scores[i] >= own.threshold())
                own.offer({first + i, scores[i]});
    }
}

} // namespace

std::vector<std::vector<RowHit>> nearestByProduct(const RowSource &rows, const FloatRows &queries, int k,
                                                  TaskContext &task)
{
    const auto count = static_cast<std::size_t>(queries.rows());
    const auto parts = static_cast<std::size_t>((rows.rows + partRows - 1) / partRows);
    std::vector<std::vector<Best>> found(parts);
    parallelFor(parts, task, [&](std::size_t part) {
        std::vector<Best> best(count, Best(k));
        const std::int64_t begin = static_cast<std::int64_t>(part) * partRows;
        for (std::int64_t first = begin; first < std::min(rows.rows, begin + partRows); first += blockRows) {
            const std::int64_t size = std::min({blockRows, rows.rows - first, begin + partRows - first});
            offerBlock(rows.block(first, size), first, queries, best);
        }
        found[part] = std::move(best);
    });
    std::vector<std::vector<RowHit>> results(count);
    for (std::size_t q = 0; q < count; ++q) {
        Best best(k);
        for (auto &part : found)
            for (const RowHit &hit : part[q].hits())
                best.offer(hit);
        results[q] = std::move(best.hits());
        std::ranges::sort(results[q], isBetter);
    }
    return results;
}

std::vector<float> bestByProduct(const RowSource &rows, const FloatRows &queries, TaskContext &task)
{
    std::vector<float> best(static_cast<std::size_t>(rows.rows));
    parallelFor(static_cast<std::size_t>((rows.rows + partRows - 1) / partRows), task, [&](std::size_t part) {
        const std::int64_t begin = static_cast<std::int64_t>(part) * partRows;
        for (std::int64_t first = begin; first < std::min(rows.rows, begin + partRows); first += blockRows) {
            const std::int64_t size = std::min({blockRows, rows.rows - first, begin + partRows - first});
            Eigen::Map<Eigen::VectorXf> own(best.data() + first, size);
            if (queries.rows() == 1)
                own.noalias() = rows.block(first, size) * queries.row(0).transpose();
            else
                own = (rows.block(first, size) * queries.transpose()).rowwise().maxCoeff();
        }
    });
    return best;
}

double shareFound(std::span<const std::vector<RowHit>> exact, std::span<const std::vector<RowHit>> found)
{
    std::size_t common = 0, all = 0;
    for (std::size_t q = 0; q < exact.size(); ++q) {
        all += exact[q].size();
        for (const RowHit &hit : exact[q])
            common += std::ranges::find(found[q], hit.row, &RowHit::row) != found[q].end();
    }
    return all == 0 ? 1 : static_cast<double>(common) / static_cast<double>(all);
}

void scoreExactly(const RowSource &rows, const Eigen::RowVectorXf &query, std::vector<RowHit> &hits)
{
    for (RowHit &hit : hits)
        hit.score = rows.block(hit.row, 1).row(0).dot(query);
    std::ranges::sort(hits, isBetter);
}

} // namespace likeness
