#pragma once

#include <opencv2/core/mat.hpp>

namespace likeness {

/// What the rows of `Features` are, and so which indexes can compare them.
enum class FeatureType {
    Vector,         ///< CV_32F rows, compared by their dot product
    Histogram,      ///< CV_32F rows >= 0: 1-D histograms one after the other, each of blockSize bins
    JointHistogram, ///< the same of joint channels, whose bins have no order
    Binary,         ///< CV_8U rows, bits
    Pixels,         ///< CV_8U rows, a square grey thumbnail row by row
    Keypoints,      ///< descriptors of keypoints, see keypoint_features.h
    BinaryKeypoints ///< the same as bits
};

/// CV_32F rows, for which a dot product means something.
inline bool areFloats(FeatureType type)
{
    return type == FeatureType::Vector || type == FeatureType::Histogram || type == FeatureType::JointHistogram;
}

/// What a row of `Features::keypoints` says of its keypoint: px, px, px, degrees (-1: none), and which view it is of.
enum KeypointEntry { KeypointX, KeypointY, KeypointSize, KeypointAngle, KeypointView, keypointEntries };

/// What an extractor says of one image: n rows of one width. More than one row are views of the image (crops, flips):
/// the best pair of views counts. No row: the image carries no evidence (a uniform picture, a hash of too low quality).
struct Features {
    cv::Mat rows;
    int blockSize = 0;    ///< bins of each histogram in a row; 0 where rows are no histograms
    cv::Mat keypoints{};  ///< CV_32F, n x keypointEntries for n descriptors; empty for features without places
    cv::Size imageSize{}; ///< that keypoints lie in, px
};

/// Query and gallery images may be looked at differently (flips of the query only).
enum class Role { Gallery, Query };

} // namespace likeness
