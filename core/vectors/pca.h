#pragma once

#include "core/base/task.h"
#include "core/vectors/rows.h"

namespace likeness {

/// Principal components (Pearson 1901): the eigenvectors of the rows' covariance (divided by n - 1), largest variance
/// first.
struct Pca {
    Eigen::VectorXf mean;      ///< d
    FloatRows components;      ///< k x d, orthonormal rows; the entry of largest magnitude of each is positive
    Eigen::VectorXd variances; ///< k
    double totalVariance = 0;  ///< over all d dimensions
    double shrinkage = 0;      ///< of Ledoit and Wolf 2004: how much of the identity the covariance needs, 0..1
};

/// The `components` strongest; fewer where the rows span fewer dimensions. By the covariance (d x d) or, for fewer rows
/// than dimensions, by the Gram matrix (n x n); a few thousand rows are in memory at once. The same result for every
/// number of threads. Throws Error{InvalidArgument} for fewer than two rows or entries that are no numbers, Cancelled.
Pca fitPca(const RowSource &rows, int components, TaskContext &task);

} // namespace likeness
