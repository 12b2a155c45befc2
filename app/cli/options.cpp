#include "app/cli/options.h"

#include "core/base/file.h"
#include "core/base/json_text.h"
#include "core/base/own_folder.h"
#include "core/search/recipe_store.h"

#include <cstdio>
#include <iostream>

namespace likeness::cli {

std::shared_ptr<FeatureCache> openCache(const CommonArguments &command)
{
    if (command.noCache)
        return nullptr;
    return std::make_shared<FeatureCache>(command.cacheDir.empty() ? userCacheFolder()
                                                                   : std::filesystem::path(command.cacheDir),
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

Recipe chosenRecipe(const RecipeArguments &command, const Engine *opened)
{
    return opened && !command.recipe ? changedRecipe(opened->recipe(), command.overrides)
                                     : chosenRecipe(command.recipe.value_or(command.defaultRecipe), command.overrides);
}

void checkOutput(const OutputFile &out)
{
    if (out.path.empty() || out.force)
        return;
    if (const auto refusal = refusalToReplace(out.path))
        throw Error(ErrorKind::InvalidArgument, refusal->text, refusal->args);
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
        std::fprintf(stderr, "%s\n", problem.line().c_str());
    }
    return context.problems().empty() ? Done : DoneWithProblems;
}

} // namespace likeness::cli
