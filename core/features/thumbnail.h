#pragma once

#include "core/base/error.h"
#include "core/features/extractor.h"

#include <memory>

namespace likeness {

/// The image squeezed to size x size grey pixels (cv::INTER_AREA), for pixel comparisons (MSE, PSNR, SSIM).
struct ThumbnailOptions {
    int size = 64;
    bool orientations = false;

    void describe(auto &&param)
    {
        param("size", size, QT_TRANSLATE_NOOP("core", "Size (px)"),
              QT_TRANSLATE_NOOP("core", "Side of the square thumbnail that is compared."), {.min = 16, .max = 256});
        param("orientations", orientations, QT_TRANSLATE_NOOP("core", "Flips and quarter turns"),
              QT_TRANSLATE_NOOP("core",
                                "Also tries the query mirrored and turned by quarters; eight times the search time."));
    }
};

std::unique_ptr<Extractor> makeThumbnail(const ThumbnailOptions &options);

} // namespace likeness
