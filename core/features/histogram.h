#pragma once

#include "core/base/params.h"
#include "core/features/extractor.h"

#include <memory>
#include <string>

namespace likeness {

/// Colour histograms: cv::calcHist over equal bins of 8-bit values (hue: 0..180), joint or one block a channel, over
/// the whole image or a grid of cells. Row: cells x blocks x bins, each block normalised by itself.
struct HistogramOptions {
    enum class Space { Grey, Bgr, Hsv, Lab };
    enum class Layout { Joint, PerChannel };
    enum class Norm { L2, L1 };

    Space space = Space::Grey;
    Layout layout = Layout::PerChannel;
    int bins = 256;
    int grid = 1;
    Norm normalise = Norm::L2;
    int shortSide = 0;

    void describe(auto &&param)
    {
        param("space", space, QT_TRANSLATE_NOOP("core", "Colour space"),
              QT_TRANSLATE_NOOP("core",
                                "Hue and saturation survive a change of brightness; grey survives a change of colour."),
              {.choices = {{Space::Grey, "grey", QT_TRANSLATE_NOOP("core", "Grey")},
                           {Space::Bgr, "bgr", QT_TRANSLATE_NOOP("core", "RGB")},
                           {Space::Hsv, "hsv", QT_TRANSLATE_NOOP("core", "HSV")},
                           {Space::Lab, "lab", QT_TRANSLATE_NOOP("core", "Lab")}}});
        param("layout", layout, QT_TRANSLATE_NOOP("core", "Channels"),
              QT_TRANSLATE_NOOP(
                  "core", "Joint keeps which values occur together (bins to the power of the channels, at most 32 a "
                          "channel); per channel is smaller and coarser."),
              {.choices = {{Layout::Joint, "joint", QT_TRANSLATE_NOOP("core", "Joint")},
                           {Layout::PerChannel, "per_channel", QT_TRANSLATE_NOOP("core", "Per channel")}}});
        param("bins", bins, QT_TRANSLATE_NOOP("core", "Bins"),
              QT_TRANSLATE_NOOP("core", "Bins a channel. Fewer bins forgive more."), {.min = 2, .max = 256});
        param("grid", grid, QT_TRANSLATE_NOOP("core", "Grid"),
              QT_TRANSLATE_NOOP("core", "Cells along each side, each with its own histogram: keeps where a colour is."),
              {.min = 1, .max = 8});
        param(
            "normalise", normalise, QT_TRANSLATE_NOOP("core", "Normalise"),
            QT_TRANSLATE_NOOP(
                "core", "L2 makes the dot product a cosine; L1 makes shares, which most histogram comparisons expect."),
            {.choices = {{Norm::L2, "l2", "L2"}, {Norm::L1, "l1", "L1"}}});
        param(
            "short_side", shortSide, QT_TRANSLATE_NOOP("core", "Decode at (px)"),
            QT_TRANSLATE_NOOP(
                "core",
                "Short side in pixels that JPEG decoding keeps at least; 0 decodes the full size. Smaller is faster."),
            {.min = 0, .max = 4096});
    }
};

std::unique_ptr<Extractor> makeHistogram(const HistogramOptions &options);

} // namespace likeness
