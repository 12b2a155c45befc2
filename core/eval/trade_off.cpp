#include "core/eval/trade_off.h"

#include "core/base/median.h"
#include "core/base/stopwatch.h"

#include <algorithm>
#include <numeric>

namespace likeness {

namespace {

constexpr int timedQueries = 15;

/// Median time of the extraction alone, one image after the other, without a cache.
double extractionMs(const Recipe &recipe, const ImageSet &queries, TaskContext &task)
{
    const RecipeExtractor extractor(recipe, nullptr);
    std::vector<double> times;
    const ImageId count = std::min<ImageId>(timedQueries, queries.size());
    for (ImageId i = 0; i < count; ++i) {
        task.checkCancelled();
        const Stopwatch watch;
        try {
            // Spread over all, as neighbours in a folder are often alike.
            extractor.extractFile(queries[i * (queries.size() / count)].path, Role::Query);
        } catch (const Error &) {
            continue; // is a problem of the evaluation already
        }
        times.push_back(watch.ms());
    }
    return medianOf(std::move(times));
}

bool isApproximate(const Branch &branch)
{
    return indexById(branch.index.id).create(branch.index.params)->mostScored() < std::numeric_limits<int>::max();
}

std::vector<Ranking> rankingsOf(const Recipe &recipe, const Workspace &workspace,
                                const std::shared_ptr<FeatureCache> &cache, TaskContext &task)
{
    std::vector<Ranking> rankings;
    for (QueryResult &result :
         Engine::build(recipe, workspace.gallery, cache, task)->searchAll(workspace.queries, candidatesPerQuery, task))
        rankings.push_back(std::move(result.ranking));
    return rankings;
}

/// Of the indexes alone: rankers would hide what they miss, or look further.
std::optional<double> exactRecall(Recipe recipe, const Workspace &workspace, const std::shared_ptr<FeatureCache> &cache,
                                  TaskContext &task)
{
    if (std::ranges::none_of(recipe.branches, isApproximate))
        return std::nullopt;
    recipe.rankers.clear();
    Recipe exact = recipe;
    for (Branch &branch : exact.branches)
        if (isApproximate(branch))
            branch.index = {"cosine", checkedValues(indexById("cosine").params, {}, "cosine")};
    const auto found = rankingsOf(recipe, workspace, cache, task), wanted = rankingsOf(exact, workspace, cache, task);
    std::size_t common = 0, all = 0;
    for (std::size_t q = 0; q < wanted.size(); ++q) {
        all += wanted[q].size();
        for (const Hit &hit : wanted[q])
            common += std::ranges::find(found[q], hit.image, &Hit::image) != found[q].end();
    }
    return all == 0 ? 1 : static_cast<double>(common) / static_cast<double>(all);
}

} // namespace

TradeOff measureTradeOff(const Recipe &recipe, const Workspace &workspace, const GroundTruth *truth,
                         std::shared_ptr<FeatureCache> cache, TaskContext &task)
{
    requireGallery(workspace);
    requireQueries(workspace);
    const GroundTruth none;
    const GroundTruth &known = truth ? *truth : none;
    TradeOff result;
    result.recipe = recipe;
    result.evaluation = evaluateRecipe(recipe, workspace, known, cache, task);
    result.queryMs = extractionMs(recipe, workspace.queries, task) + result.evaluation.searchMs;
    result.exactRecall10 = exactRecall(recipe, workspace, cache, task);
    if (truth && !recipe.rankers.empty()) {
        Recipe plain = recipe;
        plain.rankers.clear();
        result.withoutRankers = evaluateRecipe(plain, workspace, known, cache, task).metrics;
    }
    return result;
}

std::vector<std::size_t> paretoFront(std::span<const CostAndGain> choices)
{
    std::vector<std::size_t> order(choices.size()), front;
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        return choices[a].cost != choices[b].cost ? choices[a].cost < choices[b].cost
                                                  : choices[a].gain > choices[b].gain;
    });
    for (const std::size_t choice : order)
        if (front.empty() || choices[choice].gain > choices[front.back()].gain)
            front.push_back(choice);
    return front;
}

} // namespace likeness
