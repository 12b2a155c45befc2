#pragma once

#include "app/cli/console_context.h"
#include "core/search/engine.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

namespace likeness::cli {

enum ExitCode { Done = 0, DoneWithProblems = 1, BadUsage = 2, NothingDone = 3, Interrupted = 130 };

/// What a command does, which decides the common options that it has; the others would do nothing and are refused.
/// Each kind has those of the kinds before it.
enum class Work {
    Reading,   ///< --json
    Computing, ///< --threads
    Networks,  ///< --device
    Caching,   ///< --cache-dir
    Features   ///< --no-cache
};

struct CommonOptions {
    bool json = false;
    int threads = 0;
    std::string device;
    bool noCache = false;
    std::string cacheDir;

    void addTo(CLI::App &command, Work work);
    /// Threads and device hold from here on.
    void apply() const;
    /// Null with --no-cache.
    std::shared_ptr<FeatureCache> openCache() const;
};

/// A command that takes one recipe.
struct RecipeOptions : CommonOptions {
    std::string recipe;
    std::vector<std::string> overrides;

    /// `id` is the recipe where none is named.
    void addRecipe(CLI::App &command, const char *id);
    /// The recipe that is named, else that of the index that was opened, else the default one; with --set applied.
    /// Throws UsageError.
    Recipe chosen(const Engine *opened = nullptr) const;

private:
    CLI::Option *m_named = nullptr;
};

/// Wrong use of the command line or of a recipe: exit code 2.
struct UsageError {
    Message message;
};

/// A recipe by id or path, with --set applied. Throws UsageError.
Recipe chosenRecipe(const std::string &name, const std::vector<std::string> &overrides);
Recipe changedRecipe(Recipe recipe, const std::vector<std::string> &overrides); ///< --set alone

/// One line of a result on stdout, in the user's language.
void say(const Message &message);
/// One JSON document on stdout; text that is no UTF-8 (file names can be anything) is replaced, not fatal.
void printJson(const nlohmann::ordered_json &json);
nlohmann::ordered_json problemsJson(const std::vector<Problem> &problems);
/// Lists problems on stderr; DoneWithProblems where there are some.
ExitCode reportProblems(ConsoleContext &context);

/// What a command line asks for; set by parsing, which itself does nothing.
using Run = std::function<ExitCode()>;
/// The whole command line. `run` must outlive it.
std::unique_ptr<CLI::App> commandLine(Run &run);

/// Registers a command.
void addSampleCommand(CLI::App &app, Run &run);
void addMethodsCommand(CLI::App &app, Run &run);
void addRecipesCommand(CLI::App &app, Run &run);
void addExtractCommand(CLI::App &app, Run &run);
void addSearchCommand(CLI::App &app, Run &run);
void addSubmitCommand(CLI::App &app, Run &run);
void addEvaluateCommand(CLI::App &app, Run &run);
void addDuplicatesCommand(CLI::App &app, Run &run);
void addMatchCommand(CLI::App &app, Run &run);
void addModelsCommand(CLI::App &app, Run &run);
void addLabelCommand(CLI::App &app, Run &run);
void addIndexCommand(CLI::App &app, Run &run);
void addTrainCommand(CLI::App &app, Run &run);
void addBenchCommand(CLI::App &app, Run &run);
void addBenchMatchCommand(CLI::App &bench, Run &run);
void addBenchScaleCommand(CLI::App &bench, Run &run);
void addBenchVectorsCommand(CLI::App &bench, Run &run);

} // namespace likeness::cli
