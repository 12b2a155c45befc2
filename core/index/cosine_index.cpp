#include "core/index/cosine_index.h"

#include "core/vectors/float_rows.h"
#include "core/vectors/rows.h"

#include <algorithm>

namespace likeness {

namespace {

constexpr int blockRows = 4096; // gallery rows a product: the result stays in the cache

class CosineIndex final : public Index {
public:
    bool accepts(FeatureType type) const override { return areFloats(type); }
    void build(std::span<const Features> gallery, FitContext &) override { m_gallery = StackedRows(gallery); }

    void scores(const Features &query, std::span<float> scores) const override
    {
        std::ranges::fill(scores, noScore);
        if (query.rows.empty() || m_gallery.rows.empty())
            return;
        const int width = m_gallery.rows.cols;
        const Eigen::Map<const FloatRows> q = floatRows(query.rows);
        std::size_t image = 0;
        for (int start = 0; start < m_gallery.rows.rows; start += blockRows) {
            const int count = std::min(blockRows, m_gallery.rows.rows - start);
            const Eigen::Map<const FloatRows> g(m_gallery.rows.ptr<float>(start), count, width);
            const Eigen::VectorXf best = bestOfViews(g, q);
            for (int row = 0; row < count; ++row) {
                while (start + row >= m_gallery.begin[image + 1])
                    ++image;
                scores[image] = std::max(scores[image], best[row]);
            }
        }
    }

    std::size_t bytes() const override { return m_gallery.bytes(); }
    bool comparesByProduct() const override { return true; }

private:
    static Eigen::VectorXf bestOfViews(const Eigen::Map<const FloatRows> &gallery,
                                       const Eigen::Map<const FloatRows> &query)
    {
        if (query.rows() == 1)
            return gallery * query.row(0).transpose();
        const Eigen::MatrixXf products = gallery * query.transpose();
        return products.rowwise().maxCoeff();
    }

    StackedRows m_gallery;
};

} // namespace

std::unique_ptr<Index> makeCosineIndex(const CosineOptions &)
{
    return std::make_unique<CosineIndex>();
}

} // namespace likeness
