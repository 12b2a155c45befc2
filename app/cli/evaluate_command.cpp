#include "app/cli/options.h"
#include "core/eval/recipe_evaluation.h"
#include "core/search/default_recipe.h"
#include "core/search/gallery_folder.h"
#include "core/submit/submission.h"

#include <cstdio>

namespace likeness::cli {

namespace {

using Json = nlohmann::ordered_json;

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

std::vector<Recipe> chosenRecipes(const EvaluateCommand &command, const Engine *opened)
{
    std::vector<Recipe> recipes;
    for (const std::string &name : command.recipes)
        recipes.push_back(chosenRecipe(name, command.overrides));
    if (recipes.empty() && command.submissions.empty())
        recipes.push_back(opened ? changedRecipe(opened->recipe(), command.overrides)
                                 : chosenRecipe(defaultRecipeId, command.overrides));
    if (recipes.empty() && !command.overrides.empty())
        throw UsageError{{QT_TRANSLATE_NOOP("core", "--set changes a recipe: give one by --recipe"), {}}};
    return recipes;
}

} // namespace

ExitCode run(const EvaluateCommand &command)
{
    ConsoleContext context;
    const auto cache = openCache(command);
    const GalleryFolder folder = GalleryFolder::open(command.workspace, cache, context);
    const Workspace &workspace = folder.workspace;
    const std::vector<Recipe> recipes = chosenRecipes(command, folder.engine.get());
    const ExitCode opened = reportProblems(context);
    requireGallery(workspace);
    requireQueries(workspace);
    std::optional<GroundTruth> truth = workspace.truth;
    if (!command.truth.empty())
        truth = GroundTruth::read(command.truth);
    if (!truth && !recipes.empty()) // a submission can be checked without
        throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "%1 has no ground_truth.csv: give one by --truth"),
                    {command.workspace});

    // A file that cannot be read is said before the long work, not after it.
    std::vector<std::vector<SourceQueryRow>> submissions;
    for (const std::string &file : command.submissions)
        submissions.push_back(readSourceQueryCsv(file));
    std::vector<Evaluated> rows;
    if (!command.json && truth)
        printHeading();
    const auto add = [&](Evaluated row) {
        if (!command.json)
            printRow(row);
        rows.push_back(std::move(row));
    };
    for (const Recipe &recipe : recipes)
        add(evaluated(recipe, folder, *truth, cache));
    for (std::size_t i = 0; i < submissions.size(); ++i)
        add(evaluateSubmission(command.submissions[i], submissions[i], workspace, truth));
    if (command.json) {
        Json list = Json::array();
        for (const Evaluated &row : rows)
            list.push_back(rowJson(row));
        printJson(list);
    }
    const bool problems =
        opened != Done || std::ranges::any_of(rows, [](const Evaluated &row) { return !row.problems.empty(); });
    return problems ? DoneWithProblems : Done;
}

} // namespace likeness::cli
