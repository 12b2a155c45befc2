#include "app/cli/options.h"
#include "core/base/parallel.h"
#include "core/base/plain_text.h"
#include "core/base/stopwatch.h"
#include "core/search/default_recipe.h"
#include "core/search/engine.h"
#include "core/search/index_files.h"

#include <cstdio>

namespace likeness::cli {

namespace {

using Json = nlohmann::ordered_json;

struct IndexOptions : RecipeOptions {
    std::string images, folder, under;
    std::vector<std::string> queries;
    int top = 10;
};

ExitCode printChanges(const IndexOptions &options, const GalleryChanges &changes, ConsoleContext &context)
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
        say({QT_TRANSLATE_NOOP("core",
                               "%1: %2 added, %3 changed, %4 removed, %5 kept in %6 s, %7 s of them extraction"),
             {options.folder, std::to_string(changes.added), std::to_string(changes.changed),
              std::to_string(changes.removed), std::to_string(changes.kept), fixedText(changes.totalSeconds, 1),
              fixedText(changes.extractSeconds, 1)}});
    return code;
}

ExitCode runBuild(const IndexOptions &options)
{
    const Recipe recipe = chosenRecipe(options.recipe, options.overrides);
    ConsoleContext context;
    options.apply();
    return printChanges(options, Engine::buildAt(options.folder, recipe, options.images, options.openCache(), context),
                        context);
}

ExitCode runUpdate(const IndexOptions &options)
{
    ConsoleContext context;
    options.apply();
    return printChanges(options, Engine::update(options.folder, options.openCache(), context), context);
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
    say({QT_TRANSLATE_NOOP("core", "%1: %2 images of %3 by the recipe %4, %5 vectors of %6 entries, %7 MB"),
         {options.folder, std::to_string(manifest.images), manifest.source, manifest.recipe.id,
          std::to_string(manifest.rows), std::to_string(manifest.width),
          fixedText(static_cast<double>(bytes) / 1e6, 1)}});
    for (const auto &[role, file] : manifest.files)
        std::printf("  %-14s %s, %.1f MB\n", role.c_str(), file.name.c_str(), static_cast<double>(file.bytes) / 1e6);
    if (manifest.recall >= 0)
        say({QT_TRANSLATE_NOOP("core", "effort %1, finds %2 of the ten nearest"),
             {std::to_string(manifest.effort), fixedText(manifest.recall, 3)}});
    return Done;
}

ExitCode runVerify(const IndexOptions &options)
{
    ConsoleContext context;
    Engine::verify(options.folder, context);
    if (options.json)
        printJson({{"index", options.folder}, {"intact", true}});
    else
        say({QT_TRANSLATE_NOOP("core", "%1: every file is as it was written"), {options.folder}});
    return Done;
}

ExitCode runIndexSearch(const IndexOptions &options)
{
    ConsoleContext context;
    options.apply();
    const Stopwatch watch;
    const auto engine = Engine::open(options.folder, nullptr);
    const double openMs = watch.ms();
    Json results = Json::array();
    bool any = false;
    for (const std::string &query : options.queries) {
        Json ranked = Json::array();
        try {
            const QueryPart part{.image = query};
            for (const Hit &hit : engine->searchUnder(options.under, {&part, 1}, query, options.top).ranking)
                ranked.push_back({{"source", engine->gallery()[hit.image].name}, {"score", hit.score}});
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
    CLI::App *command =
        app.add_subcommand("index", QT_TRANSLATE_NOOP("core", "A persistent index of a folder of images"));
    command->require_subcommand(1);
    auto options = std::make_shared<IndexOptions>();
    const auto add = [&](const char *name, const char *help, Work kind, ExitCode (*work)(const IndexOptions &)) {
        CLI::App *sub = command->add_subcommand(name, help);
        options->addTo(*sub, kind);
        sub->callback([=, &run] { run = [=] { return work(*options); }; });
        return sub;
    };
    CLI::App *build =
        add("build", QT_TRANSLATE_NOOP("core", "Index all images under a folder"), Work::Features, runBuild);
    build->add_option("images", options->images, QT_TRANSLATE_NOOP("core", "Folder of images"))->required();
    build->add_option("--out", options->folder, QT_TRANSLATE_NOOP("core", "Folder of the index"))->required();
    options->addRecipe(*build, defaultIndexRecipeId);
    for (CLI::App *sub :
         {add("update", QT_TRANSLATE_NOOP("core", "Take in what came, changed or went"), Work::Features, runUpdate),
          add("info", QT_TRANSLATE_NOOP("core", "What an index holds"), Work::Reading, runInfo),
          add("verify", QT_TRANSLATE_NOOP("core", "Compare every file of an index with its check sum"), Work::Reading,
              runVerify)})
        sub->add_option("index", options->folder, QT_TRANSLATE_NOOP("core", "Folder of the index"))->required();
    CLI::App *search = add("search", QT_TRANSLATE_NOOP("core", "Search an index"), Work::Networks, runIndexSearch);
    search->add_option("index", options->folder, QT_TRANSLATE_NOOP("core", "Folder of the index"))->required();
    search->add_option("--query", options->queries, QT_TRANSLATE_NOOP("core", "An image file; may be repeated"))
        ->required()
        ->take_all()
        ->allow_extra_args(false);
    search->add_option("--under", options->under,
                       QT_TRANSLATE_NOOP("core", "Only images whose names begin with this, such as holidays/2019/"));
    search->add_option("--top", options->top, QT_TRANSLATE_NOOP("core", "Answers a query"))
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
}

} // namespace likeness::cli
