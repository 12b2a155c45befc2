#include "app/cli/options.h"

namespace likeness::cli {

std::unique_ptr<CLI::App> commandLine(Run &run)
{
    auto app =
        std::make_unique<CLI::App>("Finds which picture in a collection is this one, or a copy of it.", "likeness-cli");
    app->require_subcommand(1);
    app->set_version_flag("--version", LIKENESS_VERSION);
    for (const auto add : {addSampleCommand, addMethodsCommand, addRecipesCommand, addExtractCommand, addSearchCommand,
                           addSubmitCommand, addEvaluateCommand, addDuplicatesCommand, addMatchCommand,
                           addModelsCommand, addLabelCommand, addIndexCommand, addTrainCommand, addBenchCommand})
        add(*app, run);
    return app;
}

} // namespace likeness::cli
