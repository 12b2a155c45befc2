#pragma once

#include "core/match/image_match.h"

#include <filesystem>

namespace likeness {

/// Both images side by side with the matches as lines (blue: inliers, orange: outliers) and the outline of A in B, as
/// PNG or SVG by the extension. `a` and `b` are the CV_8UC1 images that were matched. Throws Error{InvalidArgument|Io}.
void writeMatchOverlay(const std::filesystem::path &file, const cv::Mat &a, const cv::Mat &b, const ImageMatch &match);

} // namespace likeness
