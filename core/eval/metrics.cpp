#include "core/eval/metrics.h"

#include <algorithm>

namespace likeness {

namespace {

struct JudgedList {
    std::vector<JudgedAnswer> candidates; // sorted
    double positives = 0;
};

/// A query that is answered twice counts once, by its first ranking.
std::vector<const NamedRanking *> firstOfEachQuery(const std::vector<NamedRanking> &rankings)
{
    std::set<std::string_view> seen;
    std::vector<const NamedRanking *> first;
    for (const NamedRanking &ranking : rankings)
        if (seen.insert(ranking.query).second)
            first.push_back(&ranking);
    return first;
}

JudgedList judged(const std::vector<NamedRanking> &rankings, const GroundTruth &truth)
{
    JudgedList list;
    for (const auto &[query, sources] : truth.sources)
        list.positives += static_cast<double>(sources.size());
    for (const NamedRanking *first : firstOfEachQuery(rankings)) {
        const NamedRanking &ranking = *first;
        const auto *sources = truth.sourcesOf(ranking.query);
        if (!sources)
            continue; // an unknown query can be neither right nor wrong
        for (std::size_t i = 0; i < std::min(candidatesPerQuery, ranking.candidates.size()); ++i)
            list.candidates.push_back({ranking.candidates[i].score, sources->contains(ranking.candidates[i].source)});
    }
    sortJudged(list.candidates);
    return list;
}

} // namespace

NamedRanking named(const QueryResult &result, const ImageSet &gallery, std::size_t most)
{
    NamedRanking ranking{result.query, {}};
    for (std::size_t i = 0; i < std::min(most, result.ranking.size()); ++i)
        ranking.candidates.push_back({gallery[result.ranking[i].image].name, result.ranking[i].score});
    return ranking;
}

std::vector<NamedRanking> named(std::span<const QueryResult> results, const ImageSet &gallery)
{
    std::vector<NamedRanking> rankings;
    for (const QueryResult &result : results)
        rankings.push_back(named(result, gallery));
    return rankings;
}

Metrics evaluate(const std::vector<NamedRanking> &rankings, const GroundTruth &truth)
{
    Metrics metrics;
    metrics.queries = static_cast<int>(truth.sources.size());
    metrics.queriesWithSource =
        static_cast<int>(std::ranges::count_if(truth.sources, [](const auto &e) { return !e.second.empty(); }));
    for (const NamedRanking *first : firstOfEachQuery(rankings)) {
        const NamedRanking &ranking = *first;
        const auto *sources = truth.sourcesOf(ranking.query);
        if (!sources || sources->empty())
            continue;
        double right = 0, precisions = 0;
        for (std::size_t i = 0; i < std::min<std::size_t>(5, ranking.candidates.size()); ++i) {
            if (!sources->contains(ranking.candidates[i].source))
                continue;
            metrics.acc1 += i == 0;
            precisions += ++right / static_cast<double>(i + 1);
        }
        metrics.map5 += precisions / static_cast<double>(std::min<std::size_t>(5, sources->size()));
        metrics.recall5 += right / static_cast<double>(sources->size());
    }
    if (metrics.queriesWithSource > 0) {
        metrics.acc1 /= metrics.queriesWithSource;
        metrics.map5 /= metrics.queriesWithSource;
        metrics.recall5 /= metrics.queriesWithSource;
    }
    const JudgedList list = judged(rankings, truth);
    metrics.uap = microAveragePrecision(list.candidates, list.positives);
    double right = 0, count = 0;
    for (const JudgedAnswer &candidate : list.candidates) {
        ++count;
        right += candidate.right;
        if (right / count >= 0.9)
            metrics.recallAtPrecision90 = right / list.positives;
    }
    return metrics;
}

} // namespace likeness
