#pragma once

#include "core/nets/models/model_store.h"

namespace likeness {

/// Where two images look alike to a network. For a CNN each place's share of the cosine of the two pooled vectors
/// (they add up to it; class activation maps, Zhou et al. 2016, for mean and GeM pooling); for a transformer the cosine
/// with the most similar patch of the other image.
struct HeatMaps {
    cv::Mat a, b;          ///< CV_32F, the grid of places
    cv::Rect areaA, areaB; ///< what the network saw, in the pixels of the images
    double cosine = 0;     ///< of the network's own vectors
};

/// `a` and `b` are CV_8UC3. Takes two runs of the network.
HeatMaps heatMaps(const LoadedModel &model, const cv::Mat &a, const cv::Mat &b);

/// The image under the heat, dark to bright from the least to the most similar place; what the network did not see is
/// dimmed. CV_8UC3.
cv::Mat heatPicture(const cv::Mat &bgr, const cv::Mat &heat, cv::Rect area);

} // namespace likeness
