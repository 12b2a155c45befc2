#pragma once

#include <opencv2/core/mat.hpp>

namespace likeness {

/// One of the eight flips and quarter turns of a square or rectangular image: orientation o in 0..7 turns by 90 degrees
/// clockwise o % 4 times, after mirroring where o >= 4.
cv::Mat oriented(const cv::Mat &pixels, int orientation);

} // namespace likeness
