#pragma once

#include "core/data/workspace.h"
#include "core/eval/metrics.h"

namespace likeness {

/// How well and how fast a recipe finds the sources of a workspace's queries.
struct RecipeEvaluation {
    Metrics metrics;
    double extractMs = 0;    ///< an image, decoding and cached ones included
    double searchMs = 0;     ///< a query
    double indexBytes = 0;   ///< an image of the gallery
    double buildSeconds = 0; ///< transforms, index and rankers, behind the extraction
};
/// Takes what it can from `previous`. Images that fail are problems. Throws Error, Cancelled.
RecipeEvaluation evaluateRecipe(const Recipe &recipe, const Workspace &workspace, const GroundTruth &truth,
                                std::shared_ptr<FeatureCache> cache, TaskContext &task,
                                std::shared_ptr<const Engine> previous = nullptr);

} // namespace likeness
