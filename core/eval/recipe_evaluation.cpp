#include "core/eval/recipe_evaluation.h"

#include <algorithm>

namespace likeness {

RecipeEvaluation evaluateRecipe(const Recipe &recipe, const Workspace &workspace, const GroundTruth &truth,
                                std::shared_ptr<FeatureCache> cache, TaskContext &task,
                                std::shared_ptr<const Engine> previous)
{
    const auto engine = Engine::build(recipe, workspace.gallery, std::move(cache), task, std::move(previous));
    const auto results = engine->searchAll(workspace.queries, candidatesPerQuery, task);
    double extractMs = engine->extractMsPerImage() * workspace.gallery.size(), searchMs = 0;
    for (const QueryResult &result : results) {
        extractMs += result.extractMs;
        searchMs += result.searchMs;
    }
    return {evaluate(named(results, workspace.gallery), truth),
            extractMs / std::max(1, workspace.gallery.size() + workspace.queries.size()),
            searchMs / std::max(1, workspace.queries.size()),
            static_cast<double>(engine->indexBytes()) / std::max(1, workspace.gallery.size()), engine->buildSeconds()};
}

} // namespace likeness
