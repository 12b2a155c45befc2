#pragma once

#include "app/cli/console_context.h"
#include "core/commands/bench_commands.h"
#include "core/commands/index_commands.h"
#include "core/commands/listing_commands.h"
#include "core/commands/match_command.h"
#include "core/commands/model_commands.h"
#include "core/commands/search_commands.h"
#include "core/commands/train_command.h"
#include "core/search/engine.h"

#include <CLI/App.hpp>
#include <nlohmann/json.hpp>

namespace likeness::cli {

enum ExitCode { Done = 0, DoneWithProblems = 1, BadUsage = 2, NothingDone = 3, Interrupted = 130 };

/// Null with --no-cache.
std::shared_ptr<FeatureCache> openCache(const CommonArguments &command);

/// Wrong use of the command line or of a recipe: exit code 2.
struct UsageError {
    Message message;
};

/// A recipe by id or path, with --set applied. Throws UsageError.
Recipe chosenRecipe(const std::string &name, const std::vector<std::string> &overrides);
/// The recipe that is named, else that of the index that was opened, else the default one; with --set applied.
Recipe chosenRecipe(const RecipeArguments &command, const Engine *opened = nullptr);
Recipe changedRecipe(Recipe recipe, const std::vector<std::string> &overrides); ///< --set alone
/// Before any work: throws Error{InvalidArgument} that names the file which would be replaced without --force.
void checkOutput(const OutputFile &out);

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

/// What the commands do. Threads and device hold already.
ExitCode run(const SampleCommand &command);
ExitCode run(const MethodsCommand &command);
ExitCode run(const RecipesCommand &command);
ExitCode run(const ExtractCommand &command);
ExitCode run(const SearchCommand &command);
ExitCode run(const SubmitCommand &command);
ExitCode run(const EvaluateCommand &command);
ExitCode run(const DuplicatesCommand &command);
ExitCode run(const MatchCommand &command);
ExitCode run(const ModelsListCommand &command);
ExitCode run(const ModelsShowCommand &command);
ExitCode run(const ModelsFetchCommand &command);
ExitCode run(const ModelsImportCommand &command);
ExitCode run(const ModelsVocabularyCommand &command);
ExitCode run(const ModelsCompareCommand &command);
ExitCode run(const ModelsLookCommand &command);
ExitCode run(const ModelsVerifyCommand &command);
ExitCode run(const ModelsRemoveCommand &command);
ExitCode run(const LabelCommand &command);
ExitCode run(const IndexBuildCommand &command);
ExitCode run(const IndexUpdateCommand &command);
ExitCode run(const IndexInfoCommand &command);
ExitCode run(const IndexVerifyCommand &command);
ExitCode run(const IndexSearchCommand &command);
ExitCode run(const TrainCommand &command);
ExitCode run(const BenchCommand &command);
ExitCode run(const BenchMatchCommand &command);
ExitCode run(const BenchScaleCommand &command);
ExitCode run(const BenchVectorsCommand &command);

} // namespace likeness::cli
