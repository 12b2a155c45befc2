#include "core/features/local_features.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/features2d.hpp>
#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

cv::Ptr<cv::Feature2D> detectorOf(const LocalFeatureOptions &options)
{
    if (options.detector == "orb")
        return cv::ORB::create(options.count, 1.2f, 8, 31, 0, 2, cv::ORB::HARRIS_SCORE, 31, 10);
    if (options.detector == "akaze")
        return cv::AKAZE::create();
    if (options.detector == "kaze")
        return cv::KAZE::create();
    if (options.detector == "brisk")
        return cv::BRISK::create();
    return cv::SIFT::create(options.count, 3, options.contrast, options.edge, 1.6);
}

/// Several orientations of one place stay; equal responses keep the detector's order.
void keepStrongest(LocalFeatures &features, int count)
{
    std::vector<int> order(features.keypoints.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, std::greater{}, [&](int i) { return features.keypoints[std::size_t(i)].response; });
    order.resize(std::min(order.size(), static_cast<std::size_t>(count)));
    LocalFeatures kept;
    kept.descriptors.create(static_cast<int>(order.size()), features.descriptors.cols, features.descriptors.type());
    for (std::size_t i = 0; i < order.size(); ++i) {
        kept.keypoints.push_back(features.keypoints[static_cast<std::size_t>(order[i])]);
        features.descriptors.row(order[i]).copyTo(kept.descriptors.row(static_cast<int>(i)));
    }
    features = std::move(kept);
}

void normaliseRows(cv::Mat &rows, bool root)
{
    for (int y = 0; y < rows.rows; ++y) {
        float *row = rows.ptr<float>(y);
        double sum = 0;
        for (int x = 0; x < rows.cols; ++x)
            sum += root ? std::abs(double{row[x]}) : double{row[x]} * row[x];
        const double scale = sum > 0 ? 1 / (root ? sum : std::sqrt(sum)) : 0;
        for (int x = 0; x < rows.cols; ++x)
            row[x] = static_cast<float>(root ? std::sqrt(std::abs(row[x]) * scale) : row[x] * scale);
    }
}

} // namespace

LocalFeatures detectLocalFeatures(const cv::Mat &grey, const LocalFeatureOptions &options)
{
    cv::Mat image = grey;
    const int side = std::max(grey.cols, grey.rows);
    const double scale = options.sidePx > 0 && side > options.sidePx ? static_cast<double>(options.sidePx) / side : 1;
    if (scale < 1)
        cv::resize(grey, image, {}, scale, scale, cv::INTER_AREA);
    LocalFeatures features;
    if (image.cols < 8 || image.rows < 8)
        return features; // no detector has a neighbourhood to look at
    detectorOf(options)->detectAndCompute(image, {}, features.keypoints, features.descriptors);
    if (features.keypoints.empty())
        return {};
    keepStrongest(features, options.count);
    if (features.descriptors.type() == CV_32F)
        normaliseRows(features.descriptors, options.detector == "rootsift");
    const double sx = static_cast<double>(grey.cols) / image.cols, sy = static_cast<double>(grey.rows) / image.rows;
    for (cv::KeyPoint &keypoint : features.keypoints) {
        // Pixel centres: 0.5 is the middle of the first pixel at every size.
        keypoint.pt.x = static_cast<float>((keypoint.pt.x + 0.5) * sx - 0.5);
        keypoint.pt.y = static_cast<float>((keypoint.pt.y + 0.5) * sy - 0.5);
        keypoint.size = static_cast<float>(keypoint.size * std::sqrt(sx * sy));
    }
    return features;
}

} // namespace likeness
