#pragma once

#include "core/vectors/features.h"

#include <array>
#include <cstdint>

namespace likeness {

/// Where a keypoint lies, in 8 bytes: x and y to 1/65535 of the image's sides, size to 1/64 px (at most 1024 px), angle
/// to 1/182 degree. Packing what was unpacked changes nothing.
struct PackedPlace {
    std::array<std::uint16_t, 4> entries; ///< x, y, size, angle
};

/// `keypoint` is a row of Features::keypoints.
PackedPlace packed(const float *keypoint, cv::Size image);
/// Of the first view.
void unpack(const PackedPlace &place, cv::Size image, float *keypoint);

} // namespace likeness
