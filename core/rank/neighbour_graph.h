#pragma once

#include "core/rank/ranking.h"

#include "core/vectors/column.h"
#include "core/vectors/fitting.h"

namespace likeness {

/// For every image of a gallery of vectors its k nearest other ones by cosine (of the best pair of views), best first.
/// Compares every image with every other one. Throws Cancelled.
std::vector<Ranking> neighbourGraph(const Column &gallery, int k, FitContext &context);
/// Of `images` images, as saveGraph() wrote it. Throws Error naming the file.
std::vector<Ranking> readGraph(const std::filesystem::path &file, std::size_t images);
void saveGraph(const std::vector<Ranking> &graph, const std::filesystem::path &file); ///< throws Error{Io}

} // namespace likeness
