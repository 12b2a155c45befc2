#pragma once

#include "core/rank/ranking.h"

#include "core/features/extractor.h"
#include "core/vectors/fitting.h"

namespace likeness {

/// For every image of a gallery of vectors its k nearest other ones by cosine (of the best pair of views), best first.
/// Compares every image with every other one. Throws Cancelled.
std::vector<Ranking> neighbourGraph(std::span<const Features> gallery, int k, FitContext &context);

} // namespace likeness
