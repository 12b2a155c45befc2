#include "core/index/hamming_index.h"

#include <algorithm>
#include <faiss/IndexBinaryFlat.h>
#include <faiss/impl/AuxIndexStructures.h>
#include <omp.h>

namespace likeness {

namespace {

class HammingIndex final : public Index {
public:
    bool accepts(FeatureType type) const override { return type == FeatureType::Binary; }

    void fill(const Column &gallery, FitContext &) override
    {
        m_imageOfRow = gallery.imageOfRow();
        m_index = std::make_unique<faiss::IndexBinaryFlat>(gallery.width() * 8);
        if (gallery.rowCount() > 0)
            m_index->add(gallery.matrix().rows, gallery.matrix().data);
    }

    void scores(const Features &query, std::span<float> scores) const override
    {
        std::ranges::fill(scores, noScore);
        if (query.rows.empty() || m_index->ntotal == 0)
            return;
        // A range search within all bits gives every distance, in the order of the gallery. (faiss::hammings of 1.7.3
        // writes out of bounds for codes of other than 64, 128, 256 and 512 bits.)
        omp_set_num_threads(1); // of this thread: the loop over queries is the parallel one
        faiss::RangeSearchResult found(static_cast<std::size_t>(query.rows.rows));
        m_index->range_search(query.rows.rows, query.rows.data, m_index->d + 1, &found);
        const auto bits = static_cast<float>(m_index->d);
        for (std::size_t q = 0; q < found.nq; ++q)
            for (std::size_t at = found.lims[q]; at < found.lims[q + 1]; ++at) {
                float &score = scores[m_imageOfRow[static_cast<std::size_t>(found.labels[at])]];
                score = std::max(score, 1 - found.distances[at] / bits);
            }
    }

    std::size_t bytes() const override { return m_index->xb.size() + m_imageOfRow.size() * sizeof(std::size_t); }

private:
    std::unique_ptr<faiss::IndexBinaryFlat> m_index;
    std::vector<std::size_t> m_imageOfRow;
};

} // namespace

std::unique_ptr<Index> makeHammingIndex(const HammingOptions &)
{
    return std::make_unique<HammingIndex>();
}

} // namespace likeness
