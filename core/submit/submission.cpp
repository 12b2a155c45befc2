#include "core/submit/submission.h"

#include <map>

namespace likeness {

Submission makeSubmission(const std::vector<QueryResult> &results, const ImageSet &gallery,
                          std::optional<float> threshold)
{
    Submission submission;
    for (const QueryResult &result : results) {
        const bool answered = !result.ranking.empty() && (!threshold || result.ranking[0].score >= *threshold);
        submission.rows.push_back(
            {submission.rows.size() + 2, answered ? gallery[result.ranking[0].image].name : "", result.query});
        if (!answered)
            submission.unanswered.push_back(result.query);
    }
    return submission;
}

std::vector<Problem> checkSubmission(const std::vector<SourceQueryRow> &rows, const ImageSet &gallery,
                                     const ImageSet &queries, const std::string &fileName)
{
    std::vector<Problem> problems;
    std::map<std::string, std::size_t> lineOf;
    for (const SourceQueryRow &row : rows) {
        const std::string line = std::to_string(row.line);
        const auto [first, isNew] = lineOf.emplace(row.query, row.line);
        if (!isNew)
            problems.push_back({fileName,
                                {QT_TRANSLATE_NOOP("core", "line %1: the query %2 was answered in line %3 already"),
                                 {line, row.query, std::to_string(first->second)}}});
        else if (!queries.find(row.query))
            problems.push_back(
                {fileName, {QT_TRANSLATE_NOOP("core", "line %1: there is no query %2"), {line, row.query}}});
        if (!row.source.empty() && !gallery.find(row.source))
            problems.push_back(
                {fileName, {QT_TRANSLATE_NOOP("core", "line %1: there is no gallery image %2"), {line, row.source}}});
    }
    for (const ImageRef &query : queries.images())
        if (!lineOf.contains(query.name))
            problems.push_back({fileName, {QT_TRANSLATE_NOOP("core", "the query %1 has no row"), {query.name}}});
    return problems;
}

std::vector<NamedRanking> rankingsOf(const std::vector<SourceQueryRow> &rows)
{
    std::vector<NamedRanking> rankings;
    for (const SourceQueryRow &row : rows) {
        rankings.push_back({row.query, {}});
        if (!row.source.empty())
            rankings.back().candidates.push_back({row.source, 0});
    }
    return rankings;
}

} // namespace likeness
