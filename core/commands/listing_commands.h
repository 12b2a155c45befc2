#pragma once

#include "core/commands/common_arguments.h"
#include "core/data/sample_workspace.h"

// What comes with the program: the sample, methods, recipes.

namespace likeness {

struct SampleCommand : CommonArguments {
    static constexpr const char *name = "sample";
    static constexpr const char *help = QT_TRANSLATE_NOOP("core", "Write the built-in sample workspace");
    std::string folder;
    SampleSpec spec;

    Arguments arguments();
};

struct MethodsCommand : CommonArguments {
    static constexpr const char *name = "methods";
    static constexpr const char *help = QT_TRANSLATE_NOOP("core", "Every stage with its parameters");
    bool markdown = false;

    Arguments arguments();
};

struct RecipesCommand : CommonArguments {
    static constexpr const char *name = "recipes";
    static constexpr const char *help = QT_TRANSLATE_NOOP("core", "The recipes that come with the program");

    Arguments arguments() { return commonArguments(Work::Reading); }
};

} // namespace likeness
