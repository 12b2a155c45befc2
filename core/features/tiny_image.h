#pragma once

#include "core/base/params.h"
#include "core/features/crops.h"

#include <memory>
#include <string>

namespace likeness {

/// The image, or crops of it, at size x size pixels, each channel less its mean, the whole of unit length: the dot
/// product of two rows is their zero-mean normalised cross-correlation (NCC).
struct TinyImageOptions {
    enum class Colours { Grey, Bgr, Lab };

    int size = 16;
    Colours colour = Colours::Lab;
    bool orientations = true;
    Crops crops = Crops::Both;

    void describe(auto &&param)
    {
        param("size", size, QT_TRANSLATE_NOOP("core", "Size (px)"),
              QT_TRANSLATE_NOOP("core", "Side of the square tiny image. Smaller forgives more."),
              {.min = 4, .max = 64});
        param("colour", colour, QT_TRANSLATE_NOOP("core", "Colour space"),
              QT_TRANSLATE_NOOP("core",
                                "Hue and saturation survive a change of brightness; grey survives a change of colour."),
              {.choices = {{Colours::Grey, "grey", QT_TRANSLATE_NOOP("core", "Grey")},
                           {Colours::Bgr, "bgr", QT_TRANSLATE_NOOP("core", "RGB")},
                           {Colours::Lab, "lab", QT_TRANSLATE_NOOP("core", "Lab")}}});
        param("orientations", orientations, QT_TRANSLATE_NOOP("core", "Flips and quarter turns"),
              QT_TRANSLATE_NOOP("core",
                                "Also tries the query mirrored and turned by quarters; eight times the search time."));
        param("crops", crops, QT_TRANSLATE_NOOP("core", "Crops"),
              QT_TRANSLATE_NOOP("core", "A grid of crops: of the gallery finds queries that were cut out, of the query "
                                        "finds images pasted into it."),
              {.choices = {{Crops::None, "none", QT_TRANSLATE_NOOP("core", "None")},
                           {Crops::Gallery, "gallery", QT_TRANSLATE_NOOP("core", "Of the gallery images")},
                           {Crops::Query, "query", QT_TRANSLATE_NOOP("core", "Of the query")},
                           {Crops::Both, "both", QT_TRANSLATE_NOOP("core", "Of both")}}});
    }
};

std::unique_ptr<Extractor> makeTinyImage(const TinyImageOptions &options);

} // namespace likeness
