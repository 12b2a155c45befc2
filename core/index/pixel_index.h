#pragma once

#include "core/base/error.h"
#include "core/index/index.h"

#include <memory>
#include <string>

namespace likeness {

/// Compares thumbnails pixel by pixel. mse: -mean (a - b)^2; psnr: 10 log10(255^2 / mse), at most 100 dB for equal
/// thumbnails; ssim and ms_ssim as in core/index/ssim.h.
struct PixelIndexOptions {
    std::string metric = "ssim";

    void describe(auto &&param)
    {
        param("metric", metric, QT_TRANSLATE_NOOP("core", "Comparison"),
              QT_TRANSLATE_NOOP("core", "MSE and PSNR rank alike and see only pixel differences; SSIM compares local "
                                        "structure and forgives a change of brightness."),
              {.choices = {{"mse", "MSE"}, {"psnr", "PSNR"}, {"ssim", "SSIM"}, {"ms_ssim", "MS-SSIM"}}});
    }
};

std::unique_ptr<Index> makePixelIndex(const PixelIndexOptions &options);

} // namespace likeness
