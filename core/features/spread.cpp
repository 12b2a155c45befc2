#include "core/features/spread.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace likeness {

std::vector<int> spreadOrder(const std::vector<cv::KeyPoint> &keypoints, cv::Size size)
{
    constexpr int cells = 8;
    std::array<int, cells * cells> seen{};
    std::vector<int> place(keypoints.size()), order(keypoints.size());
    const auto cellOf = [](float at, int length) {
        return std::clamp(static_cast<int>(at * cells / static_cast<float>(std::max(1, length))), 0, cells - 1);
    };
    for (std::size_t i = 0; i < keypoints.size(); ++i) {
        const int cell = cellOf(keypoints[i].pt.y, size.height) * cells + cellOf(keypoints[i].pt.x, size.width);
        place[i] = seen[static_cast<std::size_t>(cell)]++;
    }
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, {}, [&](int i) { return place[static_cast<std::size_t>(i)]; });
    return order;
}

} // namespace likeness
