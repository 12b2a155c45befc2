#include "core/index/cosine_index.h"

#include "core/vectors/flat_search.h"

#include <algorithm>

namespace likeness {

namespace {

constexpr int blockRows = 4096; // gallery rows a product: the result stays in the cache

class CosineIndex final : public Index {
public:
    bool accepts(FeatureType type) const override { return areFloats(type); }
    void fill(const Column &gallery, FitContext &) override { m_gallery = gallery; }

    void scores(const Features &query, std::span<float> scores) const override
    {
        std::ranges::fill(scores, noScore);
        if (query.rows.empty() || m_gallery.matrix().empty())
            return;
        const int width = m_gallery.matrix().cols;
        const Eigen::Map<const FloatRows> q = floatRows(query.rows);
        std::size_t image = 0;
        for (int start = 0; start < m_gallery.matrix().rows; start += blockRows) {
            const int count = std::min(blockRows, m_gallery.matrix().rows - start);
            const Eigen::Map<const FloatRows> g(m_gallery.matrix().ptr<float>(start), count, width);
            const Eigen::VectorXf best = bestOfViews(g, q);
            for (int row = 0; row < count; ++row) {
                while (start + row >= m_gallery.firstRow(image + 1))
                    ++image;
                scores[image] = std::max(scores[image], best[row]);
            }
        }
    }

    bool nearestRows(std::int64_t first, std::int64_t count, int k, TaskContext &task,
                     const RowFound &found) const override
    {
        const FloatRows asked = m_gallery.rows().block(first, count);
        const auto nearest = nearestByProduct(m_gallery.rows(), asked, k, task);
        for (std::int64_t row = 0; row < count; ++row)
            for (const RowHit &hit : nearest[static_cast<std::size_t>(row)])
                found(first + row, hit.row, hit.score);
        return true;
    }
    std::size_t bytes() const override { return m_gallery.bytes(); }

private:
    static Eigen::VectorXf bestOfViews(const Eigen::Map<const FloatRows> &gallery,
                                       const Eigen::Map<const FloatRows> &query)
    {
        if (query.rows() == 1)
            return gallery * query.row(0).transpose();
        const Eigen::MatrixXf products = gallery * query.transpose();
        return products.rowwise().maxCoeff();
    }

    Column m_gallery;
};

} // namespace

std::unique_ptr<Index> makeCosineIndex(const CosineOptions &)
{
    return std::make_unique<CosineIndex>();
}

} // namespace likeness
