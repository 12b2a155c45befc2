#include "core/match/pixel_alignment.h"

#include "core/base/error.h"
#include "core/base/late_module.h"
#include "core/match/homography.h"

#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

constexpr double mostMovePx = 4; // farther away it has found something else
constexpr int mostPoints = 1500, leastPoints = 20, windowPx = 21, rounds = 2;
constexpr float mostReturnPx = 0.2f; // there and back again

/// Where corners of the warped A moved to in B, as pairs of A and B.
std::vector<PointPair> trackedPairs(const cv::Mat &a, const cv::Mat &b, const cv::Matx33d &bFromA)
{
    cv::Mat warped, valid;
    cv::warpPerspective(a, warped, bFromA, b.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    cv::warpPerspective(cv::Mat(a.size(), CV_8U, cv::Scalar(255)), valid, bFromA, b.size(), cv::INTER_NEAREST);
    cv::erode(valid, valid, cv::Mat::ones(windowPx, windowPx, CV_8U), {-1, -1}, 1, cv::BORDER_CONSTANT, 0);
    std::vector<cv::Point2f> from, to, back;
    cv::goodFeaturesToTrack(warped, from, mostPoints, 0.001, 4, valid);
    if (from.size() < leastPoints)
        return {};
    std::vector<std::uint8_t> there, andBack;
    using Track = void (*)(const cv::Mat &, const cv::Mat &, const std::vector<cv::Point2f> &, int,
                           std::vector<cv::Point2f> &, std::vector<std::uint8_t> &);
    static const auto track = reinterpret_cast<Track>(lateSymbol(
        "likeness_opencv", "likenessTrackCorners", QT_TRANSLATE_NOOP("core", "optical flow cannot be used: %1")));
    track(warped, b, from, windowPx, to, there);
    track(b, warped, to, windowPx, back, andBack);
    const cv::Matx33d aFromB = bFromA.inv();
    std::vector<PointPair> pairs;
    for (std::size_t i = 0; i < from.size(); ++i)
        if (there[i] && andBack[i] && cv::norm(back[i] - from[i]) < double{mostReturnPx} &&
            cv::norm(to[i] - from[i]) < mostMovePx)
            pairs.push_back({transferred(aFromB, from[i]), to[i], 1.0});
    return pairs;
}

/// Of the grey values where the warped A covers B, -1..1.
double correlation(const cv::Mat &a, const cv::Mat &b, const cv::Matx33d &bFromA)
{
    cv::Mat warped, valid;
    cv::warpPerspective(a, warped, bFromA, b.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    cv::warpPerspective(cv::Mat(a.size(), CV_8U, cv::Scalar(255)), valid, bFromA, b.size(), cv::INTER_NEAREST);
    if (cv::countNonZero(valid) == 0)
        return -1;
    cv::Mat x, y, product;
    warped.convertTo(x, CV_32F);
    b.convertTo(y, CV_32F);
    cv::Scalar meanX, meanY, deviationX, deviationY;
    cv::meanStdDev(x, meanX, deviationX, valid);
    cv::meanStdDev(y, meanY, deviationY, valid);
    cv::multiply(x - meanX, y - meanY, product);
    return cv::mean(product, valid)[0] / std::max(1e-9, deviationX[0] * deviationY[0]);
}

} // namespace

std::optional<cv::Matx33d> alignedByPixels(const cv::Mat &a, const cv::Mat &b, const cv::Matx33d &bFromA,
                                           std::span<const PointPair> keypoints)
{
    cv::Matx33d aligned = bFromA;
    for (int round = 0; round < rounds; ++round) {
        auto pairs = trackedPairs(a, b, aligned);
        if (pairs.size() < leastPoints)
            return std::nullopt;
        pairs.insert(pairs.end(), keypoints.begin(), keypoints.end());
        aligned = refinedHomography(aligned, pairs, 1);
    }
    if (!(correlation(a, b, aligned) > correlation(a, b, bFromA)))
        return std::nullopt;
    return aligned;
}

} // namespace likeness
