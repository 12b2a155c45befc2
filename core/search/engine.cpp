#include "core/search/engine.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <mutex>
#include <numeric>

namespace likeness {

namespace {

using Clock = std::chrono::steady_clock;

double msSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

std::vector<Features> columnOf(const std::vector<BranchFeatures> &features, std::size_t slot)
{
    std::vector<Features> column;
    for (const BranchFeatures &image : features)
        column.push_back(image[slot]);
    return column;
}

} // namespace

Engine::Engine(const Recipe &recipe, const ImageSet &gallery, std::shared_ptr<FeatureCache> cache)
    : m_recipe(recipe), m_gallery(gallery), m_extractor(recipe, std::move(cache))
{
    if (recipe.fusion)
        m_fusion = fusionById(recipe.fusion->id).create(recipe.fusion->params);
}

std::shared_ptr<const Engine> Engine::build(const Recipe &recipe, const ImageSet &gallery,
                                            std::shared_ptr<FeatureCache> cache, TaskContext &context)
{
    const std::shared_ptr<Engine> engine(new Engine(recipe, gallery, std::move(cache)));
    context.stage(QT_TRANSLATE_NOOP("core", "Extracting gallery features"), 1, 2);
    const auto start = Clock::now();
    auto features = engine->m_extractor.extractAll(gallery, Role::Gallery, context);
    engine->m_extractMsPerImage = gallery.empty() ? 0 : msSince(start) / gallery.size();
    const auto extracted = Clock::now();
    FitContext fit{context, engine->m_extractor.cache().get()};
    for (std::size_t r = 0; r < recipe.rankers.size(); ++r)
        engine->m_transformsBefore.push_back(recipe.transformsBefore(r));
    engine->m_rankers.resize(recipe.rankers.size());
    for (std::size_t b = 0; b < recipe.branches.size(); ++b) {
        context.checkCancelled();
        engine->buildBranch(b, columnOf(features, engine->m_extractor.slotOf(b)), fit);
    }
    for (std::size_t r = 0; r < recipe.rankers.size(); ++r)
        if (const std::size_t slot = engine->m_extractor.slotOfRanker(r); recipe.rankers[r].extractor)
            engine->buildRanker(r, columnOf(features, slot), engine->m_extractor.typeOf(slot), fit);
    engine->m_buildSeconds = msSince(extracted) / 1000;
    return engine;
}

std::vector<Features> Engine::backgroundOf(std::size_t ranker, const std::string &folder, TaskContext &task) const
{
    const ImageSet images = ImageSet::scan(folder, task);
    if (images.empty())
        throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "%1 holds no images"), {folder});
    task.stage(QT_TRANSLATE_NOOP("core", "Extracting background features"), 1, 2);
    const bool own = m_recipe.rankers[ranker].extractor.has_value();
    auto column = columnOf(m_extractor.extractAll(images, Role::Gallery, task),
                           own ? m_extractor.slotOfRanker(ranker) : m_extractor.slotOf(0));
    for (std::size_t t = 0; !own && t < m_transformsBefore[ranker]; ++t)
        for (Features &features : column)
            features = m_transforms[0][t]->apply(features, Role::Query); // images from outside, like a query
    return column;
}

void Engine::buildRanker(std::size_t ranker, std::span<const Features> column, FeatureType type, FitContext &context)
{
    const StageChoice &choice = m_recipe.rankers[ranker].ranker;
    m_rankers[ranker] = rankerById(choice.id).create(choice.params);
    if (const std::string folder = m_rankers[ranker]->background(); !folder.empty())
        m_rankers[ranker]->setBackground(backgroundOf(ranker, folder, context.task));
    m_rankers[ranker]->build(column, type, context);
}

void Engine::buildBranch(std::size_t branch, std::vector<Features> column, FitContext &context)
{
    FeatureType type = m_extractor.typeOf(m_extractor.slotOf(branch));
    auto &transforms = m_transforms.emplace_back();
    const auto buildRankersHere = [&] {
        for (std::size_t r = 0; branch == 0 && r < m_rankers.size(); ++r)
            if (!m_recipe.rankers[r].extractor && m_transformsBefore[r] == transforms.size())
                buildRanker(r, column, type, context);
    };
    buildRankersHere();
    for (const StageChoice &choice : m_recipe.branches[branch].transforms) {
        Transform &transform = *transforms.emplace_back(transformById(choice.id).create(choice.params));
        transform.fit(column, context);
        parallelFor(column.size(), context.task,
                    [&](std::size_t i) { column[i] = transform.apply(column[i], Role::Gallery); });
        type = transform.outputType();
        buildRankersHere();
    }
    const StageChoice &choice = m_recipe.branches[branch].index;
    m_indexes.push_back(indexById(choice.id).create(choice.params));
    m_indexes.back()->build(column, context);
}

std::vector<Features> Engine::stagesOfBranch(std::size_t branch, const Features &features) const
{
    std::vector<Features> stages{features};
    for (const auto &transform : m_transforms[branch])
        stages.push_back(transform->apply(stages.back(), Role::Query));
    return stages;
}

std::size_t Engine::indexBytes() const
{
    return std::accumulate(m_indexes.begin(), m_indexes.end(), std::size_t{0},
                           [](std::size_t sum, const auto &index) { return sum + index->bytes(); });
}

void Engine::search(const BranchFeatures &features, int k, QueryResult &result) const
{
    const auto start = Clock::now();
    const auto size = static_cast<std::size_t>(m_gallery.size());
    std::vector<std::vector<float>> branches;
    std::vector<double> weights;
    std::vector<Features> first; // what the stages of the first branch say of the query, for the rankers
    for (std::size_t b = 0; b < m_indexes.size(); ++b) {
        branches.emplace_back(size);
        std::vector<Features> stages = stagesOfBranch(b, features[m_extractor.slotOf(b)]);
        m_indexes[b]->scores(stages.back(), branches.back());
        if (b == 0)
            first = std::move(stages);
        // Not a number ranks nowhere rather than anywhere.
        std::ranges::replace_if(
            branches.back(), [](float s) { return std::isnan(s); }, noScore);
        weights.push_back(m_recipe.branches[b].weight);
    }
    if (m_fusion) {
        result.scores.resize(size);
        m_fusion->fuse(branches, weights, result.scores);
    } else {
        result.scores = std::move(branches[0]);
    }
    std::map<int, int> inliers;
    for (std::size_t r = 0; r < m_rankers.size(); ++r)
        for (const auto &[image, count] : m_rankers[r]->rerank(
                 m_recipe.rankers[r].extractor ? features[m_extractor.slotOfRanker(r)] : first[m_transformsBefore[r]],
                 result.scores))
            inliers[image] = count;
    result.ranking = ranked(result.scores, k);
    for (Hit &hit : result.ranking)
        if (const auto found = inliers.find(hit.image); found != inliers.end())
            hit.inliers = found->second;
    result.searchMs = msSince(start);
}

QueryResult Engine::searchFile(const std::filesystem::path &path, int k) const
{
    const QueryPart part{.image = path};
    return searchParts({&part, 1}, {}, k);
}

QueryResult Engine::searchBytes(std::span<const std::uint8_t> bytes, const std::string &name, int k) const
{
    const QueryPart part{.bytes = bytes};
    return searchParts({&part, 1}, name, k);
}

QueryResult Engine::searchParts(std::span<const QueryPart> parts, const std::string &name, int k) const
{
    QueryResult result;
    result.query = name;
    const auto start = Clock::now();
    const BranchFeatures features = m_extractor.extractParts(parts, name);
    result.extractMs = msSince(start);
    search(features, k, result);
    return result;
}

std::vector<QueryResult> Engine::searchAll(const ImageSet &queries, int k, TaskContext &context,
                                           const std::function<void(ImageId, const QueryResult &)> &onResult) const
{
    context.stage(QT_TRANSLATE_NOOP("core", "Searching"), 2, 2);
    std::vector<QueryResult> results(static_cast<std::size_t>(queries.size()));
    std::atomic<std::int64_t> done = 0;
    std::mutex reporting;
    parallelFor(results.size(), context, [&](std::size_t i) {
        const ImageRef &query = queries[static_cast<ImageId>(i)];
        try {
            results[i] = searchFile(query.path, k);
        } catch (const std::exception &error) {
            context.problem({query.name, messageOf(error)});
        }
        results[i].query = query.name;
        if (onResult) {
            const std::lock_guard lock(reporting);
            onResult(static_cast<ImageId>(i), results[i]);
        }
        // Dense scores of a whole run would be queries x gallery; the ranking is what the run keeps.
        results[i].scores = {};
        context.progress(++done, queries.size());
    });
    if (m_extractor.cache())
        m_extractor.cache()->flush();
    return results;
}

} // namespace likeness
