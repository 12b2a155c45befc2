#include "core/nets/run/pooling.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <opencv2/core.hpp>

namespace likeness {

namespace {

cv::Mat maxima(const cv::Mat &places, cv::Size size, cv::Rect region)
{
    cv::Mat most = places.row(region.y * size.width + region.x).clone();
    for (int y = region.y; y < region.y + region.height; ++y)
        for (int x = region.x; x < region.x + region.width; ++x)
            cv::max(most, places.row(y * size.width + x), most);
    return most;
}

/// Squares of side 2 * shorter / (level + 1), so many a side that neighbours overlap by about 40 %.
cv::Mat regional(const cv::Mat &places, cv::Size size)
{
    cv::Mat sum = cv::Mat::zeros(1, places.cols, CV_32F);
    const int shorter = std::min(size.width, size.height);
    for (int level = 1; level <= 3; ++level) {
        const int side = std::max(1, 2 * shorter / (level + 1));
        const auto countAlong = [&](int length) {
            const bool longer = length > shorter;
            const int extra =
                longer ? static_cast<int>(std::lround(static_cast<double>(length - shorter) / (0.6 * side))) : 0;
            return level + extra;
        };
        const int columns = countAlong(size.width), rows = countAlong(size.height);
        for (int r = 0; r < rows; ++r)
            for (int c = 0; c < columns; ++c) {
                const auto placeOf = [side](int i, int n, int length) {
                    return n == 1 ? (length - side) / 2 : (length - side) * i / (n - 1);
                };
                const cv::Mat most =
                    maxima(places, size, {placeOf(c, columns, size.width), placeOf(r, rows, size.height), side, side});
                const double length = cv::norm(most);
                if (length > 0)
                    sum += most / length;
            }
    }
    return sum;
}

} // namespace

cv::Mat pooled(const cv::Mat &places, cv::Size size, Pooling how, double p)
{
    assert(how != Pooling::Own);
    if (how == Pooling::Max)
        return maxima(places, size, {{}, size});
    if (how == Pooling::RMac)
        return regional(places, size);
    cv::Mat result;
    if (how == Pooling::Gem) {
        cv::Mat powers = cv::max(places, 1e-6);
        cv::pow(powers, p, powers);
        cv::reduce(powers, result, 0, cv::REDUCE_AVG);
        cv::pow(result, 1 / p, result);
        return result;
    }
    cv::reduce(places, result, 0, cv::REDUCE_AVG);
    return result;
}

} // namespace likeness
