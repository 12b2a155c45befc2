#pragma once

#include <opencv2/core/mat.hpp>

namespace likeness {

enum class ResizeFilter { Nearest, Box, Bilinear, Bicubic, Lanczos };

/// CV_8UC1 or CV_8UC3 to any size as Pillow's Image.resize() does it (Resample.c): antialiased, horizontally then
/// vertically, 22-bit coefficients, rounded to 8 bits between the passes; equal to the last grey level. Bicubic has
/// a = -0.5. Nothing of cv::resize agrees with it.
cv::Mat pillowResize(const cv::Mat &image, cv::Size size, ResizeFilter filter);

} // namespace likeness
