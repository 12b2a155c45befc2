#include "app/cli/options.h"
#include "core/base/parallel.h"
#include "core/eval/match_benchmark.h"

#include <cstdio>

namespace likeness::cli {

namespace {

using Json = nlohmann::ordered_json;

struct BenchMatchOptions : CommonOptions {
    std::string folder;
    std::vector<std::string> only;
    bool estimators = false;
};

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

ExitCode runBenchMatch(const BenchMatchOptions &options)
{
    ConsoleContext context;
    options.apply();
    const auto pairs = readKnownPairs(options.folder);
    Json rows = Json::array();
    if (!options.json)
        std::printf("%-20s %6s %6s %6s %9s %9s %7s %8s\n", "matching", "AUC@3", "AUC@5", "AUC@10", "matches", "inliers",
                    "false", "ms");
    for (const auto &[name, matching] : benchmarkedMatchings(options.estimators)) {
        if (!options.only.empty() && std::ranges::find(options.only, name) == options.only.end())
            continue;
        const MatchBenchmark row = benchmarkMatching(name, pairs, matching, context);
        context.finish();
        rows.push_back(rowJson(row, pairs));
        if (!options.json)
            std::printf("%-20s %6.3f %6.3f %6.3f %9.3f %9.3f %4d/%-2d %8.1f\n", name.c_str(), row.auc3, row.auc5,
                        row.auc10, row.matchAccuracy, row.inlierPrecision, row.falsePositives, row.withoutOverlap,
                        row.medianMs);
        std::fflush(stdout);
    }
    if (options.json)
        printJson({{"threads", threadCount()}, {"pairs", pairs.size()}, {"matchings", std::move(rows)}});
    return Done;
}

} // namespace

void addBenchMatchCommand(CLI::App &bench, Run &run)
{
    CLI::App *command = bench.add_subcommand(
        "match", QT_TRANSLATE_NOOP("core", "Keypoint matching on image pairs with known homographies"));
    auto options = std::make_shared<BenchMatchOptions>();
    command
        ->add_option("folder", options->folder,
                     QT_TRANSLATE_NOOP("core", "With pairs.csv (a,b,homography), or img1 ... img6 and H1to2p ..."))
        ->required();
    command->add_option("--only", options->only, QT_TRANSLATE_NOOP("core", "These matchings only"))
        ->take_all()
        ->allow_extra_args(false);
    command->add_flag("--estimators", options->estimators,
                      QT_TRANSLATE_NOOP("core", "Also two estimators on the same SIFT matches"));
    options->addTo(*command, Work::Computing);
    command->callback([=, &run] { run = [=] { return runBenchMatch(*options); }; });
}

} // namespace likeness::cli
