#include "core/eval/picture_comparison.h"

#include "core/index/ssim.h"

#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

constexpr double mostComparedPixels = 4e6; // SSIM takes some 60 bytes a pixel

std::vector<double> shares(const cv::Mat &grey)
{
    std::vector<double> bins(256, 0.0);
    for (int y = 0; y < grey.rows; ++y)
        for (int x = 0; x < grey.cols; ++x)
            bins[grey.at<std::uint8_t>(y, x)] += 1.0 / static_cast<double>(grey.total());
    return bins;
}

} // namespace

PictureComparison comparePictures(const cv::Mat &fullA, const cv::Mat &b)
{
    PictureComparison comparison;
    cv::Mat a = fullA;
    if (const double scale = std::sqrt(mostComparedPixels / static_cast<double>(fullA.total())); scale < 1)
        cv::resize(fullA, a, {}, scale, scale, cv::INTER_AREA);
    cv::resize(b, comparison.bAtA, a.size(), 0, 0, b.cols > a.cols ? cv::INTER_AREA : cv::INTER_LINEAR);
    cv::absdiff(a, comparison.bAtA, comparison.difference);
    const double squares = cv::norm(comparison.difference, cv::NORM_L2SQR);
    comparison.mse = squares / static_cast<double>(a.total() * 3);
    comparison.psnr =
        comparison.mse > 0 ? 10 * std::log10(255.0 * 255.0 / comparison.mse) : std::numeric_limits<double>::infinity();
    cv::Mat greyA, greyB, greyOwnB;
    cv::cvtColor(a, greyA, cv::COLOR_BGR2GRAY);
    cv::cvtColor(comparison.bAtA, greyB, cv::COLOR_BGR2GRAY);
    cv::cvtColor(b, greyOwnB, cv::COLOR_BGR2GRAY);
    comparison.ssimMap = ssimMap(greyA, greyB);
    comparison.ssim = cv::mean(comparison.ssimMap)[0];
    comparison.histogramA = shares(greyA);
    comparison.histogramB = shares(greyOwnB);
    return comparison;
}

} // namespace likeness
