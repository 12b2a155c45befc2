#include "app/cli/options.h"

#include "core/base/file.h"
#include "core/base/json_text.h"
#include "core/base/parallel.h"
#include "core/nets/run/network.h"
#include "core/search/recipe_store.h"

#include <cstdio>
#include <iostream>

namespace likeness::cli {

void CommonOptions::addTo(CLI::App &command, Work work)
{
    command.add_flag("--json", json, QT_TRANSLATE_NOOP("core", "Print one JSON document to stdout and nothing else"));
    if (work >= Work::Computing)
        command.add_option("--threads", threads, QT_TRANSLATE_NOOP("core", "Worker threads; 0 takes every core"))
            ->check(CLI::Range(0, 256));
    if (work >= Work::Networks)
        command
            .add_option("--device", device,
                        QT_TRANSLATE_NOOP(
                            "core", "What networks run on: cpu, cuda where LibTorch has it, reference (LibTorch's own "
                                    "convolutions)"))
            ->check(CLI::IsMember({"cpu", "cuda", "reference"}));
    if (work >= Work::Caching)
        command.add_option("--cache-dir", cacheDir,
                           QT_TRANSLATE_NOOP("core", "Folder of the feature cache instead of the user's cache folder"));
    if (work >= Work::Features)
        command.add_flag("--no-cache", noCache, QT_TRANSLATE_NOOP("core", "Neither read nor write the feature cache"));
}

void CommonOptions::apply() const
{
    setThreadCount(threads);
    if (!device.empty())
        setNetworkDevice(networkDeviceNamed(device));
}

void RecipeOptions::addRecipe(CLI::App &command, const char *id)
{
    recipe = id;
    m_named = command.add_option("--recipe", recipe, QT_TRANSLATE_NOOP("core", "Recipe id or JSON file"))
                  ->capture_default_str();
    command.add_option("--set", overrides, QT_TRANSLATE_NOOP("core", "stage.key=value of the recipe, may be repeated"))
        ->take_all()
        ->allow_extra_args(false);
}

std::shared_ptr<FeatureCache> CommonOptions::openCache() const
{
    if (noCache)
        return nullptr;
    return std::make_shared<FeatureCache>(cacheDir.empty() ? userCacheFolder() : std::filesystem::path(cacheDir),
                                          FeatureCache::defaultLimitBytes);
}

Recipe changedRecipe(Recipe recipe, const std::vector<std::string> &overrides)
{
    try {
        for (const std::string &assignment : overrides)
            applyOverride(recipe, assignment);
        return recipe;
    } catch (const Error &error) {
        throw UsageError{error.message()};
    }
}

Recipe chosenRecipe(const std::string &name, const std::vector<std::string> &overrides)
{
    try {
        return changedRecipe(recipeNamed(name), overrides);
    } catch (const Error &error) {
        throw UsageError{error.message()};
    }
}

Recipe RecipeOptions::chosen(const Engine *opened) const
{
    return opened && m_named->count() == 0 ? changedRecipe(opened->recipe(), overrides)
                                           : chosenRecipe(recipe, overrides);
}

void say(const Message &message)
{
    std::printf("%s\n", message.localised().c_str());
}

void printJson(const nlohmann::ordered_json &json)
{
    std::cout << dumpJson(json, 2) << std::endl;
}

nlohmann::ordered_json problemsJson(const std::vector<Problem> &problems)
{
    auto list = nlohmann::ordered_json::array();
    for (const Problem &problem : problems)
        list.push_back({{"file", problem.file}, {"reason", problem.reason.english()}});
    return list;
}

ExitCode reportProblems(ConsoleContext &context)
{
    context.finish();
    constexpr std::size_t most = 20; // more would hide what went before
    std::size_t printed = 0;
    for (const Problem &problem : context.problems()) {
        if (printed++ == most) {
            const Message more{QT_TRANSLATE_NOOP("core", "... and %1 more problems (--json lists all)"),
                               {std::to_string(context.problems().size() - most)}};
            std::fprintf(stderr, "%s\n", more.localised().c_str());
            break;
        }
        const std::string reason = problem.reason.localised();
        // Most reasons name the file themselves.
        const bool named = reason.find(problem.file) != std::string::npos;
        std::fprintf(stderr, "%s%s%s\n", named ? "" : problem.file.c_str(), named ? "" : ": ", reason.c_str());
    }
    return context.problems().empty() ? Done : DoneWithProblems;
}

} // namespace likeness::cli
