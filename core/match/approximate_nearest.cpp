#include "core/match/approximate_nearest.h"

#include <cmath>
#include <mutex>
#include <opencv2/flann.hpp>

namespace likeness {

std::vector<Nearest> approximateNearest(const cv::Mat &asked, const cv::Mat &stored)
{
    static std::mutex oneAtATime; // FLANN's random numbers are of the whole process
    const std::lock_guard lock(oneAtATime);
    cvflann::seed_random(1);
    const bool bits = stored.type() == CV_8U;
    cv::flann::Index index;
    if (bits)
        index.build(stored, cv::flann::LshIndexParams(12, 20, 2), cvflann::FLANN_DIST_HAMMING);
    else
        index.build(stored, cv::flann::KDTreeIndexParams(4), cvflann::FLANN_DIST_L2);
    cv::Mat found(asked.rows, 2, CV_32S, cv::Scalar(-1)), distances(asked.rows, 2, bits ? CV_32S : CV_32F);
    index.knnSearch(asked, found, distances, 2, cv::flann::SearchParams(128));
    std::vector<Nearest> nearest(static_cast<std::size_t>(asked.rows));
    for (int i = 0; i < asked.rows; ++i) {
        const auto distance = [&](int k) {
            return bits ? static_cast<float>(distances.at<int>(i, k)) / static_cast<float>(8 * stored.cols)
                        : std::sqrt(distances.at<float>(i, k));
        };
        Nearest &one = nearest[static_cast<std::size_t>(i)];
        if (found.at<int>(i, 0) < 0 || found.at<int>(i, 1) < 0)
            continue; // LSH finds fewer than two: no ratio, no match
        one = {found.at<int>(i, 0), distance(0), distance(1)};
    }
    return nearest;
}

} // namespace likeness
