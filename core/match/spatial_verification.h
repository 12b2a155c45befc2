#pragma once

#include "core/match/homography.h"
#include "core/match/matcher.h"

namespace likeness {

/// How many matches one affine transform explains.
struct SpatialSupport {
    int inliers = 0; ///< distinct places
    cv::Matx33d bFromA = cv::Matx33d::eye();
    std::vector<bool> inlier; ///< one a match
};

/// Fast spatial matching (Philbin et al. 2007): each match with its two scales and directions is a similarity of its
/// own; the one that most matches agree with, loosely, is refined to an affine transform with a shrinking threshold.
/// No random choice. `thresholdPx` is in pixels of B. Collapsed, mirrored and much stretched models do not count.
SpatialSupport verifySpatially(const LocalFeatures &a, const LocalFeatures &b, std::span<const Correspondence> matches,
                               double thresholdPx);

} // namespace likeness
