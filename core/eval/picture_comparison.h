#pragma once

#include <opencv2/core/mat.hpp>
#include <optional>
#include <vector>

namespace likeness {

/// Two pictures pixel by pixel; B is brought to the size of A (cv::INTER_AREA or linear) before anything is measured,
/// and A to at most 4 megapixels.
struct PictureComparison {
    cv::Mat bAtA;                               ///< CV_8UC3, B at the size of A
    cv::Mat difference;                         ///< CV_8UC3, |A - B|
    cv::Mat ssimMap;                            ///< CV_32FC1 of the size of A, -1..1, 1 is equal
    double mse = 0;                             ///< of the three channels, grey levels squared
    double psnr = 0;                            ///< dB; infinite for equal pictures
    double ssim = 0;                            ///< of grey, mean over the map
    std::vector<double> histogramA, histogramB; ///< 256 grey bins, shares that sum to 1
};

/// `a` and `b` are CV_8UC3 (BGR) of any sizes. With `bFromA` (pixels of the full images) B is brought to A by it
/// instead of being stretched; where B has no pixel, A's own stands, so that nothing differs there.
PictureComparison comparePictures(const cv::Mat &a, const cv::Mat &b,
                                  const std::optional<cv::Matx33d> &bFromA = std::nullopt);

/// Rectangles around what differs by more than `threshold` grey levels (smoothed over 5 px, so that noise does not
/// count), largest first, those below a two-thousandth of the picture left out.
std::vector<cv::Rect> differingRegions(const cv::Mat &difference, int threshold);

} // namespace likeness
