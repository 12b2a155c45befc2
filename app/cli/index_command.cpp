#include "app/cli/options.h"
#include "core/base/plain_text.h"
#include "core/base/stopwatch.h"
#include "core/search/engine.h"
#include "core/search/index_files.h"

#include <cstdio>

namespace likeness::cli {

namespace {

using Json = nlohmann::ordered_json;

ExitCode printChanges(const CommonArguments &command, const std::string &folder, const GalleryChanges &changes,
                      ConsoleContext &context)
{
    const ExitCode code = reportProblems(context);
    if (command.json)
        printJson({{"index", folder},
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
             {folder, std::to_string(changes.added), std::to_string(changes.changed), std::to_string(changes.removed),
              std::to_string(changes.kept), fixedText(changes.totalSeconds, 1), fixedText(changes.extractSeconds, 1)}});
    return code;
}

} // namespace

ExitCode run(const IndexBuildCommand &command)
{
    const Recipe recipe = chosenRecipe(command);
    ConsoleContext context;
    return printChanges(command, command.folder,
                        Engine::buildAt(command.folder, recipe, command.images, openCache(command), context), context);
}

ExitCode run(const IndexUpdateCommand &command)
{
    ConsoleContext context;
    return printChanges(command, command.folder, Engine::update(command.folder, openCache(command), context), context);
}

ExitCode run(const IndexInfoCommand &command)
{
    const IndexManifest manifest = IndexManifest::read(command.folder);
    std::int64_t bytes = 0;
    for (const auto &[role, file] : manifest.files)
        bytes += file.bytes;
    if (command.json) {
        printJson({{"index", command.folder},
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
         {command.folder, std::to_string(manifest.images), manifest.source, manifest.recipe.id,
          std::to_string(manifest.rows), std::to_string(manifest.width),
          fixedText(static_cast<double>(bytes) / 1e6, 1)}});
    for (const auto &[role, file] : manifest.files)
        std::printf("  %-14s %s, %.1f MB\n", role.c_str(), file.name.c_str(), static_cast<double>(file.bytes) / 1e6);
    if (manifest.recall >= 0)
        say({QT_TRANSLATE_NOOP("core", "effort %1, finds %2 of the ten nearest"),
             {std::to_string(manifest.effort), fixedText(manifest.recall, 3)}});
    return Done;
}

ExitCode run(const IndexVerifyCommand &command)
{
    ConsoleContext context;
    Engine::verify(command.folder, context);
    if (command.json)
        printJson({{"index", command.folder}, {"intact", true}});
    else
        say({QT_TRANSLATE_NOOP("core", "%1: every file is as it was written"), {command.folder}});
    return Done;
}

ExitCode run(const IndexSearchCommand &command)
{
    ConsoleContext context;
    const Stopwatch watch;
    const auto engine = Engine::open(command.folder, nullptr);
    const double openMs = watch.ms();
    Json results = Json::array();
    bool any = false;
    for (const std::string &query : command.queries) {
        Json ranked = Json::array();
        try {
            const QueryPart part{.image = query};
            for (const Hit &hit : engine->searchUnder(command.under, {&part, 1}, query, command.top).ranking)
                ranked.push_back({{"source", engine->gallery()[hit.image].name}, {"score", hit.score}});
        } catch (const Error &error) {
            context.problem({query, messageOf(error)});
        }
        any = any || !ranked.empty();
        if (!command.json) {
            std::printf("%s\n", query.c_str());
            for (const Json &answer : ranked)
                std::printf("  %.4f  %s\n", answer.at("score").get<double>(),
                            answer.at("source").get_ref<const std::string &>().c_str());
        }
        results.push_back({{"query", query}, {"ranked", std::move(ranked)}});
    }
    const ExitCode code = reportProblems(context);
    if (command.json)
        printJson({{"index", command.folder},
                   {"open_ms", openMs},
                   {"results", std::move(results)},
                   {"problems", problemsJson(context.problems())}});
    return !any && code == DoneWithProblems ? NothingDone : code;
}

} // namespace likeness::cli
