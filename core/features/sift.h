#pragma once

#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>
#include <vector>

namespace likeness {

struct SiftOptions {
    int count = 2000;       ///< most keypoints, orientations counted; the strongest stay
    double contrast = 0.04; ///< least |DoG| at the refined extremum x 3, grey levels in 0..1
    double edge = 10;       ///< largest ratio of principal curvatures
    bool upsample = true;   ///< begins with the image doubled: four times the work, and the finest keypoints
    bool spread = false;    ///< keeps as many from each part of the image, the strongest of each first
    double scalePower = 0;  ///< the strongest are chosen by response x size ^ scalePower
    bool upright = false;   ///< no orientations: not invariant to rotation, twice as distinct
};

struct SiftFeatures {
    std::vector<cv::KeyPoint> keypoints; ///< strongest first; pixels of the image, (0, 0) the centre of the first one
    cv::Mat descriptors;                 ///< CV_32F, n x 128, whole numbers 0..255
};

/// SIFT (Lowe 2004) with the constants of cv::SIFT: 3 layers an octave, sigma 1.6, 4 x 4 x 8 descriptors. Beside it:
/// half the time on one thread (buffers stay, descriptors only for what is kept), and positions without the quarter
/// pixel that the doubled image adds there. `grey` is CV_8UC1. Deterministic on every processor; thread-safe.
SiftFeatures detectSift(const cv::Mat &grey, const SiftOptions &options);

/// What detectSift would say of the mirrored image: the same place (x is the caller's to mirror), rows of the grid of
/// the descriptor and directions reversed. `row` has 128 entries.
template <class T> void mirrorSiftDescriptor(const T *row, T *mirrored)
{
    for (int r = 0; r < 4; ++r)
        for (int c = 0; c < 4; ++c)
            for (int o = 0; o < 8; ++o)
                mirrored[((3 - r) * 4 + c) * 8 + (8 - o) % 8] = row[(r * 4 + c) * 8 + o];
}

} // namespace likeness
