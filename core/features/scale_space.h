#pragma once

#include <array>
#include <opencv2/core/mat.hpp>
#include <vector>

namespace likeness {

/// Blurred images of one octave of SIFT: level i has sigma 1.6 x 2^(i / 3) in pixels of the octave.
inline constexpr int siftLayers = 3, siftLevels = siftLayers + 3;
inline constexpr double siftSigma = 1.6;
struct Octave {
    std::array<cv::Mat, siftLevels> levels; ///< CV_32F, grey values 0..255
};

/// Octaves from the full (or doubled) size down; `octaves` is reused where sizes allow.
void buildScaleSpace(const cv::Mat &grey, bool upsample, std::vector<Octave> &octaves);

/// A pixel of the difference of Gaussians that is not below (or above) its 26 neighbours.
struct Extremum {
    int layer, row, column; ///< layer 1..3
};
/// `threshold` is the least absolute difference; 5 pixels of border are left out.
std::vector<Extremum> extrema(const Octave &octave, float threshold);

} // namespace likeness
