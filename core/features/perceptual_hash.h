#pragma once

#include "core/base/params.h"
#include "core/features/extractor.h"

#include <array>
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
