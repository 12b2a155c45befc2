#pragma once

#include "core/data/image_set.h"
#include "core/search/recipe.h"

namespace likeness {

/// How well a recipe finds attacked copies: recall at 100 % precision, by attack. The threshold of an attack is the
/// best score that any copy has with a wrong image; only copies whose own source scores above it are found. As in the
/// benchmarks of the perceptual hash libraries, so that numbers compare.
struct AttackRecall {
    std::string attack;
    double recall = 0;
};

/// One copy of every image by every attack of `strength` in [0, 1], seeded. Images that cannot be decoded are problems.
std::vector<AttackRecall> attackRecall(const Recipe &recipe, const ImageSet &images, double strength,
                                       std::uint64_t seed, TaskContext &context);

} // namespace likeness
