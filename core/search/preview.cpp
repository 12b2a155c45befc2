#include "core/search/preview.h"

#include "core/base/file.h"
#include "core/data/image.h"

#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

constexpr int jpegQuality = 85;

ContentHash previewKey(int longSidePx)
{
    return contentHash("format=1|preview=" + std::to_string(longSidePx));
}

} // namespace

cv::Mat previewImage(const std::filesystem::path &path, int longSidePx, FeatureCache *cache)
{
    const std::string name = toUtf8(path);
    const auto stamp = fileStamp(path);
    const ContentHash key = previewKey(longSidePx);
    std::optional<ContentHash> content = cache && stamp ? cache->contentOf(path, *stamp) : std::nullopt;
    if (content)
        if (const auto blob = cache->get(*content, key))
            return decodeImage(*blob, name).pixels;
    const auto bytes = readFile(path);
    if (cache && stamp && !content) {
        content = contentHash(bytes);
        cache->rememberContent(path, *stamp, *content);
        if (const auto blob = cache->get(*content, key))
            return decodeImage(*blob, name).pixels;
    }
    // The short side is what the decoder is asked for; three quarters of the long side suit most pictures.
    const cv::Mat full = decodeImage(bytes, name, {Colour::Bgr, longSidePx * 3 / 4}).pixels;
    cv::Mat preview = full;
    const double scale = static_cast<double>(longSidePx) / std::max(full.cols, full.rows);
    if (scale < 1)
        cv::resize(full, preview, {std::max(1, cvRound(full.cols * scale)), std::max(1, cvRound(full.rows * scale))}, 0,
                   0, cv::INTER_AREA);
    if (cache && content)
        cache->put(*content, key, encodeJpeg(preview, jpegQuality));
    return preview;
}

} // namespace likeness
