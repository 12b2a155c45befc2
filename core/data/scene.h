#pragma once

#include <cstdint>
#include <opencv2/core/mat.hpp>

namespace likeness {

/// A rendered picture, CV_8UC3 of 480 x 360 (some upright): landscape, sea, city, forest, planet, still life, poster,
/// flowers, mosaic or map, chosen and varied by seed and index. The same bytes on every machine: no font, no file, own
/// noise.
cv::Mat renderScene(std::uint64_t seed, int index);

} // namespace likeness
