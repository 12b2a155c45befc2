#include "app/cli/options.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/commands/argument_parser.h"
#include "core/nets/run/network.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <regex>

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

/// What CLI11 complains of, in our words. It gives the parts of a complaint as one English text only; a text that is
/// not known here, of a version to come, stays as it is.
std::string usageMessage(const CLI::App *, const CLI::Error &error)
{
    struct Wording {
        const char *theirs, *ours;
    };
    static constexpr Wording wordings[] = {
        {"A subcommand is required", QT_TRANSLATE_NOOP("core", "a command is missing")},
        {"(.*) is required", QT_TRANSLATE_NOOP("core", "%1 is missing")},
        {"The following arguments? (?:was|were) not expected: (.*)",
         QT_TRANSLATE_NOOP("core", "not expected here: %1")},
        {"Could not convert: (.*) = (.*)", QT_TRANSLATE_NOOP("core", "%1 cannot be %2")},
        {"(.*): Value (.*) not in range \\[?(.*?)(?: to | - )(.*?)\\]?",
         QT_TRANSLATE_NOOP("core", "%1 cannot be %2: it lies between %3 and %4")},
        {"(.*): (.*) not in \\{(.*)\\}", QT_TRANSLATE_NOOP("core", "%1 cannot be %2: it is one of %3")},
        {"(.*): Number less or equal to 0: \\(?(.*?)\\)?",
         QT_TRANSLATE_NOOP("core", "%1 cannot be %2: it is larger than 0")},
        {"(.*): \\d+ required .* missing", QT_TRANSLATE_NOOP("core", "%1 needs a value")},
        {"(.*) excludes (.*)", QT_TRANSLATE_NOOP("core", "%1 and %2 exclude each other")},
    };
    const std::string theirs = error.what();
    Message message{"%1", {theirs}};
    for (const Wording &wording : wordings)
        if (std::smatch parts; std::regex_match(theirs, parts, std::regex(wording.theirs))) {
            message = {wording.ours, {parts.begin() + 1, parts.end()}};
            break;
        }
    return "likeness-cli: " + message.localised() + '\n' +
           inUsersLanguage(QT_TRANSLATE_NOOP("core", "--help says how it is used")) + '\n';
}

/// Registers commands. Those with further words in their names stand behind the ones that they belong to.
template <class... Commands> void addCommands(CLI::App &app, Run &run)
{
    const auto add = [&]<class Command>(std::shared_ptr<Command> command) {
        CLI::App &parser = addParser(app, Command::name, Command::help, command->arguments());
        parser.callback([&run, &parser, command] {
            if (!parser.get_subcommands().empty())
                return; // the inner one does it
            run = [command] {
                setThreadCount(command->threads);
                if (!command->device.empty())
                    setNetworkDevice(networkDeviceNamed(command->device));
                return cli::run(*command);
            };
        });
    };
    (add(std::make_shared<Commands>()), ...);
}

void addGroup(CLI::App &app, const char *name, const char *help)
{
    app.add_subcommand(name, help)->require_subcommand(1);
}

} // namespace

std::unique_ptr<CLI::App> commandLine(Run &run)
{
    auto app = std::make_unique<CLI::App>(
        QT_TRANSLATE_NOOP("core", "Finds which picture in a collection is this one, or a copy of it."), "likeness-cli");
    localiseHeadings(*app);
    app->failure_message(usageMessage);
    app->require_subcommand(1);
    app->set_help_flag("-h,--help", QT_TRANSLATE_NOOP("core", "Print this help and exit"));
    app->set_version_flag("--version", LIKENESS_VERSION, QT_TRANSLATE_NOOP("core", "Print the version and exit"));
    addCommands<SampleCommand, MethodsCommand, RecipesCommand, ExtractCommand, SearchCommand, SubmitCommand,
                EvaluateCommand, DuplicatesCommand, MatchCommand>(*app, run);
    addGroup(
        *app, "models",
        QT_TRANSLATE_NOOP("core", "Networks: list, show, fetch, import, vocabulary, compare, look, verify, remove"));
    addCommands<ModelsFetchCommand, ModelsVocabularyCommand, ModelsImportCommand, ModelsListCommand, ModelsShowCommand,
                ModelsVerifyCommand, ModelsRemoveCommand, ModelsCompareCommand, ModelsLookCommand, LabelCommand>(*app,
                                                                                                                 run);
    addGroup(*app, "index", QT_TRANSLATE_NOOP("core", "A persistent index of a folder of images"));
    addCommands<IndexBuildCommand, IndexUpdateCommand, IndexInfoCommand, IndexVerifyCommand, IndexSearchCommand,
                TrainCommand, BenchCommand, BenchMatchCommand, BenchScaleCommand, BenchVectorsCommand>(*app, run);
    localise(*app);
    return app;
}

} // namespace likeness::cli
