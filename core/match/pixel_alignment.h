#pragma once

#include "core/match/homography.h"

#include <opencv2/core/mat.hpp>
#include <optional>

namespace likeness {

/// `bFromA` refined on the pixels: corners of A, warped by it, are tracked in B (Lucas and Kanade 1981, pyramidal,
/// there and back) and join the keypoints that the model came from. Empty where too few can be tracked, or where the
/// grey values of both images would agree less than before. `a` and `b` are CV_8UC1.
std::optional<cv::Matx33d> alignedByPixels(const cv::Mat &a, const cv::Mat &b, const cv::Matx33d &bFromA,
                                           std::span<const PointPair> keypoints);

} // namespace likeness
