#pragma once

#include "core/base/params.h"
#include "core/index/index.h"

#include <memory>
#include <string>

namespace likeness {

/// Compares thumbnails pixel by pixel. mse: -mean (a - b)^2; psnr: 10 log10(255^2 / mse), at most 100 dB for equal
/// thumbnails; ssim and ms_ssim as in core/index/ssim.h.
struct PixelIndexOptions {
    enum class Metric { Mse, Psnr, Ssim, MsSsim };

    Metric metric = Metric::Ssim;

    void describe(auto &&param)
    {
        param("metric", metric, QT_TRANSLATE_NOOP("core", "Comparison"),
              QT_TRANSLATE_NOOP("core", "MSE and PSNR rank alike and see only pixel differences; SSIM compares local "
                                        "structure and forgives a change of brightness."),
              {.choices = {{Metric::Mse, "mse", "MSE"},
                           {Metric::Psnr, "psnr", "PSNR"},
                           {Metric::Ssim, "ssim", "SSIM"},
                           {Metric::MsSsim, "ms_ssim", "MS-SSIM"}}});
    }
};

std::unique_ptr<Index> makePixelIndex(const PixelIndexOptions &options);

} // namespace likeness
