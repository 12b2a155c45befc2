#include "core/eval/metrics.h"

#include <algorithm>

namespace likeness {

namespace {

struct JudgedCandidate {
    float score;
    bool right;
};

struct JudgedList {
    std::vector<JudgedCandidate> candidates; // best first; among equal scores the wrong ones first
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
    std::ranges::sort(list.candidates, [](const JudgedCandidate &a, const JudgedCandidate &b) {
        return a.score != b.score ? a.score > b.score : a.right < b.right;
    });
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
    double right = 0, count = 0;
    for (const JudgedCandidate &candidate : list.candidates) {
        ++count;
        if (candidate.right)
            metrics.uap += ++right / count / list.positives;
        if (right / count >= 0.9)
            metrics.recallAtPrecision90 = right / list.positives;
    }
    return metrics;
}

std::vector<PrecisionRecallPoint> precisionRecall(const std::vector<NamedRanking> &rankings, const GroundTruth &truth)
{
    const JudgedList list = judged(rankings, truth);
    std::vector<PrecisionRecallPoint> points;
    double right = 0, count = 0;
    for (std::size_t i = 0; i < list.candidates.size(); ++i) {
        ++count;
        right += list.candidates[i].right;
        const bool last = i + 1 == list.candidates.size() || list.candidates[i + 1].score != list.candidates[i].score;
        if (last && list.positives > 0)
            points.push_back({list.candidates[i].score, right / count, right / list.positives});
    }
    return points;
}

} // namespace likeness
