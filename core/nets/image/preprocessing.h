#pragma once

#include "core/data/image.h"
#include "core/data/pillow_resize.h"

#include <array>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace likeness {

/// How a family's authors turn an image into numbers. Shown to the user, part of the cache key.
struct Preprocessing {
    int resizePx = 256;    ///< short side, truncated as torchvision does: int(size * long / short)
    int cropPx = 224;      ///< centre crop, square
    bool squash = false;   ///< both sides to cropPx, whatever the shape; no crop
    bool roundCrop = true; ///< offset rounded half to even (torchvision); false: rounded down (Hugging Face)
    ResizeFilter filter = ResizeFilter::Bilinear;
    std::array<float, 3> mean{0.485f, 0.456f, 0.406f}, deviation{0.229f, 0.224f, 0.225f}; ///< red, green, blue in 0..1
    bool operator==(const Preprocessing &) const = default;

    std::string text() const;
    nlohmann::ordered_json toJson() const;
    static Preprocessing fromJson(const nlohmann::json &json);
    /// The same for squares of another size; the resize grows in proportion.
    Preprocessing atSize(int sidePx) const;
};

/// Red, green and blue planes one after the other, (value / 255 - mean) / deviation: 3 x cropPx x cropPx. `bgr` is
/// CV_8UC3 of any size; what is smaller than the crop gets a black frame, as torchvision does.
std::vector<float> preprocessed(const cv::Mat &bgr, const Preprocessing &how);

} // namespace likeness
