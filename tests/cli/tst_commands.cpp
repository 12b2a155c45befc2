// The command line is said once: what a command prints is what its parser reads, for every argument of every command.
#include "core/commands/argument_parser.h"
#include "core/commands/bench_commands.h"
#include "core/commands/index_commands.h"
#include "core/commands/listing_commands.h"
#include "core/commands/match_command.h"
#include "core/commands/model_commands.h"
#include "core/commands/search_commands.h"
#include "core/commands/train_command.h"
#include "tests/support/locale_of.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <QProcess>
#include <QTest>
#include <cstring>
#include <set>
#include <tuple>

using namespace likeness;

namespace {

/// As a shell splits it, the last word first: CLI11 takes them from the back.
std::vector<std::string> reversedWords(const std::string &line)
{
    QProcess shell;
    shell.start(QStringLiteral("/bin/sh"),
                {QStringLiteral("-c"), QStringLiteral("printf '%s\\0' ") + QString::fromStdString(line)});
    if (!shell.waitForFinished(30'000) || shell.exitCode() != 0)
        qFatal("no shell");
    QList<QByteArray> parts = shell.readAllStandardOutput().split('\0');
    parts.removeLast();
    parts.removeFirst(); // likeness-cli
    std::vector<std::string> words;
    for (const QByteArray &part : parts)
        words.insert(words.begin(), part.toStdString());
    return words;
}

/// Something that is not the default, is allowed, and is hard for a shell where it can be.
void fill(const Argument &argument)
{
    static int count = 0;
    const double middle =
        argument.range ? argument.range->least + (argument.range->most - argument.range->least) / 4 : 3.25;
    const std::string text =
        argument.choices.empty() ? "it's \"a\" $HOME `b` \\ 相似 *" + std::to_string(++count) : argument.choices.back();
    std::visit(
        [&](auto *value) {
            using T = std::remove_pointer_t<decltype(value)>;
            if constexpr (std::is_same_v<T, bool>)
                *value = true;
            else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::optional<std::string>>)
                *value = text;
            else if constexpr (std::is_same_v<T, std::vector<std::string>>)
                *value = {text, "a=b", "second"};
            else if constexpr (std::is_same_v<T, std::vector<double>>)
                *value = {1, -0.5};
            else
                *value = static_cast<T>(middle); // a number, or one that may be missing
        },
        argument.value);
}

/// What is wrong with a command; empty where all comes back.
template <class Command> QString wrongWith()
{
    const Arguments names = Command().arguments();
    // Once with all arguments but those that the other side excludes, once the other way round.
    for (const bool excluding : {false, true}) {
        Command given;
        std::set<std::string> excluded;
        for (const Argument &argument : names)
            if (argument.excludes)
                excluded.insert(excluding ? argument.name : argument.excludes);
        for (const Argument &argument : given.arguments())
            if (!excluded.contains(argument.name))
                fill(argument);
        const std::string line = printed(given);
        Command read;
        CLI::App app;
        const std::string name = Command::name;
        if (const auto space = name.find(' '); space != std::string::npos)
            app.add_subcommand(name.substr(0, space));
        addParser(app, Command::name, Command::help, read.arguments());
        try {
            app.parse(reversedWords(line));
        } catch (const CLI::ParseError &error) {
            return QString::fromStdString(line + "\n" + error.what());
        }
        if (printed(read) != line)
            return QString::fromStdString(line + "\ncame back as\n" + printed(read));
        for (const Argument &argument : names)
            if (!excluded.contains(argument.name) && argument.name[0] == '-' &&
                line.find(std::string(argument.name, std::strcspn(argument.name, ","))) == std::string::npos)
                return QString::fromStdString(line + "\nlacks " + argument.name);
    }
    return {};
}

} // namespace

class TestCommands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsPrintedIsReadBack_data()
    {
        QTest::addColumn<QString>("wrong");
        const auto add = []<class... Commands>(std::type_identity<std::tuple<Commands...>>) {
            ((QTest::newRow(Commands::name) << wrongWith<Commands>()), ...);
        };
        add(std::type_identity<
            std::tuple<SampleCommand, MethodsCommand, RecipesCommand, ExtractCommand, SearchCommand, SubmitCommand,
                       EvaluateCommand, DuplicatesCommand, MatchCommand, LabelCommand, IndexBuildCommand,
                       IndexUpdateCommand, IndexInfoCommand, IndexVerifyCommand, IndexSearchCommand, TrainCommand,
                       BenchCommand, BenchMatchCommand, BenchScaleCommand, BenchVectorsCommand, ModelsListCommand,
                       ModelsFetchCommand, ModelsImportCommand, ModelsVocabularyCommand, ModelsCompareCommand,
                       ModelsLookCommand, ModelsShowCommand, ModelsVerifyCommand, ModelsRemoveCommand>>{});
    }
    void whatIsPrintedIsReadBack()
    {
        QFETCH(QString, wrong);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void onlyWhatDiffersFromTheDefaultIsPrinted()
    {
        SearchCommand search;
        search.workspace = "a folder";
        QCOMPARE(printed(search), std::string("likeness-cli search 'a folder'"));
        search.top = 100;
        search.weights = {1, -0.25};
        search.recipe = "best"; // named, whatever the default will be one day
        QCOMPARE(printed(search),
                 std::string("likeness-cli search 'a folder' --recipe best --top 100 --weight 1 --weight -0.25"));
    }

    void aValueThatLooksLikeANameIsOne()
    {
        SearchCommand search;
        search.workspace = "w";
        search.queries = {"--top"};
        QCOMPARE(printed(search), std::string("likeness-cli search w --query=--top"));
        SearchCommand read;
        CLI::App app;
        addParser(app, SearchCommand::name, SearchCommand::help, read.arguments());
        app.parse(reversedWords(printed(search)));
        QCOMPARE(read.queries, search.queries);
    }

    void anEmptyRecipeIsNotTheDefaultOne()
    {
        SearchCommand read;
        CLI::App app;
        addParser(app, SearchCommand::name, SearchCommand::help, read.arguments());
        app.parse(reversedWords("likeness-cli search w --recipe ''")); // as by a script with an empty variable
        QCOMPARE(read.recipe, std::optional<std::string>(""));
        QCOMPARE(printed(read), std::string("likeness-cli search w --recipe ''"));
    }

    void numbersHaveAPointInEveryLocale()
    {
        SubmitCommand submit;
        submit.workspace = "w";
        submit.out.path = "o";
        submit.threshold = 0.1;
        const test::LocaleOf comma("de_DE.UTF-8");
        QVERIFY(comma.there());
        QCOMPARE(printed(submit), std::string("likeness-cli submit w --out o --threshold 0.1"));
    }
};

QTEST_GUILESS_MAIN(TestCommands)
#include "tst_commands.moc"
