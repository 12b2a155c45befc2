#include "core/eval/picture_comparison.h"

#include "core/index/ssim.h"

#include <algorithm>
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

/// B in the frame of A; `reduction` is how much smaller A is than the image that the model is of.
cv::Mat aligned(const cv::Mat &a, const cv::Mat &b, const cv::Matx33d &bFromA, double reduction)
{
    const double half = (reduction - 1) / 2; // pixel centres
    const cv::Matx33d model = bFromA * cv::Matx33d(reduction, 0, half, 0, reduction, half, 0, 0, 1);
    cv::Mat warped, covered, result = a.clone();
    cv::warpPerspective(b, warped, model, a.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
    cv::warpPerspective(cv::Mat(b.size(), CV_8U, cv::Scalar(255)), covered, model, a.size(),
                        cv::INTER_NEAREST | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT, 0);
    warped.copyTo(result, covered);
    return result;
}

} // namespace

std::vector<cv::Rect> differingRegions(const cv::Mat &difference, int threshold)
{
    cv::Mat channels[3], largest, labels, statistics, centres;
    cv::split(difference, channels);
    largest = cv::max(channels[0], cv::max(channels[1], channels[2]));
    cv::blur(largest, largest, {5, 5});
    cv::threshold(largest, largest, threshold, 255, cv::THRESH_BINARY);
    cv::dilate(largest, largest, cv::Mat::ones(9, 9, CV_8U)); // pieces of one edit belong together
    const int count = cv::connectedComponentsWithStats(largest, labels, statistics, centres);
    std::vector<std::pair<int, cv::Rect>> found;
    for (int i = 1; i < count; ++i) { // 0 is the background
        const int *row = statistics.ptr<int>(i);
        if (row[cv::CC_STAT_AREA] * 2000.0 >= static_cast<double>(difference.total()))
            found.emplace_back(-row[cv::CC_STAT_AREA], cv::Rect(row[cv::CC_STAT_LEFT], row[cv::CC_STAT_TOP],
                                                                row[cv::CC_STAT_WIDTH], row[cv::CC_STAT_HEIGHT]));
    }
    std::ranges::stable_sort(found, {}, [](const auto &one) { return one.first; });
    std::vector<cv::Rect> regions;
    for (const auto &one : found)
        regions.push_back(one.second);
    return regions;
}

PictureComparison comparePictures(const cv::Mat &fullA, const cv::Mat &b, const std::optional<cv::Matx33d> &bFromA)
{
    PictureComparison comparison;
    cv::Mat a = fullA;
    if (const double scale = std::sqrt(mostComparedPixels / static_cast<double>(fullA.total())); scale < 1)
        cv::resize(fullA, a, {}, scale, scale, cv::INTER_AREA);
    if (bFromA)
        comparison.bAtA = aligned(a, b, *bFromA, static_cast<double>(fullA.cols) / a.cols);
    else
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
