#include "app/cli/options.h"
#include "core/base/parallel.h"
#include "core/eval/match_benchmark.h"

#include <cstdio>

namespace likeness::cli {

namespace {

using Json = nlohmann::ordered_json;

Json rowJson(const MatchBenchmark &row, const std::vector<KnownPair> &pairs)
{
    Json list = Json::array();
    for (std::size_t i = 0; i < row.pairs.size(); ++i) {
        const PairOutcome &outcome = row.pairs[i];
        list.push_back({{"a", pairs[i].a.filename().string()},
                        {"b", pairs[i].b.filename().string()},
                        {"overlap", pairs[i].bFromA.has_value()},
                        {"found", outcome.found},
                        {"inliers", outcome.inliers},
                        {"corner_error_px", outcome.cornerErrorPx < 0 ? Json(nullptr) : Json(outcome.cornerErrorPx)},
                        {"ms", outcome.ms}});
    }
    return {{"matching", row.name},
            {"auc3", row.auc3},
            {"auc5", row.auc5},
            {"auc10", row.auc10},
            {"match_accuracy", row.matchAccuracy},
            {"inlier_precision", row.inlierPrecision},
            {"false_positives", row.falsePositives},
            {"without_overlap", row.withoutOverlap},
            {"median_ms", row.medianMs},
            {"pairs", std::move(list)}};
}

} // namespace

ExitCode run(const BenchMatchCommand &command)
{
    ConsoleContext context;
    const auto pairs = readKnownPairs(command.folder);
    Json rows = Json::array();
    if (!command.json)
        std::printf("%-20s %6s %6s %6s %9s %9s %7s %8s\n", "matching", "AUC@3", "AUC@5", "AUC@10", "matches", "inliers",
                    "false", "ms");
    for (const auto &[name, matching] : benchmarkedMatchings(command.estimators)) {
        if (!command.only.empty() && std::ranges::find(command.only, name) == command.only.end())
            continue;
        const MatchBenchmark row = benchmarkMatching(name, pairs, matching, context);
        context.finish();
        rows.push_back(rowJson(row, pairs));
        if (!command.json)
            std::printf("%-20s %6.3f %6.3f %6.3f %9.3f %9.3f %4d/%-2d %8.1f\n", name.c_str(), row.auc3, row.auc5,
                        row.auc10, row.matchAccuracy, row.inlierPrecision, row.falsePositives, row.withoutOverlap,
                        row.medianMs);
        std::fflush(stdout);
    }
    if (command.json)
        printJson({{"threads", threadCount()}, {"pairs", pairs.size()}, {"matchings", std::move(rows)}});
    return Done;
}

} // namespace likeness::cli
