// Optical flow in the module that is loaded late: OpenCV's video library brings its networks and protobuf along.
#include "core/match/pixel_alignment.h"

#include <opencv2/video/tracking.hpp>

extern "C" __attribute__((visibility("default"))) void likenessTrackCorners(const cv::Mat &a, const cv::Mat &b,
                                                                            const std::vector<cv::Point2f> &from,
                                                                            int windowPx, std::vector<cv::Point2f> &to,
                                                                            std::vector<std::uint8_t> &found)
{
    std::vector<float> difference;
    cv::calcOpticalFlowPyrLK(a, b, from, to, found, difference, {windowPx, windowPx}, 1);
}
