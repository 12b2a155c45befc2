#include "ui/quick_look.h"

#include "core/search/recipe_extractor.h"
#include "core/search/recipe_store.h"

#include <algorithm>

namespace likeness::ui {

namespace {

/// One branch that needs a few milliseconds an image at most.
bool isFast(const Recipe &recipe)
{
    static constexpr const char *indexes[] = {"hamming", "histogram-distance", "pixels"};
    return recipe.id == QuickLook::recipeId || std::ranges::all_of(recipe.branches, [](const Branch &branch) {
               return std::ranges::find(indexes, branch.index.id) != std::end(indexes) ||
                      branch.extractor.id == "histogram" || branch.extractor.id == "tiny-image";
           });
}

} // namespace

QuickLook::QuickLook(std::shared_ptr<const Workspace> workspace, std::shared_ptr<FeatureCache> cache)
    : m_workspace(std::move(workspace)),
      m_cache(std::move(cache)),
      m_fast(recipeNamed(recipeId), m_workspace, m_cache, std::make_shared<LastEngine>())
{
}

std::optional<QueryResult> QuickLook::answer(const Recipe &chosen, std::span<const QueryPart> parts,
                                             const std::string &name, int k, TaskContext &context)
{
    if (isFast(chosen) || RecipeExtractor(chosen, m_cache).isCached(m_workspace->gallery))
        return std::nullopt;
    return m_fast.engine(context)->searchParts(parts, name, k);
}

} // namespace likeness::ui
