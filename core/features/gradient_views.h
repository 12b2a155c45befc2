#pragma once

#include "core/base/error.h"
#include "core/features/extractor.h"

#include <array>
#include <memory>

namespace likeness {

/// Histograms of oriented gradients (Dalal and Triggs 2005; here 6 x 6 cells of 8 signed directions over 32 x 32 grey
/// pixels, square root, each direction less its mean, unit length: 288 numbers) of many views of an image. Gallery: the
/// whole and crops. Query: the whole, crops, small rotations, regions that stand in a frame or were pasted, and regions
/// within these; each in the eight flips and quarter turns, which only permute the numbers.
struct GradientViewsOptions {
    bool crops = true;
    bool orientations = true;
    bool regions = true;
    bool rotations = true;

    void describe(auto &&param)
    {
        param("crops", crops, QT_TRANSLATE_NOOP("core", "Crops"),
              QT_TRANSLATE_NOOP("core",
                                "27 crops of each gallery image and 9 of the query: finds queries that were cut out."));
        param("orientations", orientations, QT_TRANSLATE_NOOP("core", "Flips and quarter turns"),
              QT_TRANSLATE_NOOP("core",
                                "Also tries the query mirrored and turned by quarters; eight times the search time."));
        param("regions", regions, QT_TRANSLATE_NOOP("core", "Regions of the query"),
              QT_TRANSLATE_NOOP(
                  "core", "Finds pictures inside a frame, padding or screenshot, or pasted onto another, by uniform "
                          "borders and long straight edges."));
        param("rotations", rotations, QT_TRANSLATE_NOOP("core", "Small rotations"),
              QT_TRANSLATE_NOOP("core", "Also tries the query turned by 15, 30 and 45 degrees either way."));
    }
};

std::unique_ptr<Extractor> makeGradientViews(const GradientViewsOptions &options);

inline constexpr int gradientCells = 6, gradientDirections = 8;
using GradientHistogram = std::array<float, gradientCells * gradientCells * gradientDirections>;

/// `grey` is CV_32FC1, 32 x 32. All zero where the picture has no gradient. Index: (row * 6 + column) * 8 + direction.
GradientHistogram gradientHistogram(const cv::Mat &grey);
/// The histogram of the mirrored (flipX), upside-down (flipY), then transposed picture.
GradientHistogram permuted(const GradientHistogram &histogram, bool flipX, bool flipY, bool transpose);

} // namespace likeness
