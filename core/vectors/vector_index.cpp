#include "core/vectors/vector_index.h"

#include "core/base/file.h"
#include "core/base/parallel.h"
#include "core/base/random.h"

#include <algorithm>
#include <cmath>
#include <faiss/IndexHNSW.h>
#include <faiss/IndexIVFPQ.h>
#include <faiss/IndexLSH.h>
#include <faiss/IndexPQ.h>
#include <faiss/IndexPreTransform.h>
#include <faiss/IndexScalarQuantizer.h>
#include <faiss/impl/FaissException.h>
#include <faiss/impl/io.h>
#include <faiss/index_io.h>
#include <faiss/invlists/OnDiskInvertedLists.h>
#include <numeric>
#include <omp.h>

namespace likeness {

namespace {

using Kind = VectorIndexPlan::Kind;
constexpr std::int64_t mostTrained = 65536, blockRows = 16384;
constexpr int tuningQueries = 200, tuningNeighbours = 10;

/// Bits of a sub-quantiser: fewer where there are fewer vectors than centroids.
int codeBits(std::int64_t rows)
{
    int bits = 8;
    while (bits > 1 && (std::int64_t{1} << bits) > rows)
        --bits;
    return bits;
}

void setSeed(faiss::ClusteringParameters &clustering, int seed)
{
    clustering.seed = seed;
    clustering.min_points_per_centroid = 1; // few are said in the help, not on stderr
}

/// A quarter of what Faiss takes for the 256 centres of a part: recall@10 falls by 0.008, the time to a third.
void prepareParts(faiss::ProductQuantizer &quantiser, int seed)
{
    setSeed(quantiser.cp, seed);
    quantiser.cp.max_points_per_centroid = 64;
}

faiss::ScalarQuantizer::QuantizerType scalarType(int bits)
{
    using Quantizer = faiss::ScalarQuantizer;
    return bits == 4    ? Quantizer::QT_4bit
           : bits == 6  ? Quantizer::QT_6bit
           : bits == 16 ? Quantizer::QT_fp16
                        : Quantizer::QT_8bit;
}

std::unique_ptr<faiss::IndexIVFPQ> makeInverted(const VectorIndexPlan &plan, int width, int parts, std::int64_t rows)
{
    const int wanted = plan.lists > 0 ? plan.lists : static_cast<int>(4 * std::sqrt(static_cast<double>(rows)));
    const auto lists = static_cast<std::size_t>(std::clamp<std::int64_t>(wanted, 1, std::max<std::int64_t>(1, rows)));
    auto quantiser = std::make_unique<faiss::IndexFlatIP>(width);
    auto index = std::make_unique<faiss::IndexIVFPQ>(quantiser.get(), width, lists, parts, codeBits(rows),
                                                     faiss::METRIC_INNER_PRODUCT);
    index->own_fields = true;
    quantiser.release();
    index->nprobe = static_cast<std::size_t>(std::clamp<std::int64_t>(plan.probes, 1, std::int64_t(lists)));
    setSeed(index->cp, plan.seed);
    prepareParts(index->pq, plan.seed);
    return index;
}

std::unique_ptr<faiss::Index> makeCodes(const VectorIndexPlan &plan, int width, std::int64_t rows)
{
    switch (plan.kind) {
    case Kind::ScalarQuantised:
        return std::make_unique<faiss::IndexScalarQuantizer>(width, scalarType(plan.bits), faiss::METRIC_INNER_PRODUCT);
    case Kind::Pq: {
        auto index = std::make_unique<faiss::IndexPQ>(width, plan.bytes, codeBits(rows), faiss::METRIC_INNER_PRODUCT);
        prepareParts(index->pq, plan.seed);
        return index;
    }
    case Kind::IvfPq:
        return makeInverted(plan, width, plan.bytes, rows);
    case Kind::Hnsw: {
        auto index = std::make_unique<faiss::IndexHNSWFlat>(width, plan.neighbours, faiss::METRIC_INNER_PRODUCT);
        index->hnsw.efConstruction = plan.buildEffort;
        index->hnsw.efSearch = plan.searchEffort;
        return index;
    }
    case Kind::Binary:
        return std::make_unique<faiss::IndexLSH>(width, plan.bits, true, false);
    }
    return nullptr;
}

/// Codes need a width that their parts divide; a rotation wants to know the codes.
std::unique_ptr<faiss::Index> makeIndex(const VectorIndexPlan &plan, int width, std::int64_t rows)
{
    const bool hasParts = plan.kind == Kind::Pq || plan.kind == Kind::IvfPq;
    const int padded = hasParts ? (width + plan.bytes - 1) / plan.bytes * plan.bytes : width;
    // Faiss 1.7.3 writes out of bounds where a rotation is learned from fewer vectors than dimensions.
    const bool rotates = hasParts && plan.opq && rows >= 2 * padded;
    std::unique_ptr<faiss::Index> codes = makeCodes(plan, padded, rows);
    if (padded == width && !rotates)
        return codes;
    auto chain = std::make_unique<faiss::IndexPreTransform>(codes.get());
    chain->own_fields = true;
    codes.release();
    if (rotates) {
        auto rotation = std::make_unique<faiss::OPQMatrix>(padded, plan.bytes, padded);
        rotation->niter = 10;
        rotation->verbose = false;
        chain->prepend_transform(rotation.release());
    }
    if (padded != width)
        chain->prepend_transform(new faiss::RemapDimensionsTransform(width, padded, false));
    return chain;
}

template <class Index> Index *inside(faiss::Index *index)
{
    if (auto *chain = dynamic_cast<faiss::IndexPreTransform *>(index))
        index = chain->index;
    return dynamic_cast<Index *>(index);
}

/// Faiss' own words, as an error of ours.
template <class Work> auto guarded(Work &&work)
{
    try {
        return work();
    } catch (const faiss::FaissException &error) {
        throw Error(ErrorKind::InvalidArgument, QT_TRANSLATE_NOOP("core", "the index cannot be made: %1"), {error.msg});
    }
}

} // namespace

namespace {

/// Faiss' bytes into a stream, or counted only.
struct StreamWriter final : faiss::IOWriter {
    std::ostream *stream = nullptr;
    std::size_t bytes = 0;
    std::size_t operator()(const void *values, std::size_t size, std::size_t count) override
    {
        if (stream != nullptr)
            stream->write(static_cast<const char *>(values), static_cast<std::streamsize>(size * count));
        bytes += size * count;
        return count;
    }
};

} // namespace

struct VectorIndex::Impl {
    std::unique_ptr<faiss::Index> index;
    faiss::ProductQuantizer rotationCodes; // outlives a rotation that learns with it

    void setEffort(int effort) const
    {
        if (auto *lists = inside<faiss::IndexIVFPQ>(index.get()))
            lists->nprobe = static_cast<std::size_t>(effort);
        if (auto *graph = inside<faiss::IndexHNSWFlat>(index.get()))
            graph->hnsw.efSearch = effort;
    }
    int effort() const
    {
        if (auto *lists = inside<faiss::IndexIVFPQ>(index.get()))
            return static_cast<int>(lists->nprobe);
        if (auto *graph = inside<faiss::IndexHNSWFlat>(index.get()))
            return graph->hnsw.efSearch;
        return 0;
    }
    using Rows = std::vector<std::int64_t>;
    void search(const float *query, std::vector<float> &scores, Rows &rows, faiss::SearchParameters *how) const
    {
        guarded([&] {
            faiss::SearchParametersPreTransform behind;
            behind.index_params = how;
            const bool rotated = dynamic_cast<const faiss::IndexPreTransform *>(index.get()) != nullptr;
            index->search(1, query, static_cast<std::int64_t>(rows.size()), scores.data(), rows.data(),
                          how && rotated ? &behind : how);
        });
    }
    void searchAllLists(const float *query, std::vector<float> &scores, Rows &rows) const
    {
        const auto *lists = inside<faiss::IndexIVFPQ>(index.get());
        if (!lists)
            return;
        faiss::SearchParametersIVF all;
        all.nprobe = lists->nlist;
        search(query, scores, rows, &all);
    }
    int mostEffort() const
    {
        if (auto *lists = inside<faiss::IndexIVFPQ>(index.get()))
            return static_cast<int>(lists->nlist);
        return inside<faiss::IndexHNSWFlat>(index.get()) ? 4096 : 0;
    }
    /// A rotation learns with codes of its own, which follow the seed as well.
    void seedRotation(const VectorIndexPlan &plan, std::int64_t rows)
    {
        auto *chain = dynamic_cast<faiss::IndexPreTransform *>(index.get());
        if (chain == nullptr)
            return;
        for (faiss::VectorTransform *transform : chain->chain)
            if (auto *rotation = dynamic_cast<faiss::OPQMatrix *>(transform)) {
                rotationCodes = faiss::ProductQuantizer(static_cast<std::size_t>(rotation->d_out),
                                                        static_cast<std::size_t>(plan.bytes),
                                                        static_cast<std::size_t>(codeBits(rows)));
                prepareParts(rotationCodes, plan.seed);
                rotation->pq = &rotationCodes;
            }
    }
};

VectorIndex::VectorIndex(const VectorIndexPlan &plan) : m_impl(std::make_unique<Impl>()), m_plan(plan) {}
VectorIndex::~VectorIndex() = default;
VectorIndex::VectorIndex(VectorIndex &&) noexcept = default;
VectorIndex &VectorIndex::operator=(VectorIndex &&) noexcept = default;

void VectorIndex::train(const RowSource &rows, TaskContext &task)
{
    task.checkCancelled();
    // Thousands of small loops: their meeting points cost more than they save where there is little to do.
    constexpr std::int64_t worthThreads = 2'000'000;
    omp_set_num_threads(rows.rows * rows.width < worthThreads ? 1 : threadCount());
    std::vector<std::int64_t> picked(static_cast<std::size_t>(rows.rows));
    std::iota(picked.begin(), picked.end(), 0);
    if (rows.rows > mostTrained) {
        Random random(static_cast<std::uint64_t>(m_plan.seed));
        shuffle(picked, random);
        picked.resize(mostTrained);
        std::ranges::sort(picked);
    }
    FloatRows sample(static_cast<Eigen::Index>(picked.size()), rows.width);
    for (std::size_t i = 0; i < picked.size(); ++i)
        sample.row(static_cast<Eigen::Index>(i)) = rows.block(picked[i], 1);
    if (!sample.allFinite())
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "the vectors hold entries that are not numbers"), {});
    guarded([&] {
        m_impl->index = makeIndex(m_plan, rows.width, sample.rows());
        m_impl->seedRotation(m_plan, sample.rows());
        m_impl->index->train(sample.rows(), sample.data());
    });
    task.checkCancelled();
}

void VectorIndex::add(const RowSource &rows, TaskContext &task)
{
    // A graph depends on the order in which threads reach it.
    omp_set_num_threads(m_plan.kind == Kind::Hnsw || rows.rows < blockRows ? 1 : threadCount());
    for (std::int64_t first = 0; first < rows.rows; first += blockRows) {
        task.checkCancelled();
        const FloatRows block = rows.block(first, std::min(blockRows, rows.rows - first));
        guarded([&] { m_impl->index->add(block.rows(), block.data()); });
        task.progress(std::min(rows.rows, first + blockRows), rows.rows);
    }
}

void VectorIndex::tune(const RowSource &rows, TaskContext &task)
{
    if (m_plan.recall <= 0 || m_impl->mostEffort() == 0 || rows.rows < 2)
        return;
    const auto count = static_cast<Eigen::Index>(std::min<std::int64_t>(tuningQueries, rows.rows));
    FloatRows queries(count, rows.width);
    for (Eigen::Index i = 0; i < count; ++i)
        queries.row(i) = rows.block(i * rows.rows / count, 1);
    const auto exact = nearestByProduct(rows, queries, tuningNeighbours + 1, task);
    const auto recallNow = [&] {
        std::int64_t wanted = 0, found = 0;
        for (Eigen::Index i = 0; i < count; ++i) {
            const std::vector<RowHit> hits = search(queries.row(i), tuningNeighbours + 1);
            for (const RowHit &hit : exact[static_cast<std::size_t>(i)]) {
                if (hit.row == i * rows.rows / count)
                    continue; // itself
                ++wanted;
                found += std::ranges::find(hits, hit.row, &RowHit::row) != hits.end();
            }
        }
        return wanted > 0 ? static_cast<double>(found) / static_cast<double>(wanted) : 1;
    };
    for (int effort = 1;; effort = std::min(2 * effort, m_impl->mostEffort())) {
        task.checkCancelled();
        m_impl->setEffort(effort);
        m_tunedRecall = recallNow();
        if (*m_tunedRecall >= m_plan.recall || effort == m_impl->mostEffort())
            return;
    }
}

std::vector<RowHit> VectorIndex::search(const Eigen::RowVectorXf &query, int k) const
{
    omp_set_num_threads(1); // of this thread: the loop over queries is the parallel one
    const auto count = static_cast<std::size_t>(std::min<std::int64_t>(k, size()));
    std::vector<float> scores(count);
    std::vector<std::int64_t> rows(count);
    if (count == 0)
        return {};
    checkWidth(m_impl->index->d, query.size());
    m_impl->search(query.data(), scores, rows, nullptr);
    if (rows[0] < 0) // among equal centres the probed lists may all be empty
        m_impl->searchAllLists(query.data(), scores, rows);
    std::vector<RowHit> hits;
    for (std::size_t i = 0; i < count; ++i)
        if (rows[i] >= 0)
            hits.push_back({rows[i], m_plan.kind == Kind::Binary
                                         ? 1 - scores[i] / static_cast<float>(m_plan.bits) // bits that differ
                                         : scores[i]});
    return hits;
}

std::int64_t VectorIndex::size() const
{
    return m_impl->index ? m_impl->index->ntotal : 0;
}

std::size_t VectorIndex::bytes() const
{
    if (!m_impl->index)
        return 0;
    StreamWriter counter;
    faiss::write_index(m_impl->index.get(), &counter);
    return counter.bytes;
}

int VectorIndex::effort() const
{
    return m_impl->index ? m_impl->effort() : 0;
}

void VectorIndex::setEffort(int effort)
{
    m_impl->setEffort(effort);
}

void VectorIndex::clear()
{
    if (m_impl->index)
        m_impl->index->reset();
    m_tunedRecall.reset();
}

void VectorIndex::write(const std::filesystem::path &path) const
{
    writeFileAside(path, [&](std::ostream &stream) {
        StreamWriter writer;
        writer.stream = &stream;
        faiss::write_index(m_impl->index.get(), &writer);
    });
}

VectorIndex VectorIndex::read(const std::filesystem::path &path, const VectorIndexPlan &plan, bool mapped)
{
    VectorIndex result(plan);
    const int flags = mapped && plan.kind == Kind::IvfPq ? faiss::IO_FLAG_MMAP : 0;
    result.m_impl->index.reset(guarded([&] { return faiss::read_index(path.c_str(), flags); }));
    if (auto *lists = inside<faiss::IndexIVFPQ>(result.m_impl->index.get()))
        if (auto *onDisk = dynamic_cast<faiss::OnDiskInvertedLists *>(lists->invlists))
            onDisk->prefetch_nthread = 0; // threads for each search would cost more than they fetch
    return result;
}

} // namespace likeness
