#pragma once

#include <cstdint>
#include <filesystem>
#include <opencv2/core/mat.hpp>
#include <span>
#include <string>
#include <vector>

namespace likeness {

enum class Colour { Grey, Bgr };

/// How an image is wanted. With `minShortSidePx` > 0 the decoder may return fewer pixels than the file has, as long as
/// the short side keeps at least that many (JPEG: DCT scaling by n/8; other formats: full size).
struct DecodeSpec {
    Colour colour = Colour::Bgr;
    int minShortSidePx = 0;
    bool operator==(const DecodeSpec &) const = default;
};

/// Decoded pixels, 8 bit, upright (EXIF applied), alpha composited on white; `fullSize` is the upright size of the
/// file.
struct Image {
    cv::Mat pixels; ///< CV_8UC1 or CV_8UC3 (BGR), never empty
    cv::Size fullSize;
};

/// No more pixels than this are decoded from one file; checked in the header, before any memory is taken.
inline constexpr std::int64_t maxPixels = 250'000'000;

/// JPEG by libjpeg-turbo (islow DCT, fancy upsampling: the pixels of cv::imread), everything else by Qt's image
/// plugins; the content decides, not the file name. Throws Error{Format} with `name` and cause: no image, cut short,
/// too large. Thread-safe.
Image decodeImage(std::span<const std::uint8_t> bytes, const std::string &name, DecodeSpec spec = {});
Image loadImage(const std::filesystem::path &path, DecodeSpec spec = {});

/// In-memory JPEG of a CV_8UC3 (BGR) or CV_8UC1 image; quality 1..100, 4:2:0.
std::vector<std::uint8_t> encodeJpeg(const cv::Mat &pixels, int quality);

std::vector<std::uint8_t> encodePng(const cv::Mat &pixels);
/// The JPEG as text, "data:image/jpeg;base64,...": a picture inside an SVG or HTML file.
std::string jpegDataUrl(const cv::Mat &pixels, int quality);

/// What the pixels depend on beside the file; part of every cache key.
std::string decoderVersions();

/// File name extensions (lower case, without the dot) of files that are taken for images.
std::span<const char *const> imageExtensions();
bool hasImageExtension(const std::filesystem::path &path);

} // namespace likeness
