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

float medianOf(std::vector<float> &values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

Ranking ranked(std::span<const float> scores, int k)
{
    std::vector<ImageId> order;
    std::vector<float> known;
    for (std::size_t i = 0; i < scores.size(); ++i)
        if (scores[i] > noScore) {
            order.push_back(static_cast<ImageId>(i));
            known.push_back(scores[i]);
        }
    if (order.empty())
        return {};
    const auto count = std::min(order.size(), static_cast<std::size_t>(std::max(k, 0)));
    std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(count), [&](ImageId a, ImageId b) {
        const float scoreA = scores[static_cast<std::size_t>(a)], scoreB = scores[static_cast<std::size_t>(b)];
        return scoreA != scoreB ? scoreA > scoreB : a < b;
    });
    const float median = medianOf(known);
    for (float &value : known)
        value = std::abs(value - median);
    const float spread = 1.4826f * medianOf(known);
    Ranking ranking;
    for (std::size_t i = 0; i < count; ++i) {
        const float score = scores[static_cast<std::size_t>(order[i])];
        ranking.push_back({order[i], score, spread > 0 ? (score - median) / spread : 0});
    }
    return ranking;
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
    std::vector<Features> column(features.size());
    for (std::size_t b = 0; b < recipe.branches.size(); ++b) {
        context.checkCancelled();
        for (std::size_t i = 0; i < features.size(); ++i)
            column[i] = features[i][engine->m_extractor.slotOf(b)];
        const StageChoice &choice = recipe.branches[b].index;
        engine->m_indexes.push_back(indexById(choice.id).create(choice.params));
        engine->m_indexes.back()->build(column);
    }
    return engine;
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
    for (std::size_t b = 0; b < m_indexes.size(); ++b) {
        branches.emplace_back(size);
        m_indexes[b]->scores(features[m_extractor.slotOf(b)], branches.back());
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
    result.ranking = ranked(result.scores, k);
    result.searchMs = msSince(start);
}

QueryResult Engine::searchFile(const std::filesystem::path &path, int k) const
{
    QueryResult result;
    const auto start = Clock::now();
    const BranchFeatures features = m_extractor.extractFile(path, Role::Query);
    result.extractMs = msSince(start);
    search(features, k, result);
    return result;
}

QueryResult Engine::searchBytes(std::span<const std::uint8_t> bytes, const std::string &name, int k) const
{
    QueryResult result;
    result.query = name;
    const auto start = Clock::now();
    const BranchFeatures features = m_extractor.extractBytes(bytes, name, Role::Query);
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
