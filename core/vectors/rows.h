#pragma once

#include "core/vectors/features.h"
#include "core/vectors/float_rows.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace likeness {

/// n rows of d entries that need not be in memory at once: `block(first, count)` gives rows [first, first + count).
struct RowSource {
    std::int64_t rows = 0;
    int width = 0;
    std::function<Eigen::Map<const FloatRows>(std::int64_t first, std::int64_t count)> block;
};
/// Rows that are in memory.
RowSource rowsInMemory(const float *rows, std::int64_t count, int width);

/// Rows of all gallery images under each other, and which rows belong to which image: those of image i are
/// [begin[i], begin[i + 1]).
struct StackedRows {
    cv::Mat rows;
    std::vector<int> begin;

    explicit StackedRows(std::span<const Features> gallery);
    StackedRows() = default;
    std::size_t bytes() const { return rows.total() * rows.elemSize(); }
    std::vector<std::size_t> imageOfRow() const;
};

} // namespace likeness
