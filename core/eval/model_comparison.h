#pragma once

#include "core/eval/recipe_evaluation.h"
#include "core/nets/models/model_card.h"

namespace likeness {

/// An installed model on this machine and, where the workspace has a truth, in this workspace.
struct ModelFigures {
    ModelCard card;
    double imagesPerSecond = 0; ///< of the network alone, all threads
    std::optional<RecipeEvaluation> evaluation;
};

/// Runs the network for about a second, then the recipe "network" with it over the workspace (null: none). Features
/// come from the cache (may be null). Throws Error, Cancelled.
ModelFigures measureModel(const ModelCard &card, const Workspace *workspace, std::shared_ptr<FeatureCache> cache,
                          TaskContext &task);

} // namespace likeness
