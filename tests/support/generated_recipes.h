#pragma once

#include "core/registry.h"
#include "core/search/recipe.h"

#include <algorithm>
#include <string>
#include <vector>

namespace likeness::test {

template <class Part> StageChoice defaultChoice(const Stage<Part> &stage)
{
    return {stage.id, checkedValues(stage.params, {}, stage.id)};
}

inline Recipe recipeOf(const std::string &extractor, const std::string &index)
{
    Recipe recipe;
    recipe.id = extractor + "+" + index;
    recipe.branches.push_back({defaultChoice(extractorById(extractor)), defaultChoice(indexById(index)), 1});
    return recipe;
}

/// The cheapest extractor that a stage accepts: pixels of a tiny image, else keypoints.
template <class Part> const Stage<Extractor> &extractorFor(const Stage<Part> &stage)
{
    const auto made = stage.create(checkedValues(stage.params, {}, stage.id));
    for (const char *id : {"tiny-image", "keypoints"}) {
        const Stage<Extractor> &extractor = extractorById(id);
        if (made->accepts(extractor.create(checkedValues(extractor.params, {}, extractor.id))->type()))
            return extractor;
    }
    throw Error(ErrorKind::NotFound, "no extractor of the generated recipes suits %1", {stage.id});
}

inline const Stage<Index> &indexFor(FeatureType type)
{
    return *std::ranges::find_if(indexes(), [type](const Stage<Index> &index) {
        return index.create(checkedValues(index.params, {}, index.id))->accepts(type);
    });
}

/// A recipe for each registered transform, ranker and fusion, whether a shipped one has it or not.
inline std::vector<Recipe> recipesOfEveryStage()
{
    std::vector<Recipe> recipes;
    for (const auto &transform : transforms()) {
        const auto made = transform.create(checkedValues(transform.params, {}, transform.id));
        Recipe recipe = recipeOf(extractorFor(transform).id, indexFor(made->outputType()).id);
        recipe.id = "with-" + transform.id;
        recipe.branches[0].transforms.push_back(defaultChoice(transform));
        if (made->outputType() == FeatureType::Vector) // a dot product puts the copy first among equal lengths only
            recipe.branches[0].transforms.push_back(defaultChoice(transformById("unit-length")));
        recipes.push_back(std::move(recipe));
    }
    for (const auto &ranker : rankers()) {
        const Stage<Extractor> &extractor = extractorFor(ranker);
        Recipe recipe = recipeOf(
            extractor.id, indexFor(extractor.create(checkedValues(extractor.params, {}, extractor.id))->type()).id);
        recipe.id = "with-" + ranker.id;
        recipe.rankers.push_back({defaultChoice(ranker), std::nullopt});
        recipes.push_back(std::move(recipe));
    }
    for (const auto &fusion : fusions()) {
        Recipe recipe = recipeOf("tiny-image", "cosine");
        recipe.id = "with-" + fusion.id;
        recipe.branches.push_back(recipeOf("histogram", "histogram-distance").branches[0]);
        recipe.fusion = defaultChoice(fusion);
        recipes.push_back(std::move(recipe));
    }
    return recipes;
}

} // namespace likeness::test
