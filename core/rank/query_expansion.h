#pragma once

#include "core/base/error.h"
#include "core/rank/ranker.h"

#include <memory>

namespace likeness {

/// Searches again with q' = q + sum over the n best answers of cosine^alpha g, of unit length: alpha 0 is the average
/// (Chum et al. 2007), 3 the weighted form of Radenovic, Tolias and Chum 2018. Helps where a query has several right
/// answers; where there is one only, the other answers pull it away.
struct QueryExpansionOptions {
    int answers = 3;
    double alpha = 3;

    void describe(auto &&param)
    {
        param("answers", answers, QT_TRANSLATE_NOOP("core", "Answers used"),
              QT_TRANSLATE_NOOP("core", "How many of the best are added to the query."), {.min = 1, .max = 1000});
        param("alpha", alpha, QT_TRANSLATE_NOOP("core", "Alpha"),
              QT_TRANSLATE_NOOP("core", "Weights are cosine^alpha: larger trusts near ones only, 0 takes the mean."),
              {.min = 0, .max = 20});
    }
};
std::unique_ptr<Ranker> makeQueryExpansion(const QueryExpansionOptions &options);

} // namespace likeness
