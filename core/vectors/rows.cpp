#include "core/vectors/rows.h"

namespace likeness {

RowSource rowsInMemory(const float *rows, std::int64_t count, int width)
{
    return {count, width, [rows, width](std::int64_t first, std::int64_t wanted) {
                return Eigen::Map<const FloatRows>(rows + first * width, wanted, width);
            }};
}

} // namespace likeness
