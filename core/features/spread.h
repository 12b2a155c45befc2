#pragma once

#include <opencv2/core/types.hpp>
#include <vector>

namespace likeness {

/// An order in which the first n keypoints, for any n, are spread over the image: the strongest of each cell of an
/// 8 x 8 grid, then the second of each. `keypoints` are strongest first, in pixels of an image of `size`.
std::vector<int> spreadOrder(const std::vector<cv::KeyPoint> &keypoints, cv::Size size);

} // namespace likeness
