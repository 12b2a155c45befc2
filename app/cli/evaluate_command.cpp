#include "app/cli/options.h"
#include "core/base/file.h"
#include "core/base/parallel.h"
#include "core/eval/recipe_evaluation.h"
#include "core/search/default_recipe.h"
#include "core/search/gallery_folder.h"
#include "core/submit/submission.h"

#include <cstdio>

namespace likeness::cli {

namespace {

using Json = nlohmann::ordered_json;

struct EvaluateOptions : CommonOptions {
    std::string workspace, truth;
    std::vector<std::string> recipes, submissions, overrides;
};

/// One row of the report; times and sizes are unknown for a submission, metrics without a truth.
struct Evaluated {
    std::string name;
    std::optional<Metrics> metrics;
    std::size_t rows = 0, answered = 0; ///< of a submission
    double extractMs = 0, searchMs = 0, indexBytes = 0, buildSeconds = 0;
    std::vector<Problem> problems;
};

Evaluated evaluated(const Recipe &recipe, const GalleryFolder &folder, const GroundTruth &truth,
                    const std::shared_ptr<FeatureCache> &cache)
{
    ConsoleContext context;
    const RecipeEvaluation found = evaluateRecipe(recipe, folder.workspace, truth, cache, context, folder.engine);
    reportProblems(context);
    return {recipe.id,          found.metrics,     0, 0, found.extractMs, found.searchMs, found.indexBytes,
            found.buildSeconds, context.problems()};
}

/// Its names and rows are checked, and measured where there is a truth.
Evaluated evaluateSubmission(const std::string &file, const std::vector<SourceQueryRow> &rows,
                             const Workspace &workspace, const std::optional<GroundTruth> &truth)
{
    Evaluated row;
    row.name = file;
    if (truth)
        row.metrics = evaluate(rankingsOf(rows), *truth);
    row.rows = rows.size();
    row.answered = static_cast<std::size_t>(
        std::ranges::count_if(rows, [](const SourceQueryRow &answer) { return !answer.source.empty(); }));
    row.problems = checkSubmission(rows, workspace.gallery, workspace.queries, file);
    ConsoleContext context;
    for (const Problem &problem : row.problems)
        context.problem(problem);
    reportProblems(context);
    return row;
}

Json rowJson(const Evaluated &row)
{
    if (!row.metrics)
        return {{"recipe", row.name},
                {"queries", row.rows},
                {"answered", row.answered},
                {"problems", problemsJson(row.problems)}};
    const Metrics &m = *row.metrics;
    return {{"recipe", row.name},
            {"queries", m.queries},
            {"queries_with_source", m.queriesWithSource},
            {"acc1", m.acc1},
            {"map5", m.map5},
            {"recall5", m.recall5},
            {"uap", m.uap},
            {"recall_at_precision90", m.recallAtPrecision90},
            {"extract_ms_per_image", row.extractMs},
            {"search_ms_per_query", row.searchMs},
            {"index_bytes_per_image", row.indexBytes},
            {"build_seconds", row.buildSeconds},
            {"problems", problemsJson(row.problems)}};
}

constexpr int nameWidth = 24; // columns

void printHeading()
{
    std::printf("%-*s %7s %7s %7s %7s %7s %9s %9s %9s\n", nameWidth, "recipe", "acc1", "mAP@5", "R@5", "uAP", "R@P90",
                "ms/image", "ms/query", "B/image");
}

void printRow(const Evaluated &row)
{
    if (row.metrics)
        std::printf("%-*s %7.4f %7.4f %7.4f %7.4f %7.4f %9.2f %9.2f %9.0f\n", nameWidth, row.name.c_str(),
                    row.metrics->acc1, row.metrics->map5, row.metrics->recall5, row.metrics->uap,
                    row.metrics->recallAtPrecision90, row.extractMs, row.searchMs, row.indexBytes);
    else
        say({QT_TRANSLATE_NOOP("core", "%1: %2 rows, %3 answered, %4 problems"),
             {row.name, std::to_string(row.rows), std::to_string(row.answered), std::to_string(row.problems.size())}});
    std::fflush(stdout);
}

std::vector<Recipe> chosenRecipes(const EvaluateOptions &options, const Engine *opened)
{
    std::vector<Recipe> recipes;
    for (const std::string &name : options.recipes)
        recipes.push_back(chosenRecipe(name, options.overrides));
    if (recipes.empty() && options.submissions.empty())
        recipes.push_back(opened ? changedRecipe(opened->recipe(), options.overrides)
                                 : chosenRecipe(defaultRecipeId, options.overrides));
    if (recipes.empty() && !options.overrides.empty())
        throw UsageError{{QT_TRANSLATE_NOOP("core", "--set changes a recipe: give one by --recipe"), {}}};
    return recipes;
}

ExitCode runEvaluate(const EvaluateOptions &options)
{
    ConsoleContext context;
    options.apply();
    const auto cache = options.openCache();
    const GalleryFolder folder = GalleryFolder::open(options.workspace, cache, context);
    const Workspace &workspace = folder.workspace;
    const std::vector<Recipe> recipes = chosenRecipes(options, folder.engine.get());
    const ExitCode opened = reportProblems(context);
    requireGallery(workspace);
    requireQueries(workspace);
    std::optional<GroundTruth> truth = workspace.truth;
    if (!options.truth.empty())
        truth = GroundTruth::read(options.truth);
    if (!truth && !recipes.empty()) // a submission can be checked without
        throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "%1 has no ground_truth.csv: give one by --truth"),
                    {options.workspace});

    // A file that cannot be read is said before the long work, not after it.
    std::vector<std::vector<SourceQueryRow>> submissions;
    for (const std::string &file : options.submissions)
        submissions.push_back(readSourceQueryCsv(file));
    std::vector<Evaluated> rows;
    if (!options.json && truth)
        printHeading();
    const auto add = [&](Evaluated row) {
        if (!options.json)
            printRow(row);
        rows.push_back(std::move(row));
    };
    for (const Recipe &recipe : recipes)
        add(evaluated(recipe, folder, *truth, cache));
    for (std::size_t i = 0; i < submissions.size(); ++i)
        add(evaluateSubmission(options.submissions[i], submissions[i], workspace, truth));
    if (options.json) {
        Json list = Json::array();
        for (const Evaluated &row : rows)
            list.push_back(rowJson(row));
        printJson(list);
    }
    const bool problems =
        opened != Done || std::ranges::any_of(rows, [](const Evaluated &row) { return !row.problems.empty(); });
    return problems ? DoneWithProblems : Done;
}

} // namespace

void addEvaluateCommand(CLI::App &app, Run &run)
{
    CLI::App *command = app.add_subcommand(
        "evaluate",
        QT_TRANSLATE_NOOP("core",
                          "Measure recipes or submissions against the ground truth, check submissions without one"));
    auto options = std::make_shared<EvaluateOptions>();
    command
        ->add_option("workspace", options->workspace,
                     QT_TRANSLATE_NOOP("core", "Folder with dataset/, query/ and, for recipes, ground_truth.csv"))
        ->required();
    command
        ->add_option("--recipe", options->recipes,
                     QT_TRANSLATE_NOOP("core", "Recipe id or JSON file, may be repeated; best where nothing is named"))
        ->take_all()
        ->allow_extra_args(false);
    command
        ->add_option(
            "--submission", options->submissions,
            QT_TRANSLATE_NOOP("core", "Submission file, may be repeated; only checked where there is no ground truth"))
        ->take_all()
        ->allow_extra_args(false);
    command
        ->add_option("--set", options->overrides,
                     QT_TRANSLATE_NOOP("core", "stage.key=value for every recipe, may be repeated"))
        ->take_all()
        ->allow_extra_args(false);
    command->add_option("--truth", options->truth,
                        QT_TRANSLATE_NOOP("core", "Ground truth instead of the workspace's own"));
    options->addTo(*command, Work::Features);
    command->callback([=, &run] { run = [=] { return runEvaluate(*options); }; });
}

} // namespace likeness::cli
