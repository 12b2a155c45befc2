#pragma once

#include "core/commands/argument.h"

namespace likeness {

/// What a command does, which decides the common arguments that it has; the others would do nothing and are refused.
/// Each kind has those of the kinds before it.
enum class Work {
    Reading,   ///< --json
    Computing, ///< --threads
    Networks,  ///< --device
    Caching,   ///< --cache-dir
    Features   ///< --no-cache
};

/// What every command may have.
struct CommonArguments {
    bool json = false;
    int threads = 0;
    std::string device;
    bool noCache = false;
    std::string cacheDir;

    Arguments commonArguments(Work work);
};

/// Of a command that takes one recipe.
struct RecipeArguments : CommonArguments {
    /// `id` is the recipe where none is named.
    explicit RecipeArguments(const char *id) : defaultRecipe(id) {}

    const char *defaultRecipe;
    std::optional<std::string> recipe; ///< id or file
    std::vector<std::string> overrides;

    Arguments recipeArguments();
};

/// --out FILE, which replaces a file only with --force.
struct OutputFile {
    std::string path;
    bool force = false;

    Arguments arguments(const char *help, bool required = false);
};

} // namespace likeness
