#include "app/cli/options.h"

#include "core/base/error.h"

namespace likeness::cli {

namespace {

std::string inUsersLanguage(const std::string &english)
{
    return english.empty() ? english : Message{english.c_str(), {}}.localised();
}

/// Descriptions stand in English beside their options, marked for translation.
void localise(CLI::App &command)
{
    command.description(inUsersLanguage(command.get_description()));
    for (CLI::Option *option : command.get_options())
        option->description(inUsersLanguage(option->get_description()));
    for (CLI::App *sub : command.get_subcommands({}))
        localise(*sub);
}

/// Headings of the help page, by the words that CLI11 has for them.
void localiseHeadings(CLI::App &app)
{
    for (const char *heading : {QT_TRANSLATE_NOOP("core", "Usage"), QT_TRANSLATE_NOOP("core", "Positionals"),
                                QT_TRANSLATE_NOOP("core", "Options"), QT_TRANSLATE_NOOP("core", "Subcommands"),
                                QT_TRANSLATE_NOOP("core", "OPTIONS"), QT_TRANSLATE_NOOP("core", "SUBCOMMAND"),
                                QT_TRANSLATE_NOOP("core", "REQUIRED")})
        app.get_formatter()->label(heading, inUsersLanguage(heading));
}

} // namespace

std::unique_ptr<CLI::App> commandLine(Run &run)
{
    auto app = std::make_unique<CLI::App>(
        QT_TRANSLATE_NOOP("core", "Finds which picture in a collection is this one, or a copy of it."), "likeness-cli");
    localiseHeadings(*app);
    app->require_subcommand(1);
    app->set_help_flag("-h,--help", QT_TRANSLATE_NOOP("core", "Print this help and exit"));
    app->set_version_flag("--version", LIKENESS_VERSION, QT_TRANSLATE_NOOP("core", "Print the version and exit"));
    for (const auto add : {addSampleCommand, addMethodsCommand, addRecipesCommand, addExtractCommand, addSearchCommand,
                           addSubmitCommand, addEvaluateCommand, addDuplicatesCommand, addMatchCommand,
                           addModelsCommand, addLabelCommand, addIndexCommand, addTrainCommand, addBenchCommand})
        add(*app, run);
    localise(*app);
    return app;
}

} // namespace likeness::cli
