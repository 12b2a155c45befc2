#pragma once

#include "core/base/error.h"
#include "core/rank/ranker.h"

#include <memory>

namespace likeness {

/// Geometric verification of the best of a ranking: keypoints are matched with each candidate and one affine transform
/// must explain the matches. The new score is comparable between queries and lies in 0..1: four fifths are s / (s +
/// certain), s being -log10 of the chance that unrelated images agree so well; the last fifth is the rank before, so
/// that candidates without support keep their order below 0.2.
struct GeometricOptions {
    int candidates = 50;
    double ratio = 0.9;
    double thresholdPx = 5;
    int certain = 20;
    int enough = 25;

    void describe(auto &&param)
    {
        param("candidates", candidates, QT_TRANSLATE_NOOP("core", "Candidates"),
              QT_TRANSLATE_NOOP("core", "How many of the best are verified."), {.min = 1, .max = 10000});
        param("ratio", ratio, QT_TRANSLATE_NOOP("core", "Ratio"),
              QT_TRANSLATE_NOOP("core", "A match is kept if its distance is less than this share of the second best's "
                                        "(Lowe 2004). 1 keeps all."),
              {.min = 0.1, .max = 1});
        param("threshold", thresholdPx, QT_TRANSLATE_NOOP("core", "Threshold (px)"),
              QT_TRANSLATE_NOOP("core", "How far from its place a match may lie."), {.min = 0.5, .max = 50});
        param("certain", certain, QT_TRANSLATE_NOOP("core", "Half of the score at 1 in 10^"),
              QT_TRANSLATE_NOOP("core", "How small the chance must be that unrelated images agree so well, for half of "
                                        "the score."),
              {.min = 1, .max = 1000});
        param("enough", enough, QT_TRANSLATE_NOOP("core", "Inliers that end the search"),
              QT_TRANSLATE_NOOP("core", "With so many the answer is clear and the other candidates are left alone."),
              {.min = 4, .max = 100000});
    }
};
std::unique_ptr<Ranker> makeGeometricRanker(const GeometricOptions &options);

} // namespace likeness
