#include "app/cli/options.h"
#include "core/base/own_folder.h"
#include "core/base/parallel.h"
#include "core/base/plain_text.h"
#include "core/eval/scale_benchmark.h"

#include <cstdio>

namespace likeness::cli {

namespace {

using Json = nlohmann::ordered_json;

struct BenchScaleOptions : CommonOptions {
    ScalePlan plan;
    std::string out;
};

ExitCode runBenchScale(BenchScaleOptions options)
{
    ConsoleContext context;
    options.apply();
    options.plan.vectorsOut = options.out;
    if (!options.out.empty()) {
        const auto isOwnName = [](const std::string &name) { return name == "rows.f32" || name == "queries.f32"; };
        requireOwnFolder(options.out, {{}, {}, isOwnName});
    }
    const ScaleReport report = benchmarkScale(options.plan, context);
    context.finish();
    if (options.json) {
        Json rows = Json::array();
        for (const ScaleRow &row : report.rows)
            rows.push_back({{"index", row.index},
                            {"build_seconds", row.buildSeconds},
                            {"bytes", row.bytes},
                            {"batch_ms_per_query", row.batchMs},
                            {"single_ms", row.singleMs},
                            {"recall1", row.recall1},
                            {"recall10", row.recall10},
                            {"effort", row.effort}});
        printJson({{"vectors", options.plan.rows},
                   {"dimensions", options.plan.width},
                   {"queries", options.plan.queries},
                   {"threads", threadCount()},
                   {"stream_gb_per_second", report.streamGBs},
                   {"peak_bytes", report.peakBytes},
                   {"indexes", std::move(rows)}});
        return Done;
    }
    say({QT_TRANSLATE_NOOP("core", "%1 vectors of %2 entries, %3 queries, %4 threads; memory is read at %5 GB/s, peak "
                                   "%6 GB"),
         {std::to_string(options.plan.rows), std::to_string(options.plan.width), std::to_string(options.plan.queries),
          std::to_string(threadCount()), fixedText(report.streamGBs, 1),
          fixedText(static_cast<double>(report.peakBytes) / 1e9, 1)}});
    std::printf("%-18s %8s %9s %12s %10s %8s %8s %7s\n", "index", "build s", "MB", "ms in batch", "ms alone",
                "recall@1", "@10", "effort");
    for (const ScaleRow &row : report.rows)
        std::printf("%-18s %8.1f %9.1f %12.3f %10.3f %8.3f %8.3f %7d\n", row.index.c_str(), row.buildSeconds,
                    static_cast<double>(row.bytes) / 1e6, row.batchMs, row.singleMs, row.recall1, row.recall10,
                    row.effort);
    return Done;
}

} // namespace

void addBenchScaleCommand(CLI::App &bench, Run &run)
{
    CLI::App *command = bench.add_subcommand(
        "scale", QT_TRANSLATE_NOOP("core", "Indexes of many generated vectors: speed, size, recall"));
    auto options = std::make_shared<BenchScaleOptions>();
    command->add_option("--vectors", options->plan.rows, QT_TRANSLATE_NOOP("core", "How many"))
        ->check(CLI::Range(1000, 100'000'000))
        ->capture_default_str();
    command->add_option("--dimensions", options->plan.width, QT_TRANSLATE_NOOP("core", "Entries of each"))
        ->check(CLI::Range(8, 8192))
        ->capture_default_str();
    command->add_option("--queries", options->plan.queries, QT_TRANSLATE_NOOP("core", "How many"))
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    command->add_option("--seed", options->plan.seed, QT_TRANSLATE_NOOP("core", "Of the vectors"))
        ->capture_default_str();
    command->add_flag("--hnsw", options->plan.hnsw,
                      QT_TRANSLATE_NOOP("core", "Also a graph (HNSW), which takes minutes to build"));
    command->add_option("--out", options->out,
                        QT_TRANSLATE_NOOP("core", "Folder for rows.f32 and queries.f32, which a peer may read"));
    options->addTo(*command, Work::Computing);
    command->callback([=, &run] { run = [=] { return runBenchScale(*options); }; });
}

} // namespace likeness::cli
