#pragma once

#include "core/base/error.h"

#include <opencv2/core/matx.hpp>
#include <opencv2/core/types.hpp>
#include <optional>
#include <span>
#include <vector>

namespace likeness {

/// A pair of points that should correspond, in pixels, and how precisely each was located (standard deviation, px).
struct PointPair {
    cv::Point2d a, b;
    double sigma = 1;
};

/// `bFromA` applied to a point; not finite where the point goes to infinity.
cv::Point2d transferred(const cv::Matx33d &bFromA, const cv::Point2d &a);

/// Least squares for the homography that takes a to b, from an initial one: Levenberg-Marquardt on the transfer error
/// in B weighted by 1 / sigma^2 (Hartley and Zisserman 2004, algorithm 4.3 with a one-sided error), with Cauchy weights
/// of scale `softSigmas` (in sigmas) against what is still wrong. Eight parameters, in coordinates normalised as in
/// section 4.4. At least four pairs.
cv::Matx33d refinedHomography(const cv::Matx33d &bFromA, std::span<const PointPair> pairs, double softSigmas);

/// Why a model is no picture of A in B: collapsed or blown up, torn by the horizon, mirrored; empty where it is sound.
/// `sizeA` is the image that is mapped.
std::optional<Message> implausible(const cv::Matx33d &bFromA, cv::Size sizeA);

} // namespace likeness
