#pragma once

#include "core/base/error.h"

#include <memory>
#include <span>
#include <vector>

namespace likeness {

/// Scores of several branches for one query -> one score for each gallery image. Looks at one query at a time, so that
/// a query alone gets the same scores as among others. `noScore` on one branch is neutral there; on all branches it
/// stays.
class Fusion {
public:
    virtual ~Fusion() = default;
    /// `branches[b]` and `fused` have the gallery's size; weights > 0. Callable from many threads.
    virtual void fuse(std::span<const std::vector<float>> branches, std::span<const double> weights,
                      std::span<float> fused) const = 0;
};

/// Weighted mean of z-scores: (score - mean) / deviation over the query's own scores of the gallery.
struct ZScoreOptions {
    void describe(auto &&) {}
};
std::unique_ptr<Fusion> makeZScoreFusion(const ZScoreOptions &options);

/// Reciprocal rank fusion (Cormack 2009): sum of weight / (k + rank), rank from 1; equal scores share the better rank.
struct ReciprocalRankOptions {
    int k = 60;

    void describe(auto &&param)
    {
        param("k", k, QT_TRANSLATE_NOOP("core", "Rank offset k"),
              QT_TRANSLATE_NOOP("core", "Larger values let the lower ranks count more."), {.min = 1, .max = 1000});
    }
};
std::unique_ptr<Fusion> makeReciprocalRankFusion(const ReciprocalRankOptions &options);

} // namespace likeness
