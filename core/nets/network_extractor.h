#pragma once

#include "core/base/params.h"
#include "core/features/crops.h"
#include "core/nets/run/pooling.h"

#include <memory>

namespace likeness {

/// Deep features of an installed model (ModelStore), unit length. The network is loaded at the first image that is not
/// in the cache.
struct NetworkOptions {
    std::string model = "likeness-lite"; ///< empty: none was chosen, which is refused
    Pooling pooling = Pooling::Own;
    double p = 3;
    int sidePx = 0;
    bool scales = false;
    bool flip = false;
    Crops crops = Crops::None;
    bool regions = false;
    bool fastDecode = false;
    bool bf16 = false;
    bool halfStorage = false;

    void describe(auto &&param)
    {
        param("model", model, QT_TRANSLATE_NOOP("core", "Model"), QT_TRANSLATE_NOOP("core", "An installed model."),
              {.model = true});
        param("pooling", pooling, QT_TRANSLATE_NOOP("core", "Pooling"),
              QT_TRANSLATE_NOOP("core", "How the places of an image become one vector. The model's own is what it was "
                                        "trained with; GeM and R-MAC favour what stands out."),
              {.choices = {{Pooling::Own, "own", QT_TRANSLATE_NOOP("core", "The model's own")},
                           {Pooling::Mean, "mean", QT_TRANSLATE_NOOP("core", "Mean")},
                           {Pooling::Gem, "gem", "GeM"},
                           {Pooling::Max, "max", QT_TRANSLATE_NOOP("core", "Maximum")},
                           {Pooling::RMac, "rmac", "R-MAC"}}});
        param("p", p, QT_TRANSLATE_NOOP("core", "GeM exponent"),
              QT_TRANSLATE_NOOP("core", "1 is the mean, large values approach the maximum."), {.min = 1, .max = 20});
        param("side", sidePx, QT_TRANSLATE_NOOP("core", "Input size (px)"),
              QT_TRANSLATE_NOOP("core", "Side of the square that the network sees; 0 is the model's own. Larger shows "
                                        "more detail and takes longer."),
              {.min = 0, .max = 2048});
        param("scales", scales, QT_TRANSLATE_NOOP("core", "Three scales"),
              QT_TRANSLATE_NOOP("core", "Also looks at 0.7 and 1.4 times the size and adds the vectors up."));
        param("flip", flip, QT_TRANSLATE_NOOP("core", "Add the mirror image"),
              QT_TRANSLATE_NOOP("core", "Adds up the vectors of the image and its mirror image, so that both find each "
                                        "other."));
        param("crops", crops, QT_TRANSLATE_NOOP("core", "Crops"),
              QT_TRANSLATE_NOOP("core", "Five crops of 60 % beside the whole, the best pair counting: of the gallery "
                                        "finds queries that were cut out, of the query finds what was pasted."),
              {.choices = {{Crops::None, "none", QT_TRANSLATE_NOOP("core", "None")},
                           {Crops::Gallery, "gallery", QT_TRANSLATE_NOOP("core", "Of the gallery images")},
                           {Crops::Query, "query", QT_TRANSLATE_NOOP("core", "Of the query")},
                           {Crops::Both, "both", QT_TRANSLATE_NOOP("core", "Of both")}}});
        param("regions", regions, QT_TRANSLATE_NOOP("core", "Regions of the query"),
              QT_TRANSLATE_NOOP("core", "Also looks at what stands in a frame or was pasted with straight edges, "
                                        "straightened."));
        param("fast_decode", fastDecode, QT_TRANSLATE_NOOP("core", "Fast JPEG decoding"),
              QT_TRANSLATE_NOOP("core", "Decodes large JPEG files at a fraction of their size. The vectors differ "
                                        "slightly from those of the model's authors."));
        param("bf16", bf16, QT_TRANSLATE_NOOP("core", "Half precision (bf16)"),
              QT_TRANSLATE_NOOP("core",
                                "Several times as fast on processors that have it; the vectors differ by about a "
                                "hundredth."));
        param("half_storage", halfStorage, QT_TRANSLATE_NOOP("core", "Store in half precision"),
              QT_TRANSLATE_NOOP("core", "Rounds the vectors to 16 bits: half the room in the cache. Cosines change in "
                                        "their fifth digit, which matters only where all images look alike to the "
                                        "network."));
    }
};
std::unique_ptr<Extractor> makeNetworkExtractor(const NetworkOptions &options);

} // namespace likeness
