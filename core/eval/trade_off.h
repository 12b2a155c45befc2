#pragma once

#include "core/eval/recipe_evaluation.h"

namespace likeness {

/// What a recipe gives and what it costs in one workspace.
struct TradeOff {
    Recipe recipe;
    RecipeEvaluation evaluation;           ///< zeros for acc1 and the like where there is no truth
    double queryMs = 0;                    ///< from the file of a query to its answer, nothing cached (median of a few)
    std::optional<double> exactRecall10;   ///< share of the ten nearest by exact search that its index finds too;
                                           ///< nothing where the index is exact
    std::optional<Metrics> withoutRankers; ///< of the same recipe without its rankers; nothing where it has none
};

/// `truth` may be null: only costs and the recall of exact search are known then. Images that fail are problems.
/// Throws Error, Cancelled.
TradeOff measureTradeOff(const Recipe &recipe, const Workspace &workspace, const GroundTruth *truth,
                         std::shared_ptr<FeatureCache> cache, TaskContext &task);

/// A choice by what it costs and what it gives.
struct CostAndGain {
    double cost = 0, gain = 0;
};
/// The choices that no other one beats in both, cheapest first (Pareto 1896); of equal ones the first.
std::vector<std::size_t> paretoFront(std::span<const CostAndGain> choices);

} // namespace likeness
