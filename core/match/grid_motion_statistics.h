#pragma once

#include "core/match/matcher.h"

#include <span>

namespace likeness {

/// Which correspondences are borne out by their neighbours: those of a cell of A that lead to one cell of B must be
/// more than six times the root of what falls into the cells around (grid-based motion statistics, Bian et al. 2017).
/// Turns by eighths of a circle and five relations of size are tried, the one with most support counts. Points lie in
/// `a.imageSize` and `b.imageSize`. One flag a correspondence.
std::vector<bool> supportedByMotion(const LocalFeatures &a, const LocalFeatures &b,
                                    std::span<const Correspondence> pairs);

/// The same for one relation: `turn` in 0..7 eighths, `scale` of B's grid (1 is 20 x 20 cells).
std::vector<bool> supportedByMotion(const LocalFeatures &a, const LocalFeatures &b,
                                    std::span<const Correspondence> pairs, int turn, double scale);

} // namespace likeness
