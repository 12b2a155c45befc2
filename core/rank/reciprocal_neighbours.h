#pragma once

#include "core/base/error.h"
#include "core/rank/ranker.h"

#include <memory>

namespace likeness {

/// k-reciprocal re-ranking (Zhong et al. 2017): images are alike that have the same neighbours. Each image is a vector
/// of exp(cosine - 1) over its k-reciprocal neighbours, widened by those of its neighbours that overlap by two thirds
/// and averaged over its `average` nearest; the new score is weight x (1 - Jaccard distance of the two vectors) +
/// (1 - weight) x cosine. Looks at the best `candidates`, which come before all others.
struct ReciprocalNeighboursOptions {
    int neighbours = 20, average = 6, candidates = 100;
    double weight = 0.7;

    void describe(auto &&param)
    {
        param("neighbours", neighbours, QT_TRANSLATE_NOOP("core", "Neighbours"),
              QT_TRANSLATE_NOOP("core", "k: about as many as a query has right answers, and more."),
              {.min = 2, .max = 1000});
        param("average", average, QT_TRANSLATE_NOOP("core", "Averaged over"),
              QT_TRANSLATE_NOOP("core", "So many nearest images share their neighbours; 1 is none."),
              {.min = 1, .max = 100});
        param("candidates", candidates, QT_TRANSLATE_NOOP("core", "Candidates"),
              QT_TRANSLATE_NOOP("core", "How many of the best are looked at again."), {.min = 1, .max = 10000});
        param("weight", weight, QT_TRANSLATE_NOOP("core", "Weight"),
              QT_TRANSLATE_NOOP("core", "Of the neighbours; the rest is the score before."), {.min = 0, .max = 1});
    }
};
std::unique_ptr<Ranker> makeReciprocalNeighbours(const ReciprocalNeighboursOptions &options);

} // namespace likeness
