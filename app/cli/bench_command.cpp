#include "app/cli/options.h"
#include "core/base/parallel.h"
#include "core/base/plain_text.h"
#include "core/base/stopwatch.h"
#include "core/data/sample_workspace.h"
#include "core/data/workspace.h"
#include "core/eval/attack_table.h"
#include "core/eval/metrics.h"
#include "core/search/recipe_store.h"

#include <cstdio>
#include <filesystem>

namespace likeness::cli {

namespace {

using Json = nlohmann::ordered_json;

/// The sample in a folder of its own, where no workspace is given.
Workspace benchWorkspace(const BenchCommand &command, ConsoleContext &context)
{
    if (!command.workspace.empty())
        return Workspace::open(command.workspace, context);
    const auto folder = std::filesystem::temp_directory_path() / "likeness-bench-sample";
    if (!std::filesystem::exists(folder / "ground_truth.csv"))
        writeSampleWorkspace(folder, {}, context);
    return Workspace::open(folder, context);
}

/// Every recipe from nothing to rankings, without a cache: accuracy and speed.
Json benchRecipes(const BenchCommand &command, const Workspace &workspace, ConsoleContext &context)
{
    Json rows = Json::array();
    if (!command.json)
        std::printf("%-24s %7s %7s %11s %11s %10s\n", "recipe", "acc1", "uAP", "images/s", "queries/s", "B/image");
    for (const Recipe &recipe : shippedRecipes()) {
        if (recipe.id == "network")
            continue; // names no model: "models compare" measures those that are installed
        if (command.quick && recipe.id != "seed-grey-histogram" && recipe.id != "classical-best" &&
            recipe.id != "fast-phash")
            continue;
        const Stopwatch building;
        const auto engine = Engine::build(recipe, workspace.gallery, nullptr, context);
        const double buildSeconds = building.seconds();
        const Stopwatch searching;
        const auto rankings = named(engine->searchAll(workspace.queries, 10, context), workspace.gallery);
        const double searchSeconds = searching.seconds();
        const Metrics metrics = workspace.truth ? evaluate(rankings, *workspace.truth) : Metrics{};
        const double imagesPerSecond = workspace.gallery.size() / buildSeconds;
        const double queriesPerSecond = workspace.queries.size() / searchSeconds;
        const double bytes = static_cast<double>(engine->indexBytes()) / workspace.gallery.size();
        rows.push_back({{"recipe", recipe.id},
                        {"acc1", metrics.acc1},
                        {"uap", metrics.uap},
                        {"images_per_second", imagesPerSecond},
                        {"queries_per_second", queriesPerSecond},
                        {"index_bytes_per_image", bytes}});
        context.finish();
        if (!command.json)
            std::printf("%-24s %7.4f %7.4f %11.1f %11.1f %10.0f\n", recipe.id.c_str(), metrics.acc1, metrics.uap,
                        imagesPerSecond, queriesPerSecond, bytes);
        std::fflush(stdout);
    }
    return rows;
}

std::vector<std::string> attackedRecipes(bool quick)
{
    if (quick)
        return {"phash", "pdq", "classical-best"};
    return {"average-hash",       "difference-hash",      "phash", "fast-phash",    "block-mean-hash",
            "marr-hildreth-hash", "radial-variance-hash", "pdq",   "classical-best"};
}

/// Recall at 100 % precision of every hash under every attack.
Json benchAttacks(const BenchCommand &command, const Workspace &workspace, ConsoleContext &context)
{
    std::vector<ImageRef> some(workspace.gallery.images().begin(), workspace.gallery.images().end());
    const int most = command.quick ? 40 : command.images;
    some.resize(std::min(some.size(), static_cast<std::size_t>(most)));
    const ImageSet images = ImageSet::of(std::move(some));
    const std::vector<std::string> ids = attackedRecipes(command.quick);
    Json columns = Json::object();
    std::vector<std::vector<AttackRecall>> tables;
    for (const std::string &id : ids) {
        tables.push_back(attackRecall(recipeNamed(id), images, command.strength, 1, context));
        Json column = Json::object();
        for (const AttackRecall &entry : tables.back())
            column[entry.attack] = entry.recall;
        columns[id] = std::move(column);
    }
    context.finish();
    if (!command.json) {
        std::printf("\n");
        say({QT_TRANSLATE_NOOP("core", "Recall at 100 % precision, %1 images, attacks of strength %2"),
             {std::to_string(images.size()), fixedText(command.strength, 2)}});
        std::printf("%-14s", "attack");
        for (const std::string &id : ids)
            std::printf(" %9.9s", id.c_str());
        for (std::size_t a = 0; a < tables[0].size(); ++a) {
            std::printf("\n%-14s", tables[0][a].attack.c_str());
            for (const auto &table : tables)
                std::printf(" %9.3f", table[a].recall);
        }
        std::printf("\n");
    }
    return columns;
}

} // namespace

ExitCode run(const BenchCommand &command)
{
    ConsoleContext context;
    const Workspace workspace = benchWorkspace(command, context);
    requireGallery(workspace);
    requireQueries(workspace);
    Json recipes = benchRecipes(command, workspace, context);
    Json attacks = benchAttacks(command, workspace, context);
    if (command.json)
        printJson({{"threads", threadCount()},
                   {"gallery", workspace.gallery.size()},
                   {"queries", workspace.queries.size()},
                   {"recipes", std::move(recipes)},
                   {"attack_recall", std::move(attacks)}});
    return reportProblems(context);
}

} // namespace likeness::cli
