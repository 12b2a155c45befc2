#pragma once

#include "core/commands/common_arguments.h"
#include "core/search/default_recipe.h"
#include "core/search/duplicates.h"
#include "core/search/labelling.h"

// The commands that work on a workspace, a folder of images or an index.

namespace likeness {

struct ExtractCommand : RecipeArguments {
    static constexpr const char *name = "extract";
    static constexpr const char *help = QT_TRANSLATE_NOOP("core", "Fill the cache with the features of a workspace");
    std::string workspace;

    ExtractCommand() : RecipeArguments(defaultRecipeId) {}
    Arguments arguments();
};

struct SearchCommand : RecipeArguments {
    static constexpr const char *name = "search";
    static constexpr const char *help = QT_TRANSLATE_NOOP("core", "Rank the gallery for every query");
    std::string workspace;
    std::vector<std::string> queries, texts;
    std::vector<double> weights; ///< of the queries, then of the texts
    int top = 10;

    SearchCommand() : RecipeArguments(defaultRecipeId) {}
    Arguments arguments();
};

struct SubmitCommand : RecipeArguments {
    static constexpr const char *name = "submit";
    static constexpr const char *help = QT_TRANSLATE_NOOP("core", "Write a submission (source,query) for every query");
    std::string workspace;
    OutputFile out;
    std::optional<double> precision, threshold; ///< one of them at most

    SubmitCommand() : RecipeArguments(defaultRecipeId) {}
    Arguments arguments();
};

struct EvaluateCommand : CommonArguments {
    static constexpr const char *name = "evaluate";
    static constexpr const char *help = QT_TRANSLATE_NOOP(
        "core", "Measure recipes or submissions against the ground truth, check submissions without one");
    std::string workspace, truth;
    std::vector<std::string> recipes, submissions, overrides;

    Arguments arguments();
};

struct DuplicatesCommand : RecipeArguments {
    static constexpr const char *name = "duplicates";
    static constexpr const char *help =
        QT_TRANSLATE_NOOP("core", "Groups of images that are the same or copies of each other");
    std::vector<std::string> folders;
    OutputFile out;
    DuplicateOptions search;

    DuplicatesCommand() : RecipeArguments(defaultVectorRecipeId) {} // an index has its own
    Arguments arguments();
};

struct LabelCommand : CommonArguments {
    static constexpr const char *name = "label";
    static constexpr const char *help =
        QT_TRANSLATE_NOOP("core", "Which of some words describes each image (CLIP-like models)");
    std::string workspace, words, wordsFile;
    LabelOptions labels; ///< but their words
    OutputFile out;

    Arguments arguments();
};

} // namespace likeness
