#include "core/nets/image/preprocessing.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace likeness {

namespace {

constexpr const char *filterNames[] = {"nearest", "box", "bilinear", "bicubic", "lanczos"};

/// torchvision's int(round(n / 2)): Python rounds half to even.
int halfToEven(int n)
{
    const int low = n >= 0 ? n / 2 : -((1 - n) / 2);
    return low + (n - 2 * low) * (low & 1);
}

int offsetOf(int length, int crop, bool roundCrop)
{
    return roundCrop ? halfToEven(length - crop) : (length - crop) / 2;
}

cv::Mat resized(const cv::Mat &bgr, const Preprocessing &how)
{
    if (how.squash)
        return pillowResize(bgr, {how.cropPx, how.cropPx}, how.filter);
    const int shorter = std::min(bgr.cols, bgr.rows), longer = std::max(bgr.cols, bgr.rows);
    const int side = std::max(1, static_cast<int>(static_cast<double>(how.resizePx) * longer / shorter));
    return pillowResize(bgr, bgr.cols <= bgr.rows ? cv::Size(how.resizePx, side) : cv::Size(side, how.resizePx),
                        how.filter);
}

} // namespace

std::string Preprocessing::text() const
{
    std::string text = squash ? "squashed to " + std::to_string(cropPx)
                              : "short side " + std::to_string(resizePx) + ", crop " + std::to_string(cropPx);
    return text + ", " + filterNames[static_cast<std::size_t>(filter)];
}

nlohmann::ordered_json Preprocessing::toJson() const
{
    return {{"resize", resizePx},
            {"crop", cropPx},
            {"squash", squash},
            {"round_crop", roundCrop},
            {"filter", filterNames[static_cast<std::size_t>(filter)]},
            {"mean", mean},
            {"std", deviation}};
}

Preprocessing Preprocessing::fromJson(const nlohmann::json &json)
{
    Preprocessing how;
    how.resizePx = json.at("resize").get<int>();
    how.cropPx = json.at("crop").get<int>();
    how.squash = json.at("squash").get<bool>();
    how.roundCrop = json.at("round_crop").get<bool>();
    const auto name = json.at("filter").get<std::string>();
    const auto *found = std::ranges::find(filterNames, name);
    how.filter =
        found == std::end(filterNames) ? ResizeFilter::Bilinear : static_cast<ResizeFilter>(found - filterNames);
    how.mean = json.at("mean").get<std::array<float, 3>>();
    how.deviation = json.at("std").get<std::array<float, 3>>();
    // A stranger's file may say anything, and every picture is made as large as this.
    constexpr int largest = 4096;
    const bool sane = how.cropPx >= 1 && how.cropPx <= largest && how.resizePx >= 1 && how.resizePx <= largest;
    if (!sane || std::ranges::any_of(how.deviation, [](float d) { return !(d > 0); }))
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "images cannot be prepared as it says"), {});
    return how;
}

Preprocessing Preprocessing::atSize(int sidePx) const
{
    Preprocessing how = *this;
    how.resizePx = static_cast<int>(std::lround(static_cast<double>(resizePx) * sidePx / cropPx));
    how.cropPx = sidePx;
    return how;
}

std::vector<float> preprocessed(const cv::Mat &bgr, const Preprocessing &how)
{
    const cv::Mat image = resized(bgr, how);
    const int side = how.cropPx;
    // Where the image is smaller, torchvision pads first and crops the padded one.
    const auto placeOf = [&](int length) {
        return length < side ? -((side - length) / 2) : offsetOf(length, side, how.roundCrop);
    };
    const int left = placeOf(image.cols), top = placeOf(image.rows);
    const auto plane = static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
    std::vector<float> result(3 * plane);
    for (std::size_t c = 0; c < 3; ++c) {
        float table[256];
        for (int v = 0; v < 256; ++v)
            table[v] = (static_cast<float>(v) / 255.f - how.mean[c]) / how.deviation[c];
        for (int y = 0; y < side; ++y) {
            float *out = result.data() + c * plane + static_cast<std::size_t>(y * side);
            const int row = y + top;
            const bool inside = row >= 0 && row < image.rows;
            for (int x = 0; x < side; ++x) {
                const int column = x + left;
                out[x] = table[inside && column >= 0 && column < image.cols
                                   ? image.ptr(row)[3 * column + 2 - static_cast<int>(c)]
                                   : 0];
            }
        }
    }
    return result;
}

} // namespace likeness
