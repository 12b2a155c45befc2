#pragma once

#include "core/base/params.h"
#include "core/features/extractor.h"

#include <cstdint>
#include <memory>
#include <string>

namespace likeness {

enum class HashAlgorithm { Average, Difference, PHash, BlockMean, MarrHildreth };

/// Perceptual hashes of OpenCV's img_hash (average, pHash, block mean mode 0, Marr-Hildreth) and the difference hash
/// (rows of grey differences of an INTER_AREA thumbnail, after N. Krawetz). Row: the bits of one view.
struct PerceptualHashOptions {
    HashAlgorithm algorithm = HashAlgorithm::PHash;
    int bits = 64;
    bool orientations = false;
    int shortSide = 0;

    void describe(auto &&param)
    {
        param(
            "algorithm", algorithm, QT_TRANSLATE_NOOP("core", "Hash"),
            QT_TRANSLATE_NOOP("core", "pHash is the most robust of these; average and difference are the fastest."),
            {.choices = {{HashAlgorithm::Average, "average", QT_TRANSLATE_NOOP("core", "Average (aHash)")},
                         {HashAlgorithm::Difference, "difference", QT_TRANSLATE_NOOP("core", "Difference (dHash)")},
                         {HashAlgorithm::PHash, "phash", QT_TRANSLATE_NOOP("core", "DCT (pHash)")},
                         {HashAlgorithm::BlockMean, "block_mean", QT_TRANSLATE_NOOP("core", "Block mean")},
                         {HashAlgorithm::MarrHildreth, "marr_hildreth", QT_TRANSLATE_NOOP("core", "Marr-Hildreth")}}});
        param("bits", bits, QT_TRANSLATE_NOOP("core", "Bits of the difference hash"),
              QT_TRANSLATE_NOOP("core", "64 or 256; the other hashes have a fixed length."), {.min = 64, .max = 256});
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

std::unique_ptr<Extractor> makePerceptualHash(const PerceptualHashOptions &options);

/// Radial variance hash (De Roover 2005, OpenCV): 40 coefficients. Compared by the peak of the normalised circular
/// cross-correlation, which is the best dot product over the 40 shifts; the query's rows are these shifts.
struct RadialVarianceOptions {
    int shortSide = 0;

    void describe(auto &&param)
    {
        param(
            "short_side", shortSide, QT_TRANSLATE_NOOP("core", "Decode at (px)"),
            QT_TRANSLATE_NOOP(
                "core",
                "Short side in pixels that JPEG decoding keeps at least; 0 decodes the full size. Smaller is faster."),
            {.min = 0, .max = 4096});
    }
};

std::unique_ptr<Extractor> makeRadialVariance(const RadialVarianceOptions &options);

} // namespace likeness
