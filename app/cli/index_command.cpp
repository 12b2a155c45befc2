#include "app/cli/options.h"
#include "core/base/parallel.h"
#include "core/search/default_recipe.h"
#include "core/search/persistent_index.h"

#include <chrono>
#include <cstdio>

namespace likeness::cli {

namespace {

using Json = nlohmann::ordered_json;

struct IndexOptions : RecipeOptions {
    std::string images, folder, under;
    std::vector<std::string> queries;
    int top = 10;
};

ExitCode printChanges(const IndexOptions &options, const IndexChanges &changes, ConsoleContext &context)
{
    const ExitCode code = reportProblems(context);
    if (options.json)
        printJson({{"index", options.folder},
                   {"added", changes.added},
                   {"changed", changes.changed},
                   {"removed", changes.removed},
                   {"kept", changes.kept},
                   {"extract_seconds", changes.extractSeconds},
                   {"seconds", changes.totalSeconds},
                   {"problems", problemsJson(context.problems())}});
    else
        std::printf("%s: %lld added, %lld changed, %lld removed, %lld kept in %.1f s, %.1f s of them extraction\n",
                    options.folder.c_str(), static_cast<long long>(changes.added),
                    static_cast<long long>(changes.changed), static_cast<long long>(changes.removed),
                    static_cast<long long>(changes.kept), changes.totalSeconds, changes.extractSeconds);
    return code;
}

ExitCode runBuild(const IndexOptions &options)
{
    const Recipe recipe = chosenRecipe(options.recipe, options.overrides);
    ConsoleContext context;
    options.apply();
    return printChanges(
        options, PersistentIndex::build(recipe, options.images, options.folder, options.openCache(), context), context);
}

ExitCode runUpdate(const IndexOptions &options)
{
    ConsoleContext context;
    options.apply();
    return printChanges(options, PersistentIndex::update(options.folder, options.openCache(), context), context);
}

ExitCode runInfo(const IndexOptions &options)
{
    const IndexManifest manifest = IndexManifest::read(options.folder);
    std::int64_t bytes = 0;
    for (const auto &[role, file] : manifest.files)
        bytes += file.bytes;
    if (options.json) {
        printJson({{"index", options.folder},
                   {"source", manifest.source},
                   {"recipe", manifest.recipe.toJson()},
                   {"images", manifest.images},
                   {"vectors", manifest.rows},
                   {"dimensions", manifest.width},
                   {"bytes", bytes},
                   {"effort", manifest.effort},
                   {"recall", manifest.recall},
                   {"generation", manifest.generation}});
        return Done;
    }
    std::printf(
        "source      %s\nrecipe      %s\nimages      %lld\nvectors     %lld of %d entries\nsize        %.1f MB\n",
        manifest.source.c_str(), manifest.recipe.id.c_str(), static_cast<long long>(manifest.images),
        static_cast<long long>(manifest.rows), manifest.width, static_cast<double>(bytes) / 1e6);
    for (const auto &[role, file] : manifest.files)
        std::printf("  %-11s %s, %.1f MB\n", role.c_str(), file.name.c_str(), static_cast<double>(file.bytes) / 1e6);
    if (manifest.recall >= 0)
        std::printf("effort      %d, finds %.3f of the ten nearest\n", manifest.effort, manifest.recall);
    return Done;
}

ExitCode runVerify(const IndexOptions &options)
{
    ConsoleContext context;
    PersistentIndex::verify(options.folder, context);
    if (options.json)
        printJson({{"index", options.folder}, {"intact", true}});
    else
        std::printf("%s: every file is as it was written\n", options.folder.c_str());
    return Done;
}

ExitCode runIndexSearch(const IndexOptions &options)
{
    using Clock = std::chrono::steady_clock;
    ConsoleContext context;
    options.apply();
    const auto start = Clock::now();
    const PersistentIndex index(options.folder);
    const double openMs = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
    Json results = Json::array();
    bool any = false;
    for (const std::string &query : options.queries) {
        Json ranked = Json::array();
        try {
            for (const auto &[name, score] : index.search({.image = query}, query, options.top, options.under))
                ranked.push_back({{"source", name}, {"score", score}});
        } catch (const Error &error) {
            context.problem({query, messageOf(error)});
        }
        any = any || !ranked.empty();
        if (!options.json) {
            std::printf("%s\n", query.c_str());
            for (const Json &answer : ranked)
                std::printf("  %.4f  %s\n", answer.at("score").get<double>(),
                            answer.at("source").get_ref<const std::string &>().c_str());
        }
        results.push_back({{"query", query}, {"ranked", std::move(ranked)}});
    }
    const ExitCode code = reportProblems(context);
    if (options.json)
        printJson({{"index", options.folder},
                   {"open_ms", openMs},
                   {"results", std::move(results)},
                   {"problems", problemsJson(context.problems())}});
    return !any && code == DoneWithProblems ? NothingDone : code;
}

} // namespace

void addIndexCommand(CLI::App &app, Run &run)
{
    CLI::App *command = app.add_subcommand("index", "A persistent index of a folder of images");
    command->require_subcommand(1);
    auto options = std::make_shared<IndexOptions>();
    const auto add = [&](const char *name, const char *help, Work kind, ExitCode (*work)(const IndexOptions &)) {
        CLI::App *sub = command->add_subcommand(name, help);
        options->addTo(*sub, kind);
        sub->callback([=, &run] { run = [=] { return work(*options); }; });
        return sub;
    };
    CLI::App *build = add("build", "Index all images under a folder", Work::Features, runBuild);
    build->add_option("images", options->images, "Folder of images")->required();
    build->add_option("--out", options->folder, "Folder of the index")->required();
    options->addRecipe(*build, defaultVectorRecipeId);
    for (CLI::App *sub : {add("update", "Take in what came, changed or went", Work::Features, runUpdate),
                          add("info", "What an index holds", Work::Reading, runInfo),
                          add("verify", "Compare every file of an index with its check sum", Work::Reading, runVerify)})
        sub->add_option("index", options->folder, "Folder of the index")->required();
    CLI::App *search = add("search", "Search an index", Work::Networks, runIndexSearch);
    search->add_option("index", options->folder, "Folder of the index")->required();
    search->add_option("--query", options->queries, "An image file; may be repeated")
        ->required()
        ->take_all()
        ->allow_extra_args(false);
    search->add_option("--under", options->under, "Only images whose names begin with this, such as holidays/2019/");
    search->add_option("--top", options->top, "Answers a query")->check(CLI::Range(1, 100'000))->capture_default_str();
}

} // namespace likeness::cli
