#include "core/eval/vector_analysis.h"

#include "core/base/random.h"
#include "core/vectors/pca.h"
#include "core/vectors/rows.h"
#include "core/vectors/vector_index.h"
#include "core/vectors/vector_transforms.h"

#include <algorithm>
#include <cmath>

namespace likeness {

namespace {

constexpr int whitenedDims = 200, otherPairs = 2000, nearestLooked = 10, mostLookedUp = 500;
constexpr int codeBytes[] = {4, 8, 16, 32, 64, 128};

std::vector<Features> unitVectors(const RecipeExtractor &extractor, const ImageSet &images, Role role,
                                  TaskContext &task)
{
    const auto unit = makeUnitLength({});
    const std::size_t slot = extractor.slotOf(0);
    std::vector<Features> vectors;
    for (const BranchFeatures &features : extractor.extractAll(images, role, task))
        vectors.push_back(unit->apply(features[slot], role));
    return vectors;
}

float distance(const Features &a, const Features &b)
{
    const float cosine = (floatRows(a.rows) * floatRows(b.rows).transpose()).maxCoeff();
    return std::sqrt(std::max(0.f, 2 - 2 * cosine));
}

struct Distances {
    std::vector<float> same, other;
};

Distances distances(const std::vector<Features> &gallery, const std::vector<Features> &queries,
                    const Workspace &workspace)
{
    Distances found;
    for (ImageId q = 0; q < workspace.queries.size(); ++q) {
        const auto *sources = workspace.truth ? workspace.truth->sourcesOf(workspace.queries[q].name) : nullptr;
        for (const std::string &source : sources ? *sources : std::set<std::string>())
            if (const auto image = workspace.gallery.find(source)) {
                const Features &a = queries[static_cast<std::size_t>(q)],
                               &b = gallery[static_cast<std::size_t>(*image)];
                if (!a.rows.empty() && !b.rows.empty())
                    found.same.push_back(distance(a, b));
            }
    }
    Random random(1);
    const int last = static_cast<int>(gallery.size()) - 1;
    for (int i = 0; i < otherPairs; ++i) {
        const auto a = static_cast<std::size_t>(random.integer(0, last)),
                   b = static_cast<std::size_t>(random.integer(0, last));
        if (a != b && !gallery[a].rows.empty() && !gallery[b].rows.empty())
            found.other.push_back(distance(gallery[a], gallery[b]));
    }
    return found;
}

/// Behind whitening, of unit length again.
void whiten(std::vector<Features> &gallery, std::vector<Features> &queries, int dims, TaskContext &task)
{
    const auto unit = makeUnitLength({});
    PcaOptions options;
    options.dims = dims;
    options.whitening = PcaOptions::Whitening::Shrinkage;
    const auto whitening = makePca(options);
    FitContext fit{task, nullptr};
    whitening->fit(gallery, fit);
    for (auto *side : {&gallery, &queries})
        for (Features &features : *side)
            features = unit->apply(whitening->apply(features, Role::Query), Role::Query);
}

/// The vectors that are looked up: rows of the queries or, without any, of the gallery itself.
FloatRows lookedUp(const std::vector<Features> &queries, const Column &gallery)
{
    const Column rows = queries.empty() ? gallery : Column(queries);
    if (rows.rowCount() == 0)
        return {};
    const Eigen::Map<const FloatRows> all = floatRows(rows.matrix());
    const Eigen::Index step = std::max<Eigen::Index>(1, all.rows() / mostLookedUp);
    FloatRows some(all.rows() / step, all.cols());
    for (Eigen::Index i = 0; i < some.rows(); ++i)
        some.row(i) = all.row(i * step);
    return some;
}

std::vector<CodeSizeRecall> recallByCodeSize(const Column &gallery, const FloatRows &asked, TaskContext &task)
{
    const RowSource rows = gallery.rows();
    const auto exact = nearestByProduct(rows, asked, nearestLooked, task);
    std::vector<CodeSizeRecall> sizes;
    for (const int bytes : codeBytes) {
        if (bytes > gallery.width())
            break;
        VectorIndex index({.kind = VectorIndexPlan::Kind::Pq, .bytes = bytes});
        index.train(rows, task);
        index.add(rows, task);
        std::vector<std::vector<RowHit>> coded(exact.size()), rescored(exact.size());
        for (std::size_t q = 0; q < exact.size(); ++q) {
            task.checkCancelled();
            const Eigen::RowVectorXf query = asked.row(static_cast<Eigen::Index>(q));
            rescored[q] = index.search(query, 2 * nearestLooked);
            coded[q].assign(rescored[q].begin(),
                            rescored[q].begin() +
                                static_cast<std::ptrdiff_t>(std::min<std::size_t>(nearestLooked, rescored[q].size())));
            scoreExactly(rows, query, rescored[q]);
            rescored[q].resize(std::min<std::size_t>(nearestLooked, rescored[q].size()));
        }
        sizes.push_back({bytes, shareFound(exact, coded), shareFound(exact, rescored)});
        task.progress(static_cast<std::int64_t>(sizes.size()), std::ssize(codeBytes));
    }
    return sizes;
}

} // namespace

VectorAnalysis analyseVectors(const Recipe &recipe, const Workspace &workspace, std::shared_ptr<FeatureCache> cache,
                              TaskContext &task)
{
    requireGallery(workspace);
    if (workspace.gallery.size() < 2)
        throw Error(ErrorKind::InvalidArgument, QT_TRANSLATE_NOOP("core", "one image has nothing to compare with"));
    Recipe first = recipe; // the vectors alone, nothing behind them
    first.branches.resize(1);
    first.rankers.clear();
    const RecipeExtractor extractor(first, std::move(cache));
    if (!areFloats(extractor.typeOf(0)))
        throw Error(ErrorKind::InvalidArgument, QT_TRANSLATE_NOOP("core", "\"%1\" gives no vectors"),
                    {first.branches[0].extractor.id});
    task.stage(QT_TRANSLATE_NOOP("core", "Extracting gallery features"), 1, 3);
    std::vector<Features> gallery = unitVectors(extractor, workspace.gallery, Role::Gallery, task);
    task.stage(QT_TRANSLATE_NOOP("core", "Extracting query features"), 2, 3);
    std::vector<Features> queries = unitVectors(extractor, workspace.queries, Role::Query, task);
    task.stage(QT_TRANSLATE_NOOP("core", "Looking at the vectors"), 3, 3);
    const Column stacked(gallery);
    VectorAnalysis analysis;
    analysis.vectors = static_cast<int>(stacked.rowCount());
    analysis.width = stacked.width();
    const RowSource rows = stacked.rows();
    const Pca pca = fitPca(rows, analysis.width, task);
    double sum = 0;
    for (const double variance : pca.variances)
        analysis.explained.push_back((sum += variance) / pca.totalVariance);
    analysis.codes = recallByCodeSize(stacked, lookedUp(queries, stacked), task);
    const Distances before = distances(gallery, queries, workspace);
    analysis.whitenedDims = std::min(whitenedDims, static_cast<int>(analysis.explained.size()));
    whiten(gallery, queries, analysis.whitenedDims, task);
    const Distances after = distances(gallery, queries, workspace);
    analysis.sameBefore = before.same;
    analysis.otherBefore = before.other;
    analysis.sameAfter = after.same;
    analysis.otherAfter = after.other;
    return analysis;
}

} // namespace likeness
