#include "ui/widgets/pair_changes.h"

#include "ui/widgets/match_verdict.h"
#include "ui/widgets/picture_loader.h"

#include <opencv2/imgproc.hpp>

namespace likeness::ui {

namespace {

constexpr int longestSide = 640;

/// Grey and small; how many pixels of the original one of it is.
std::pair<cv::Mat, double> smallGrey(const Query &picture)
{
    const cv::Mat whole = pixelsOf(picture, Colour::Grey);
    const double factor = std::max(1.0, double(std::max(whole.cols, whole.rows)) / longestSide);
    cv::Mat small = whole;
    if (factor > 1)
        cv::resize(whole, small, {}, 1 / factor, 1 / factor, cv::INTER_AREA);
    return {small, factor};
}

QSize sizeOf(const cv::Mat &image)
{
    return {image.cols, image.rows};
}

} // namespace

std::optional<QStringList> changesBetween(const Query &query, const std::filesystem::path &picture,
                                          const TaskContext &context)
{
    try {
        const auto [a, factorA] = smallGrey(query);
        context.checkCancelled();
        const auto [b, factorB] = smallGrey({{}, std::nullopt, picture});
        const ImageMatch match = matchImages(a, b, matchPreset("default"), context);
        return changesOf(match, sizeOf(a), sizeOf(b), factorA / factorB);
    } catch (const Error &) {
        return std::nullopt;
    }
}

} // namespace likeness::ui
