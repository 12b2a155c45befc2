#pragma once

#include "core/base/task.h"
#include "core/data/image_set.h"
#include "core/data/source_query_csv.h"
#include "core/eval/metrics.h"

namespace likeness {

/// One row a query, in the order of the queries: the best gallery image, or none below the threshold.
struct Submission {
    std::vector<SourceQueryRow> rows;
    std::vector<std::string> unanswered; ///< queries with an empty source
};

/// `results` as Engine::searchAll returns them. A score equal to the threshold is an answer.
Submission makeSubmission(const std::vector<QueryResult> &results, const ImageSet &gallery,
                          std::optional<float> threshold);

/// Everything that is wrong with the rows against the images: unknown names, missing and doubled queries; all at once.
std::vector<Problem> checkSubmission(const std::vector<SourceQueryRow> &rows, const ImageSet &gallery,
                                     const ImageSet &queries, const std::string &fileName);

/// The rows as rankings of at most one candidate; a submission has no scores, so all are equal.
std::vector<NamedRanking> rankingsOf(const std::vector<SourceQueryRow> &rows);

} // namespace likeness
