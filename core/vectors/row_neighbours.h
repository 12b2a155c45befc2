#pragma once

#include "core/vectors/column.h"
#include "core/vectors/float_rows.h"

#include <Eigen/Core>

namespace likeness {

/// A row near another one: the best row of its image.
struct RowNeighbour {
    int image = 0, row = 0;
    float score = 0; ///< dot product
};

/// The k images whose best rows have the largest dot product with `query` (d entries), the best first, ties by order.
std::vector<RowNeighbour> nearestRows(const Column &gallery, const Eigen::RowVectorXf &query, int k);

} // namespace likeness
