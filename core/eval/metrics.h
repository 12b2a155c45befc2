#pragma once

#include "core/data/ground_truth.h"
#include "core/rank/average_precision.h"
#include "core/search/engine.h"

namespace likeness {

/// One candidate for one query, names as in the ground truth.
struct Candidate {
    std::string source;
    float score = 0;
};
struct NamedRanking {
    std::string query;
    std::vector<Candidate> candidates; ///< best first
};

NamedRanking named(const QueryResult &result, const ImageSet &gallery, std::size_t most = candidatesPerQuery);
std::vector<NamedRanking> named(std::span<const QueryResult> results, const ImageSet &gallery);

/// Image Similarity Challenge 2021 (Douze et al., arXiv 2106.09672, section 4): micro-AP over the 10 best candidates of
/// all queries in one list by score; queries without a source give false positives only; equal scores count against the
/// method.
struct Metrics {
    int queries = 0;
    int queriesWithSource = 0;
    double acc1 = 0; ///< share of queries with a source whose best candidate is right
    double map5 =
        0; ///< mean over them of AP@5: the mean of precision at each right candidate among 5, over min(5, sources)
    double recall5 = 0; ///< mean over them of the share of their sources among the best 5
    double uap = 0;
    double recallAtPrecision90 = 0; ///< largest recall of micro-AP's list with precision >= 0.9
};
Metrics evaluate(const std::vector<NamedRanking> &rankings, const GroundTruth &truth);

} // namespace likeness
