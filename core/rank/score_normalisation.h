#pragma once

#include "core/base/error.h"
#include "core/rank/ranker.h"

#include <memory>
#include <string>

namespace likeness {

/// s(q, g) less the mean similarity of q to its nearest background images (Douze et al. 2021, "The 2021 Image
/// Similarity Dataset and Challenge"; Pizzi et al. 2022, SSCD). The background is a folder of other images, compared by
/// their dot products, or the gallery itself behind its best answers, of which a copy has few. The order of each
/// query's answers stays; scores of different queries become comparable.
struct ScoreNormalisationOptions {
    int skip = 1, count = 10;
    std::string background;

    void describe(auto &&param)
    {
        param("skip", skip, QT_TRANSLATE_NOOP("core", "Best answers left out"),
              QT_TRANSLATE_NOOP("core", "May be right, and so do not belong to the background of the gallery."),
              {.min = 0, .max = 1000});
        param("count", count, QT_TRANSLATE_NOOP("core", "Background images"),
              QT_TRANSLATE_NOOP("core", "How many of the next answers the mean is taken of."),
              {.min = 1, .max = 100000});
        param("background", background, QT_TRANSLATE_NOOP("core", "Background folder"),
              QT_TRANSLATE_NOOP("core", "Images that no query shows, for recipes of one branch compared by dot "
                                        "products; empty takes the next answers of the gallery."));
    }
};
std::unique_ptr<Ranker> makeScoreNormalisation(const ScoreNormalisationOptions &options);

} // namespace likeness
