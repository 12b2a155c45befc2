#pragma once

#include "core/search/recipe.h"

namespace likeness {

/// A recipe as one list of stages, which an editor reorders freely: each branch is an extractor, its transforms and its
/// index; then the fusion of several branches, then the rankers.
struct ChainStage {
    StageKind kind = StageKind::Extractor;
    StageChoice choice;
    double weight = 1;                         ///< of the branch that an extractor begins
    std::optional<StageChoice> ownExtractor{}; ///< of a ranker that does not look at a branch
    bool operator==(const ChainStage &) const = default;
};
using Chain = std::vector<ChainStage>;

Chain chainOf(const Recipe &recipe);
/// The recipe with `naming`'s id and texts. Throws Error{InvalidArgument} that says which stage cannot stand where it
/// does, or cannot use what comes before it.
Recipe recipeOf(const Chain &chain, const Recipe &naming);

/// With the parameters' defaults. Throws Error{NotFound}.
ChainStage newStage(StageKind kind, const std::string &id);

// Edits that keep a sound chain sound, wherever one can.

/// A branch behind the others, with the first index that accepts its features, and a fusion where it is the second.
void addBranch(Chain &chain, const std::string &extractor);
/// In front of the index of the branch in which `at` lies; of the last branch where `at` lies behind them.
std::size_t addTransform(Chain &chain, const std::string &id, std::size_t at);
/// Behind the others, with features of its own where it cannot use those of a branch.
void addRanker(Chain &chain, const std::string &id);
/// With an extractor goes its branch, with the last but one branch the fusion.
void removeStage(Chain &chain, std::size_t at);
/// The stage at `from` comes to lie at `to`; an extractor or an index takes its place alone.
void moveStage(Chain &chain, std::size_t from, std::size_t to);

} // namespace likeness
