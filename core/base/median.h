#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace likeness {

/// The value in the middle, of an even number the upper one; 0 of none.
template <class T> T medianOf(std::vector<T> values)
{
    if (values.empty())
        return T{};
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace likeness
