#include "core/search/recipe_chain.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace likeness {

namespace {

[[noreturn]] void refusePlace(const ChainStage &stage)
{
    throw Error(ErrorKind::InvalidArgument,
                QT_TRANSLATE_NOOP("core", "\"%1\" cannot stand here: a branch is an extractor, its transforms and an "
                                          "index; then come the fusion and the rankers"),
                {stage.choice.id});
}

[[noreturn]] void refuseOpenBranch(const StageChoice &extractor)
{
    throw Error(ErrorKind::InvalidArgument, QT_TRANSLATE_NOOP("core", "the branch of \"%1\" has no index"),
                {extractor.id});
}

bool isExtractor(const ChainStage &stage)
{
    return stage.kind == StageKind::Extractor;
}

std::size_t branchesOf(const Chain &chain)
{
    return static_cast<std::size_t>(std::ranges::count_if(chain, isExtractor));
}

/// Where the rankers, or the fusion before them, begin.
Chain::iterator endOfBranches(Chain &chain)
{
    return std::ranges::find_if(chain, [](const ChainStage &stage) {
        return stage.kind == StageKind::Fusion || stage.kind == StageKind::Ranker;
    });
}

StageChoice indexFor(FeatureType type)
{
    for (const Stage<Index> &stage : indexes()) {
        const StageChoice choice = newStage(StageKind::Index, stage.id).choice;
        if (stage.create(choice.params)->accepts(type))
            return choice;
    }
    return newStage(StageKind::Index, "cosine").choice;
}

FeatureType typeOf(const StageChoice &extractor)
{
    return extractorById(extractor.id).create(extractor.params)->type();
}

} // namespace

Chain chainOf(const Recipe &recipe)
{
    Chain chain;
    for (const Branch &branch : recipe.branches) {
        chain.push_back({StageKind::Extractor, branch.extractor, branch.weight});
        for (const StageChoice &transform : branch.transforms)
            chain.push_back({StageKind::Transform, transform});
        chain.push_back({StageKind::Index, branch.index});
    }
    if (recipe.fusion)
        chain.push_back({StageKind::Fusion, *recipe.fusion});
    for (const RankerChoice &ranker : recipe.rankers)
        chain.push_back({StageKind::Ranker, ranker.ranker, 1, ranker.extractor});
    return chain;
}

Recipe recipeOf(const Chain &chain, const Recipe &naming)
{
    Recipe recipe;
    recipe.id = naming.id;
    recipe.title = naming.title;
    recipe.summary = naming.summary;
    bool open = false; // a branch that has no index yet
    for (const ChainStage &stage : chain) {
        const bool inBranches = !recipe.fusion && recipe.rankers.empty();
        switch (stage.kind) {
        case StageKind::Extractor:
            if (open)
                refuseOpenBranch(recipe.branches.back().extractor);
            if (!inBranches)
                refusePlace(stage);
            recipe.branches.push_back({stage.choice, {}, stage.weight});
            open = true;
            break;
        case StageKind::Transform:
        case StageKind::Index:
            if (!open)
                refusePlace(stage);
            if (stage.kind == StageKind::Transform) {
                recipe.branches.back().transforms.push_back(stage.choice);
            } else {
                recipe.branches.back().index = stage.choice;
                open = false;
            }
            break;
        case StageKind::Fusion:
        case StageKind::Ranker:
            if (open)
                refuseOpenBranch(recipe.branches.back().extractor);
            if (recipe.branches.empty() || (stage.kind == StageKind::Fusion && !inBranches))
                refusePlace(stage);
            if (stage.kind == StageKind::Fusion)
                recipe.fusion = stage.choice;
            else
                recipe.rankers.push_back({stage.choice, stage.ownExtractor});
            break;
        }
    }
    if (open)
        refuseOpenBranch(recipe.branches.back().extractor);
    checkRecipe(recipe);
    return recipe;
}

ChainStage newStage(StageKind kind, const std::string &id)
{
    return {kind, {id, checkedValues(stageById(kind, id).params, {}, id)}};
}

void addBranch(Chain &chain, const std::string &extractor)
{
    const ChainStage stage = newStage(StageKind::Extractor, extractor);
    const bool second = branchesOf(chain) == 1;
    auto at = chain.insert(endOfBranches(chain), stage) + 1;
    at = chain.insert(at, {StageKind::Index, indexFor(typeOf(stage.choice))}) + 1;
    if (second && (at == chain.end() || at->kind != StageKind::Fusion))
        chain.insert(at, newStage(StageKind::Fusion, fusions().front().id));
}

std::size_t addTransform(Chain &chain, const std::string &id, std::size_t at)
{
    const auto isIndex = [](const ChainStage &stage) { return stage.kind == StageKind::Index; };
    auto place =
        std::find_if(chain.begin() + static_cast<std::ptrdiff_t>(std::min(at, chain.size())), chain.end(), isIndex);
    if (place == chain.end()) {
        const auto last = std::find_if(chain.rbegin(), chain.rend(), isIndex);
        place = last == chain.rend() ? endOfBranches(chain) : last.base() - 1;
    }
    place = chain.insert(place, newStage(StageKind::Transform, id));
    return static_cast<std::size_t>(place - chain.begin());
}

void addRanker(Chain &chain, const std::string &id)
{
    ChainStage stage = newStage(StageKind::Ranker, id);
    Recipe recipe;
    for (const ChainStage &before : chain) { // an unsound chain gets it, too
        if (before.kind == StageKind::Extractor)
            recipe.branches.push_back({before.choice, {}});
        else if (before.kind == StageKind::Transform && !recipe.branches.empty())
            recipe.branches.back().transforms.push_back(before.choice);
    }
    recipe.rankers.push_back({stage.choice, {}});
    if (!recipe.branches.empty())
        recipe.completeRankers();
    stage.ownExtractor = recipe.rankers.front().extractor;
    chain.push_back(std::move(stage));
}

void removeStage(Chain &chain, std::size_t at)
{
    auto begin = chain.begin() + static_cast<std::ptrdiff_t>(at), end = begin + 1;
    const bool branch = isExtractor(*begin);
    while (branch && end != chain.end() && (end->kind == StageKind::Transform || end->kind == StageKind::Index))
        ++end;
    chain.erase(begin, end);
    if (branch && branchesOf(chain) < 2)
        std::erase_if(chain, [](const ChainStage &stage) { return stage.kind == StageKind::Fusion; });
}

void moveStage(Chain &chain, std::size_t from, std::size_t to)
{
    const auto begin = chain.begin();
    const auto source = static_cast<std::ptrdiff_t>(from), target = static_cast<std::ptrdiff_t>(to);
    if (source < target)
        std::rotate(begin + source, begin + source + 1, begin + target + 1);
    else
        std::rotate(begin + target, begin + source, begin + source + 1);
}

} // namespace likeness
