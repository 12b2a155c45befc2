#pragma once

#include "core/search/recipe_extractor.h"

namespace likeness {

/// What decides each built stage of a recipe over a gallery: where two keys are the same, so are the stages.
struct EngineKeys {
    ContentHash gallery;                           ///< of the images, their names and the stamps of their files
    std::vector<ContentHash> slots;                ///< of RecipeExtractor
    std::vector<std::vector<ContentHash>> columns; ///< of each branch, behind 0, 1, ... transforms
    std::vector<ContentHash> indexes;              ///< of each branch
    std::vector<ContentHash> rankers;
    ContentHash branches{}; ///< of all before the rankers

    /// `backgrounds`: of the images of each ranker's own folder; empty hashes where it has none.
    EngineKeys(const Recipe &recipe, const RecipeExtractor &extractor, const ContentHash &galleryKey,
               std::span<const ContentHash> backgrounds);
};

/// Of files as they are when their stamps are taken.
ContentHash galleryKey(const ImageSet &images, std::span<const std::optional<FileStamp>> stamps);
ContentHash galleryKey(const ImageSet &images); ///< as they are now

} // namespace likeness
