#include "core/features/local_features.h"

#include "core/features/learned_keypoints.h"

#include "core/features/sift.h"
#include "core/features/spread.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <opencv2/features2d.hpp>
#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

cv::Ptr<cv::Feature2D> detectorOf(const LocalFeatureOptions &options)
{
    switch (options.detector) {
    case Detector::Orb: // more than are kept, to choose a spread of them
        return cv::ORB::create(options.spread ? 4 * options.count : options.count, 1.2f, 8, 31, 0, 2,
                               cv::ORB::HARRIS_SCORE, 31, 10);
    case Detector::Akaze:
        return cv::AKAZE::create();
    case Detector::Kaze:
        return cv::KAZE::create();
    case Detector::Brisk:
        return cv::BRISK::create();
    case Detector::Sift:
    case Detector::RootSift:
    case Detector::Learned:
        break; // ours
    }
    assert(false);
    return {};
}

LocalFeatures rowsOf(const LocalFeatures &features, const std::vector<int> &order)
{
    LocalFeatures kept;
    kept.descriptors.create(static_cast<int>(order.size()), features.descriptors.cols, features.descriptors.type());
    for (std::size_t i = 0; i < order.size(); ++i) {
        kept.keypoints.push_back(features.keypoints[static_cast<std::size_t>(order[i])]);
        features.descriptors.row(order[i]).copyTo(kept.descriptors.row(static_cast<int>(i)));
    }
    return kept;
}

/// Several orientations of one place stay; equal responses keep the detector's order.
void keepBest(LocalFeatures &features, cv::Size size, const LocalFeatureOptions &options)
{
    std::vector<int> order(features.keypoints.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, std::greater{}, [&](int i) { return features.keypoints[std::size_t(i)].response; });
    features = rowsOf(features, order);
    if (options.spread)
        order = spreadOrder(features.keypoints, size);
    else
        std::iota(order.begin(), order.end(), 0);
    order.resize(std::min(order.size(), static_cast<std::size_t>(options.count)));
    features = rowsOf(features, order);
}

LocalFeatures detected(const cv::Mat &image, const LocalFeatureOptions &options)
{
    LocalFeatures features;
    if (isSift(options)) {
        SiftFeatures sift = detectSift(image, {.count = options.count,
                                               .contrast = options.contrast,
                                               .edge = options.edge,
                                               .upsample = options.upsample,
                                               .spread = options.spread,
                                               .scalePower = options.scalePower,
                                               .upright = options.upright});
        return {std::move(sift.keypoints), std::move(sift.descriptors), image.size()};
    }
    if (options.detector == Detector::Learned)
        return learnedKeypoints(image, options.network, options.count);
    detectorOf(options)->detectAndCompute(image, {}, features.keypoints, features.descriptors);
    if (!features.keypoints.empty())
        keepBest(features, image.size(), options);
    return features;
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
        cv::resize(grey, image, {std::max(1, cvRound(grey.cols * scale)), std::max(1, cvRound(grey.rows * scale))}, 0,
                   0, cv::INTER_AREA);
    LocalFeatures features;
    if (image.cols < 8 || image.rows < 8)
        return features; // no detector has a neighbourhood to look at
    features = detected(image, options);
    if (features.keypoints.empty())
        return {};
    features.imageSize = grey.size();
    if (features.descriptors.type() == CV_32F)
        normaliseRows(features.descriptors, options.detector == Detector::RootSift);
    const double sx = static_cast<double>(grey.cols) / image.cols, sy = static_cast<double>(grey.rows) / image.rows;
    for (cv::KeyPoint &keypoint : features.keypoints) {
        // Pixel centres: 0.5 is the middle of the first pixel at every size.
        keypoint.pt.x = static_cast<float>((keypoint.pt.x + 0.5) * sx - 0.5);
        keypoint.pt.y = static_cast<float>((keypoint.pt.y + 0.5) * sy - 0.5);
        keypoint.size = static_cast<float>(keypoint.size * std::sqrt(sx * sy));
    }
    return features;
}

LocalFeatures mirroredFeatures(const LocalFeatures &features, const cv::Mat &grey, const LocalFeatureOptions &options)
{
    if (!isSift(options)) {
        cv::Mat flipped;
        cv::flip(grey, flipped, 1);
        return detectLocalFeatures(flipped, options);
    }
    LocalFeatures mirrored{features.keypoints, cv::Mat(features.descriptors.size(), CV_32F), grey.size()};
    for (int i = 0; i < features.descriptors.rows; ++i) {
        cv::KeyPoint &keypoint = mirrored.keypoints[static_cast<std::size_t>(i)];
        keypoint.pt.x = static_cast<float>(grey.cols - 1) - keypoint.pt.x;
        keypoint.angle = std::fmod(540.f - keypoint.angle, 360.f);
        mirrorSiftDescriptor(features.descriptors.ptr<float>(i), mirrored.descriptors.ptr<float>(i));
    }
    return mirrored;
}

} // namespace likeness
