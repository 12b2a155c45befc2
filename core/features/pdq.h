#pragma once

#include "core/base/error.h"
#include "core/features/extractor.h"

#include <array>
#include <cstdint>
#include <memory>

namespace likeness {

/// PDQ (Facebook 2019, "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm"): luma, two passes of
/// a box (Jarosz) filter, 64 x 64 samples, 16 x 16 DCT without its constant term, one bit a coefficient against the
/// median.
struct PdqOptions {
    int minQuality = 0;
    bool orientations = false;
    int shortSide = 0;

    void describe(auto &&param)
    {
        param("min_quality", minQuality, QT_TRANSLATE_NOOP("core", "Least quality"),
              QT_TRANSLATE_NOOP("core", "Images with a PDQ quality below this (too few gradients, such as a plain "
                                        "wall) get no hash; its authors advise 50."),
              {.min = 0, .max = 100});
        param("orientations", orientations, QT_TRANSLATE_NOOP("core", "Flips and quarter turns"),
              QT_TRANSLATE_NOOP("core",
                                "Also tries the query mirrored and turned by quarters; eight times the search time."));
        param(
            "short_side", shortSide, QT_TRANSLATE_NOOP("core", "Decode at (px)"),
            QT_TRANSLATE_NOOP(
                "core",
                "Short side in pixels that JPEG decoding keeps at least; 0 decodes the full size. Smaller is faster."),
            {.min = 0, .max = 4096});
    }
};

std::unique_ptr<Extractor> makePdq(const PdqOptions &options);

struct PdqHash {
    std::array<std::uint8_t, 32> bits; ///< as the published hexadecimal text, two digits a byte
    int quality;                       ///< 0..100
};
/// `bgr` is CV_8UC3 and not resized here. Checked against the authors' C++ through Python's pdqhash.
PdqHash pdqHash(const cv::Mat &bgr);

} // namespace likeness
