#pragma once

#include "core/commands/common_arguments.h"
#include "core/search/default_recipe.h"

namespace likeness {

struct IndexBuildCommand : RecipeArguments {
    static constexpr const char *name = "index build";
    static constexpr const char *help = QT_TRANSLATE_NOOP("core", "Index all images under a folder");
    std::string images, folder;

    IndexBuildCommand() : RecipeArguments(defaultIndexRecipeId) {}
    Arguments arguments();
};

/// Of the commands that look at one index.
struct OneIndexArguments : CommonArguments {
    std::string folder;

    Arguments indexArguments(Work work);
};

struct IndexUpdateCommand : OneIndexArguments {
    static constexpr const char *name = "index update";
    static constexpr const char *help = QT_TRANSLATE_NOOP("core", "Take in what came, changed or went");

    Arguments arguments() { return indexArguments(Work::Features); }
};

struct IndexInfoCommand : OneIndexArguments {
    static constexpr const char *name = "index info";
    static constexpr const char *help = QT_TRANSLATE_NOOP("core", "What an index holds");

    Arguments arguments() { return indexArguments(Work::Reading); }
};

struct IndexVerifyCommand : OneIndexArguments {
    static constexpr const char *name = "index verify";
    static constexpr const char *help = QT_TRANSLATE_NOOP("core", "Compare every file of an index with its check sum");

    Arguments arguments() { return indexArguments(Work::Reading); }
};

struct IndexSearchCommand : OneIndexArguments {
    static constexpr const char *name = "index search";
    static constexpr const char *help = QT_TRANSLATE_NOOP("core", "Search an index");
    std::vector<std::string> queries;
    std::string under;
    int top = 10;

    Arguments arguments();
};

} // namespace likeness
