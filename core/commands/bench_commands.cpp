#include "core/commands/bench_commands.h"

namespace likeness {

Arguments BenchCommand::arguments()
{
    return Arguments{
               {.name = "workspace",
                .value = &workspace,
                .help = QT_TRANSLATE_NOOP("core", "Workspace; the built-in sample without one")},
               {.name = "--quick",
                .value = &quick,
                .help = QT_TRANSLATE_NOOP("core", "Three recipes and 40 images only")},
               {.name = "--strength",
                .value = &strength,
                .help = QT_TRANSLATE_NOOP("core", "Of the attacks, 0 to 1"),
                .range = {{0, 1}}},
               {.name = "--images",
                .value = &images,
                .help = QT_TRANSLATE_NOOP("core", "Most images to attack"),
                .range = {{2, 1'000'000}}},
           } +
           commonArguments(Work::Networks);
}

Arguments BenchMatchCommand::arguments()
{
    return Arguments{
               {.name = "folder",
                .value = &folder,
                .help = QT_TRANSLATE_NOOP("core", "With pairs.csv (a,b,homography), or img1 ... img6 and H1to2p ..."),
                .required = true},
               {.name = "--only", .value = &only, .help = QT_TRANSLATE_NOOP("core", "These matchings only")},
               {.name = "--estimators",
                .value = &estimators,
                .help = QT_TRANSLATE_NOOP("core", "Also two estimators on the same SIFT matches")},
           } +
           commonArguments(Work::Computing);
}

Arguments BenchScaleCommand::arguments()
{
    return Arguments{
               {.name = "--vectors",
                .value = &plan.rows,
                .help = QT_TRANSLATE_NOOP("core", "How many"),
                .range = {{1000, 100'000'000}}},
               {.name = "--dimensions",
                .value = &plan.width,
                .help = QT_TRANSLATE_NOOP("core", "Entries of each"),
                .range = {{8, 8192}}},
               {.name = "--queries",
                .value = &plan.queries,
                .help = QT_TRANSLATE_NOOP("core", "How many"),
                .range = {{1, 100'000}}},
               {.name = "--seed", .value = &plan.seed, .help = QT_TRANSLATE_NOOP("core", "Of the vectors")},
               {.name = "--hnsw",
                .value = &plan.hnsw,
                .help = QT_TRANSLATE_NOOP("core", "Also a graph (HNSW), which takes minutes to build")},
               {.name = "--out",
                .value = &out,
                .help = QT_TRANSLATE_NOOP("core", "Folder for rows.f32 and queries.f32, which a peer may read")},
           } +
           commonArguments(Work::Computing);
}

Arguments BenchVectorsCommand::arguments()
{
    return Arguments{{.name = "workspace",
                      .value = &workspace,
                      .help = QT_TRANSLATE_NOOP("core", "Folder with dataset/ and query/, or any folder"),
                      .required = true}} +
           recipeArguments() + commonArguments(Work::Features);
}

} // namespace likeness
