#include "core/search/engine.h"

#include "core/base/parallel.h"
#include "core/base/stopwatch.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <numeric>

namespace likeness {

Engine::Engine(const Recipe &recipe, const ImageSet &gallery, std::shared_ptr<FeatureCache> cache)
    : m_recipe(recipe), m_gallery(gallery), m_extractor(recipe, std::move(cache))
{
    if (recipe.fusion)
        m_fusion = fusionById(recipe.fusion->id).create(recipe.fusion->params);
}

std::vector<Features> Engine::stagesOfBranch(std::size_t branch, const Features &features) const
{
    std::vector<Features> stages{features};
    for (const Built<Transform> &transform : m_branches[branch].transforms)
        stages.push_back(transform.part->apply(stages.back(), Role::Query));
    return stages;
}

std::size_t Engine::indexBytes() const
{
    return std::accumulate(m_branches.begin(), m_branches.end(), std::size_t{0},
                           [](std::size_t sum, const auto &branch) { return sum + branch.index.part->bytes(); });
}

ContentHash Engine::memoKey(std::span<const QueryPart> parts) const
{
    std::string text = toHex(m_branchesKey);
    for (const QueryPart &part : parts) {
        const auto stamp = part.image.empty() ? std::nullopt : fileStamp(part.image);
        text += "|" + part.image.native() + '\0';
        if (stamp)
            text += std::to_string(stamp->size) + " " + std::to_string(stamp->mtimeNs);
        text += toHex(contentHash(part.bytes)) + part.text + '\0' + toText(part.weight);
    }
    return contentHash(text);
}

QueryMemo Engine::scored(BranchFeatures features) const
{
    QueryMemo memo;
    const auto size = static_cast<std::size_t>(m_gallery.size());
    std::vector<std::vector<float>> branches;
    std::vector<double> weights;
    for (std::size_t b = 0; b < m_branches.size(); ++b) {
        branches.emplace_back(size);
        std::vector<Features> stages = stagesOfBranch(b, features[m_extractor.slotOf(b)]);
        m_branches[b].index.part->scores(stages.back(), branches.back());
        memo.stages.push_back(std::move(stages));
        // Not a number ranks nowhere rather than anywhere.
        std::ranges::replace_if(
            branches.back(), [](float s) { return std::isnan(s); }, noScore);
        weights.push_back(m_recipe.branches[b].weight);
    }
    if (m_fusion) {
        memo.scores.resize(size);
        m_fusion->fuse(branches, weights, memo.scores);
    } else {
        memo.scores = std::move(branches[0]);
    }
    memo.features = std::move(features);
    return memo;
}

void Engine::rerank(const QueryMemo &memo, int k, QueryResult &result) const
{
    result.scores = memo.scores;
    std::map<int, int> inliers;
    for (std::size_t r = 0; r < m_rankers.size(); ++r) {
        const Features &query = m_recipe.rankers[r].extractor ? memo.features[m_extractor.slotOfRanker(r)]
                                                              : memo.stages[m_inputs[r].branch][m_inputs[r].transforms];
        for (const auto &[image, count] : m_rankers[r].part->rerank(query, result.scores))
            inliers[image] = count;
    }
    result.ranking = ranked(result.scores, k);
    for (Hit &hit : result.ranking)
        if (const auto found = inliers.find(hit.image); found != inliers.end())
            hit.inliers = found->second;
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

QueryResult Engine::searchParts(std::span<const QueryPart> parts, const std::string &name, int k,
                                std::shared_ptr<const QueryMemo> *memo) const
{
    QueryResult result;
    result.query = name;
    Stopwatch watch;
    std::shared_ptr<const QueryMemo> known = memo ? *memo : nullptr;
    const ContentHash key = memo ? memoKey(parts) : ContentHash();
    if (!known || known->key != key) {
        BranchFeatures features = m_extractor.extractParts(parts, name);
        result.extractMs = watch.ms();
        watch = {};
        auto made = std::make_shared<QueryMemo>(scored(std::move(features)));
        made->key = key;
        known = std::move(made);
    }
    rerank(*known, k, result);
    result.searchMs = watch.ms();
    if (memo)
        *memo = std::move(known);
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
