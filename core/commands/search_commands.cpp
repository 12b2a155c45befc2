#include "core/commands/search_commands.h"

namespace likeness {

namespace {

Argument workspaceArgument(std::string &workspace)
{
    return {.name = "workspace",
            .value = &workspace,
            .help = QT_TRANSLATE_NOOP("core", "Folder with dataset/ and query/, any folder of images, or an index"),
            .required = true};
}

} // namespace

Arguments ExtractCommand::arguments()
{
    return Arguments{workspaceArgument(workspace)} + recipeArguments() + commonArguments(Work::Caching);
}

Arguments SearchCommand::arguments()
{
    return Arguments{workspaceArgument(workspace)} + recipeArguments() + commonArguments(Work::Features) +
           Arguments{
               {.name = "--top",
                .value = &top,
                .help = QT_TRANSLATE_NOOP("core", "Answers a query"),
                .range = {{1, 1'000'000}}},
               {.name = "--query",
                .value = &queries,
                .help =
                    QT_TRANSLATE_NOOP("core", "Only this query: a name in query/ or any image file; may be repeated")},
               {.name = "--text",
                .value = &texts,
                .help = QT_TRANSLATE_NOOP(
                    "core", "What to look for in words, with a CLIP model; added to --query and other texts")},
               {.name = "--weight",
                .value = &weights,
                .help = QT_TRANSLATE_NOOP("core",
                                          "Of each --query and then each --text of one query; negative takes away")},
           };
}

Arguments SubmitCommand::arguments()
{
    return Arguments{workspaceArgument(workspace)} + recipeArguments() + commonArguments(Work::Features) +
           out.arguments(QT_TRANSLATE_NOOP("core", "CSV file to write"), true) +
           Arguments{
               {.name = "--threshold",
                .value = &threshold,
                .help = QT_TRANSLATE_NOOP("core", "Leave the source empty below this score")},
               {.name = "--precision",
                .value = &precision,
                .help = QT_TRANSLATE_NOOP(
                    "core",
                    "Leave the source empty below the score from which at least so many answers are expected to be "
                    "right: by the ground truth where there is one, else by the scores of unrelated images; refused "
                    "where neither can promise it"),
                .range = {{0, 1}},
                .excludes = "--threshold"},
           };
}

Arguments EvaluateCommand::arguments()
{
    return Arguments{
               {.name = "workspace",
                .value = &workspace,
                .help = QT_TRANSLATE_NOOP("core", "Folder with dataset/, query/ and, for recipes, ground_truth.csv"),
                .required = true},
               {.name = "--recipe",
                .value = &recipes,
                .help =
                    QT_TRANSLATE_NOOP("core", "Recipe id or JSON file, may be repeated; best where nothing is named")},
               {.name = "--submission",
                .value = &submissions,
                .help = QT_TRANSLATE_NOOP(
                    "core", "Submission file, may be repeated; only checked where there is no ground truth")},
               {.name = "--set",
                .value = &overrides,
                .help = QT_TRANSLATE_NOOP("core", "stage.key=value for every recipe, may be repeated")},
               {.name = "--truth",
                .value = &truth,
                .help = QT_TRANSLATE_NOOP("core", "Ground truth instead of the workspace's own")},
           } +
           commonArguments(Work::Features);
}

Arguments DuplicatesCommand::arguments()
{
    return Arguments{{.name = "folders",
                      .value = &folders,
                      .help = QT_TRANSLATE_NOOP("core", "Folders of images, or one folder of an index on disk"),
                      .required = true}} +
           recipeArguments() + out.arguments(QT_TRANSLATE_NOOP("core", "CSV file: group,file,score,identical")) +
           Arguments{
               {.name = "--threshold",
                .value = &search.threshold,
                .help = QT_TRANSLATE_NOOP("core",
                                          "Score from which two images belong together, instead of one by --chance")},
               {.name = "--chance",
                .value = &search.chancePairs,
                .help = QT_TRANSLATE_NOOP(
                    "core", "Pairs of unrelated images, in the whole collection, that may be taken for copies"),
                .positive = true,
                .excludes = "--threshold"},
               {.name = "--neighbours",
                .value = &search.neighbours,
                .help = QT_TRANSLATE_NOOP("core", "Nearest images of each that are looked at"),
                .range = {{1, 1000}}},
           } +
           commonArguments(Work::Features);
}

Arguments LabelCommand::arguments()
{
    return Arguments{
               {.name = "workspace",
                .value = &workspace,
                .help = QT_TRANSLATE_NOOP("core", "Workspace or folder of images"),
                .required = true},
               {.name = "--words",
                .value = &words,
                .help = QT_TRANSLATE_NOOP("core", "Words between commas: \"cat, dog, street at night\"")},
               {.name = "--words-file",
                .value = &wordsFile,
                .help = QT_TRANSLATE_NOOP("core", "A file with a word a line")},
               {.name = "--model",
                .value = &labels.model,
                .help = QT_TRANSLATE_NOOP("core",
                                          "Installed model that understands texts; without it their names are said")},
               {.name = "--pattern",
                .value = &labels.pattern,
                .help = QT_TRANSLATE_NOOP("core", "Sentence around a word, %1 being its place")},
           } +
           out.arguments(QT_TRANSLATE_NOOP("core", "CSV file to write: image, label, probabilities")) +
           commonArguments(Work::Features);
}

} // namespace likeness
