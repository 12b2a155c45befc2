#pragma once

#include "core/base/task.h"
#include "core/search/engine.h"

namespace likeness {

struct DuplicateOptions {
    /// Pairs with this score or more belong together. Nothing: pairs whose score so many unrelated pairs of the whole
    /// collection (`chancePairs`) would reach, judged for each image by the scores of its farther neighbours (a
    /// contrario: Moisan and Stival 2004; tail of Weissman 1978), and those as near as each of both is to itself.
    /// Behind a geometric verification, whose scores are such chances, by these.
    std::optional<double> threshold{};
    double chancePairs = 1;
    int neighbours = 20; ///< of each image that are looked at
};

struct DuplicateGroup {
    struct Member {
        std::string name;
        float score = 0; ///< with its nearest other one
    };
    std::vector<Member> members; ///< by name
    bool identical = false;      ///< the same bytes
};

struct Duplicates {
    std::int64_t images = 0;
    std::vector<DuplicateGroup> groups; ///< by the name of the first member
};

/// Images of the folders that are the same or copies of each other, linked by pairs. Names are paths. Recipes of any
/// kind. Images that fail are problems. Throws Error, Cancelled.
Duplicates findDuplicates(const Recipe &recipe, std::span<const std::filesystem::path> folders,
                          std::shared_ptr<FeatureCache> cache, const DuplicateOptions &options, TaskContext &task);
/// Of an engine's gallery, by its rows: no image is decoded. Names are those of the gallery.
Duplicates findDuplicates(const Engine &engine, const DuplicateOptions &options, TaskContext &task);

/// For each of n images the score that fewer than `chancePairs` unrelated pairs of all images together reach: x_m +
/// scale ln(m n / chancePairs) with x_m the m-th and last neighbour's score and scale the median over the images of the
/// mean of r (x_r - x_(r + 1)) over the farther neighbours. Infinite where an image has no neighbour.
std::vector<double> chanceThresholds(std::span<const Engine::Neighbours> images, double chancePairs);

} // namespace likeness
