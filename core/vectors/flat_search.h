#pragma once

#include "core/base/task.h"
#include "core/vectors/rows.h"

#include <span>
#include <vector>

namespace likeness {

/// One row found: larger scores are nearer.
struct RowHit {
    std::int64_t row = -1;
    float score = 0;
};

/// The k rows with the largest dot product with each query (n x d), the best first, ties by order; fewer where there
/// are fewer rows. Exact: every row is read once for all queries. From all threads, the same for every number of them.
std::vector<std::vector<RowHit>> nearestByProduct(const RowSource &rows, const FloatRows &queries, int k,
                                                  TaskContext &task);

/// Of each row its largest dot product with one of the queries (n x d, n > 0). From all threads, the same for every
/// number of them.
std::vector<float> bestByProduct(const RowSource &rows, const FloatRows &queries, TaskContext &task);

/// Share of the exact hits that were found, over all queries; 1 where there are none.
double shareFound(std::span<const std::vector<RowHit>> exact, std::span<const std::vector<RowHit>> found);
/// Exact scores for the hits of one query, and their order by them.
void scoreExactly(const RowSource &rows, const Eigen::RowVectorXf &query, std::vector<RowHit> &hits);

} // namespace likeness
