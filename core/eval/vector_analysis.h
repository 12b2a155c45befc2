#pragma once

#include "core/data/workspace.h"
#include "core/search/engine.h"

namespace likeness {

/// How much of the ten nearest a product quantiser of so many bytes an image finds.
struct CodeSizeRecall {
    int bytes = 0;
    double recall = 0;   ///< by the codes alone
    double rescored = 0; ///< after exact scores for twice the list
};

/// The vectors of a recipe's first branch, as PCA, whitening and product quantisation see them.
struct VectorAnalysis {
    std::int64_t vectors = 0; ///< of the gallery
    int width = 0;
    std::vector<double> explained;              ///< share of the variance that the first 1, 2, ... directions hold
    int whitenedDims = 0;                       ///< of the distances after whitening
    std::vector<float> sameBefore, sameAfter;   ///< distances in 0..2 of queries and their sources; empty without truth
    std::vector<float> otherBefore, otherAfter; ///< of pairs of gallery images
    std::vector<CodeSizeRecall> codes;          ///< rising
};

/// Of unit vectors; all is fitted on the gallery, queries (or, without any, images of the gallery) are only looked up.
/// A pair of images with several vectors is as near as its nearest two. Throws Error{InvalidArgument} for a recipe
/// whose first extractor gives no vectors or a gallery of fewer than two; Cancelled.
VectorAnalysis analyseVectors(const Recipe &recipe, const Workspace &workspace, std::shared_ptr<FeatureCache> cache,
                              TaskContext &task);

} // namespace likeness
