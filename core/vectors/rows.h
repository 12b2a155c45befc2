#pragma once

#include "core/vectors/float_rows.h"

#include <cstdint>
#include <functional>

namespace likeness {

/// n rows of d entries that need not be in memory at once: `block(first, count)` gives rows [first, first + count).
struct RowSource {
    std::int64_t rows = 0;
    int width = 0;
    std::function<Eigen::Map<const FloatRows>(std::int64_t first, std::int64_t count)> block;
};
/// Rows that are in memory.
RowSource rowsInMemory(const float *rows, std::int64_t count, int width);

} // namespace likeness
