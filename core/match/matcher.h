#pragma once

#include "core/features/local_features.h"

#include <limits>

namespace likeness {

/// A correspondence between keypoint `a` of image A and `b` of image B.
struct Correspondence {
    int a = 0, b = 0;
    float distance = 0; ///< L2 of unit descriptors, or the share of different bits
    float ratio = 0;    ///< to the second best of A's point in B; smaller is more distinct
    bool operator==(const Correspondence &) const = default;
};

/// The nearest descriptor of B (-1: none) and the distances of the nearest and the second nearest.
struct Nearest {
    int first = -1;
    float best = std::numeric_limits<float>::max(), second = std::numeric_limits<float>::max();
};

struct MatcherOptions {
    enum class Search { Exact, Flann };
    enum class Filter { None, Gms };

    Search search = Search::Exact;
    double ratio = 0.85;
    bool mutual = true;
    Filter filter = Filter::None;

    void describe(auto &&param)
    {
        param("search", search, QT_TRANSLATE_NOOP("core", "Neighbour search"),
              QT_TRANSLATE_NOOP("core",
                                "Exact compares all pairs, which is faster up to many thousand keypoints; FLANN "
                                "looks into KD-trees or LSH tables and may miss some."),
              {.choices = {{Search::Exact, "exact", QT_TRANSLATE_NOOP("core", "Exact")},
                           {Search::Flann, "flann", "FLANN"}}});
        param("ratio", ratio, QT_TRANSLATE_NOOP("core", "Ratio"),
              QT_TRANSLATE_NOOP("core", "A match is kept if its distance is less than this share of the second best's "
                                        "(Lowe 2004). 1 keeps all."),
              {.min = 0.1, .max = 1});
        param("mutual", mutual, QT_TRANSLATE_NOOP("core", "Mutual"),
              QT_TRANSLATE_NOOP("core", "Keeps only pairs that are each other's best."));
        param("filter", filter, QT_TRANSLATE_NOOP("core", "Neighbourhood filter"),
              QT_TRANSLATE_NOOP("core",
                                "GMS keeps a match only if its neighbours move the same way (Bian et al. 2017). "
                                "Meant for many keypoints without a ratio test: set the ratio to 1."),
              {.choices = {{Filter::None, "none", QT_TRANSLATE_NOOP("core", "None")}, {Filter::Gms, "gms", "GMS"}}});
    }
};

/// Nearest neighbours, exact (L2 by a blocked matrix product; Hamming by bits) or by FLANN, ratio test, mutual check,
/// at most one match a point of B, neighbourhood filter. A side with fewer than two descriptors has no ratio and gives
/// no match. Most distinct first. `nearestOfA`, where given, gets the two nearest of every point of A, before any test.
std::vector<Correspondence> matchFeatures(const LocalFeatures &a, const LocalFeatures &b, const MatcherOptions &options,
                                          std::vector<Nearest> *nearestOfA = nullptr);

} // namespace likeness
