#pragma once

#include <opencv2/core/mat.hpp>
#include <string>

namespace likeness {

/// One vector out of the features of all places of an image: `places` is CV_32F, (height x width) x channels, places
/// row by row. "mean"; "max"; "gem" (Radenovic et al. 2018): (mean of x^p)^(1/p) of values above 0; "rmac" (Tolias et
/// al. 2016): the sum of the unit-length maxima of overlapping regions at three scales. 1 x channels.
cv::Mat pooled(const cv::Mat &places, cv::Size size, const std::string &how, double p);

} // namespace likeness
