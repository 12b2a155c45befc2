#include "core/vectors/packed_place.h"

#include <algorithm>
#include <cmath>

namespace likeness {

namespace {

constexpr double wholeSide = 65535, sizeSteps = 64, wholeTurn = 65535, noAngle = 65535;

std::uint16_t rounded(double value)
{
    return static_cast<std::uint16_t>(std::clamp(std::lround(value), 0L, 65535L));
}

} // namespace

PackedPlace packed(const float *keypoint, cv::Size image)
{
    const double angle = double{keypoint[KeypointAngle]};
    const double turn = angle - 360 * std::floor(angle / 360);
    return {{rounded(double{keypoint[KeypointX]} * wholeSide / image.width),
             rounded(double{keypoint[KeypointY]} * wholeSide / image.height),
             rounded(double{keypoint[KeypointSize]} * sizeSteps),
             angle < 0 ? rounded(noAngle) : rounded(std::min(turn * wholeTurn / 360, noAngle - 1))}};
}

void unpack(const PackedPlace &place, cv::Size image, float *keypoint)
{
    const auto &[x, y, size, angle] = place.entries;
    keypoint[KeypointX] = static_cast<float>(x * image.width / wholeSide);
    keypoint[KeypointY] = static_cast<float>(y * image.height / wholeSide);
    keypoint[KeypointSize] = static_cast<float>(size / sizeSteps);
    keypoint[KeypointAngle] = angle == noAngle ? -1.f : static_cast<float>(angle * 360 / wholeTurn);
    keypoint[KeypointView] = 0;
}

} // namespace likeness
