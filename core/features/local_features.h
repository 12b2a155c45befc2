#pragma once

#include "core/base/params.h"

#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>
#include <string>
#include <vector>

namespace likeness {

/// Keypoints of one image, strongest first, in pixels of the full image (0, 0 is the centre of the first pixel), and a
/// descriptor row for each: CV_32F of unit length (SIFT, RootSIFT, KAZE, learned) or CV_8U bits (ORB, AKAZE, BRISK).
struct LocalFeatures {
    std::vector<cv::KeyPoint> keypoints;
    cv::Mat descriptors;
    cv::Size imageSize{}; ///< that the keypoints lie in
};

enum class Detector { Sift, RootSift, Orb, Akaze, Kaze, Brisk, Learned };

struct LocalFeatureOptions {
    Detector detector = Detector::RootSift;
    int count = 2000;
    int sidePx = 0;
    double contrast = 0.01;
    double edge = 10;
    bool upsample = true;
    bool spread = false;
    bool upright = false;
    double scalePower = 0;
    std::string network;

    void describe(auto &&param)
    {
        param("detector", detector, QT_TRANSLATE_NOOP("core", "Detector"),
              QT_TRANSLATE_NOOP("core", "RootSIFT is the most precise here, ORB by far the fastest."),
              {.choices = {{Detector::Sift, "sift", "SIFT"},
                           {Detector::RootSift, "rootsift", "RootSIFT"},
                           {Detector::Orb, "orb", "ORB"},
                           {Detector::Akaze, "akaze", "AKAZE"},
                           {Detector::Kaze, "kaze", "KAZE"},
                           {Detector::Brisk, "brisk", "BRISK"},
                           {Detector::Learned, "learned", QT_TRANSLATE_NOOP("core", "Learned (ONNX file)")}}});
        param("network", network, QT_TRANSLATE_NOOP("core", "Keypoint network"),
              QT_TRANSLATE_NOOP("core",
                                "For the learned detector: an ONNX file with the outputs of SuperPoint, XFeat or "
                                "DISK, before any selection of points."));
        param("count", count, QT_TRANSLATE_NOOP("core", "Keypoints"),
              QT_TRANSLATE_NOOP("core", "Most keypoints kept of an image, the strongest first."),
              {.min = 4, .max = 50000});
        param("side", sidePx, QT_TRANSLATE_NOOP("core", "Working size (px)"),
              QT_TRANSLATE_NOOP("core", "Long side that larger images are reduced to; 0 keeps their size."),
              {.min = 0, .max = 10000});
        param("contrast", contrast, QT_TRANSLATE_NOOP("core", "Contrast limit"),
              QT_TRANSLATE_NOOP("core", "SIFT: weaker extrema are dropped. Lower finds more in flat regions."),
              {.min = 0, .max = 0.2});
        param("edge", edge, QT_TRANSLATE_NOOP("core", "Edge limit"),
              QT_TRANSLATE_NOOP("core", "SIFT: extrema along edges are dropped. Higher keeps more of them."),
              {.min = 1, .max = 100});
        param("upsample", upsample, QT_TRANSLATE_NOOP("core", "Double the image"),
              QT_TRANSLATE_NOOP("core", "SIFT: begins at twice the size, which finds the finest points at twice the "
                                        "time."));
        param("spread", spread, QT_TRANSLATE_NOOP("core", "Spread keypoints"),
              QT_TRANSLATE_NOOP("core", "Keeps as many in each part of the image instead of the strongest of all."));
        param("scale_power", scalePower, QT_TRANSLATE_NOOP("core", "Prefer large keypoints"),
              QT_TRANSLATE_NOOP("core", "SIFT: the strongest are chosen by response times size to this power. Large "
                                        "ones survive blur, pixelation and reduction."),
              {.min = 0, .max = 3});
        param("upright", upright, QT_TRANSLATE_NOOP("core", "Upright"),
              QT_TRANSLATE_NOOP("core", "SIFT: ignores directions. More distinct, but turned copies are lost."));
    }
};

/// `grey` is CV_8UC1 of any size; no keypoint is a result. SIFT: Lowe 2004; RootSIFT: Arandjelovic and Zisserman 2012
/// (L1 norm, then square root: unit length in L2). Deterministic; callable from many threads.
LocalFeatures detectLocalFeatures(const cv::Mat &grey, const LocalFeatureOptions &options);

/// Of the image mirrored left to right. SIFT needs no second look at the pixels: `features` are those of `grey`.
LocalFeatures mirroredFeatures(const LocalFeatures &features, const cv::Mat &grey, const LocalFeatureOptions &options);

inline bool isSift(const LocalFeatureOptions &options)
{
    return options.detector == Detector::Sift || options.detector == Detector::RootSift;
}

} // namespace likeness
