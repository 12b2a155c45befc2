#pragma once

#include <opencv2/core/mat.hpp>

namespace likeness {

enum class Pooling { Own, Mean, Gem, Max, RMac }; ///< Own: the network's own vector

/// One vector out of the features of all places of an image: `places` is CV_32F, (height x width) x channels, places
/// row by row. GeM (Radenovic et al. 2018): (mean of x^p)^(1/p) of values above 0; R-MAC (Tolias et al. 2016): the sum
/// of the unit-length maxima of overlapping regions at three scales. 1 x channels; `how` is not Own.
cv::Mat pooled(const cv::Mat &places, cv::Size size, Pooling how, double p);

} // namespace likeness
