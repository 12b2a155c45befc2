#pragma once

#include "core/match/image_match.h"

namespace likeness {

/// Keypoints and tentative matches with one of the images seen as if tilted by up to 70 degrees in several directions
/// (ASIFT: Morel and Yu 2009; here one image at a time, each view matched on its own). No model yet; keypoints in the
/// pixels of the images as given. A cancel is answered within one view by throwing Cancelled.
ImageMatch tentativeAffineMatch(const cv::Mat &a, const cv::Mat &b, const MatchOptions &options,
                                const TaskContext &context);

} // namespace likeness
