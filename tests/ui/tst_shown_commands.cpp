// Every command line that a page shows is understood by the command line, and gives what the window shows.
#include "app/cli/options.h"
#include "core/base/file.h"
#include "core/data/sample_workspace.h"
#include "core/search/recipe_store.h"
#include "core/train/training_runs.h"
#include "tests/support/sandbox.h"
#include "ui/main_window.h"
#include "ui/pages/benchmark_page.h"
#include "ui/pages/browse_page.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/export_dialog.h"
#include "ui/pages/families_page.h"
#include "ui/pages/index_page.h"
#include "ui/pages/labels_page.h"
#include "ui/pages/match_page.h"
#include "ui/pages/models_page.h"
#include "ui/pages/recipe_page.h"
#include "ui/pages/trade_off_page.h"
#include "ui/pages/train_page.h"
#include "ui/session_commands.h"
#include "ui/util/convert.h"
#include "ui/widgets/bars.h"

#include <QApplication>
#include <QDir>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace likeness;
using namespace likeness::ui;
using nlohmann::json;

namespace {

/// As a shell splits it.
std::vector<std::string> wordsOf(const QString &command)
{
    QProcess shell;
    shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QStringLiteral("printf '%s\\0' ") + command});
    if (!shell.waitForFinished(30'000) || shell.exitCode() != 0)
        return {};
    std::vector<std::string> words;
    for (const QByteArray &word : shell.readAllStandardOutput().split('\0'))
        words.push_back(word.toStdString());
    words.pop_back(); // after the last end
    return words;
}

/// Empty where the command line understands it, else what it says.
QString refusalOf(const QString &command)
{
    std::vector<std::string> words = wordsOf(command);
    if (words.size() < 2 || words.front() != "likeness-cli")
        return QStringLiteral("no command line");
    words.erase(words.begin());
    std::ranges::reverse(words); // CLI11 takes them from the back
    cli::Run run;
    const auto app = cli::commandLine(run);
    try {
        app->parse(words);
    } catch (const CLI::ParseError &error) {
        return QString::fromUtf8(error.what());
    }
    return run ? QString() : QStringLiteral("nothing would be done");
}

} // namespace

class TestShownCommands : public QObject {
    Q_OBJECT
    std::unique_ptr<MainWindow> m_window;
    QTemporaryDir m_dir;
    QStringList m_kinds; // first words of the lines that were shown

    Session &session() { return m_window->session(); }
    QString root() const { return m_dir.filePath(QStringLiteral("it's a workspace")); }
    bool waitIdle()
    {
        return QTest::qWaitFor([this] { return !session().isBusy(); }, 300'000);
    }
    void open(const QString &folder)
    {
        m_window->open(folder);
        QVERIFY(waitIdle());
        QVERIFY(session().hasWorkspace());
    }
    static QString shownBy(const QWidget &page)
    {
        const auto *bar = page.findChild<CommandBar *>();
        return bar ? bar->command() : QString();
    }
    void understood(const QString &command)
    {
        QVERIFY2(!command.isEmpty(), "no command line is shown");
        const QString refusal = refusalOf(command);
        QVERIFY2(refusal.isEmpty(), qPrintable(command + QLatin1Char('\n') + refusal));
        const auto words = wordsOf(command);
        m_kinds << QString::fromStdString(words[1]);
    }
    void stop()
    {
        session().tasks().cancel();
        QVERIFY(waitIdle());
    }
    /// What the program answers to the line, run by a shell.
    static json answerTo(const QString &command)
    {
        QProcess shell;
        shell.start(QStringLiteral("/bin/sh"),
                    {QStringLiteral("-c"), QStringLiteral(CLI_PATH) + command.mid(command.indexOf(QLatin1Char(' '))) +
                                               QStringLiteral(" --json")});
        if (!shell.waitForFinished(300'000))
            qFatal("likeness-cli did not end");
        const QByteArray out = shell.readAllStandardOutput();
        return json::parse(out.begin(), out.end(), nullptr, false);
    }

private Q_SLOTS:
    void initTestCase()
    {
        writeSampleWorkspace(toPath(root()), {20, 6, 2, 3}, TaskContext::none());
        QVERIFY(QDir().mkpath(m_dir.filePath(QStringLiteral("secret"))));
        for (const char *folder : {"/dataset", "/query"}) // the same without a truth
            QVERIFY(QFile::link(root() + QLatin1String(folder),
                                m_dir.filePath(QStringLiteral("secret")) + QLatin1String(folder)));
        m_window = std::make_unique<MainWindow>();
        m_window->show();
        open(root());
    }
    void cleanupTestCase() { m_window.reset(); }

    void aSearchAnswersTheSame()
    {
        Recipe recipe = recipeNamed("phash");
        session().chooseRecipe(recipe);
        applyOverride(recipe, "perceptual-hash.orientations=true");
        session().changeRecipe(recipe);
        session().setQueryId(1);
        session().runQuery();
        QVERIFY(waitIdle());
        const QString command = searchCommand(session());
        understood(command);
        QVERIFY(command.contains(QStringLiteral("--set")));
        const json ranked = answerTo(command)["results"][0]["ranked"];
        const auto &own = session().currentResult()->ranking;
        QVERIFY(own.size() >= 5 && ranked.size() == own.size());
        for (std::size_t i = 0; i < own.size(); ++i)
            QCOMPARE(ranked[i]["source"].get<std::string>(), session().workspace()->gallery[own[i].image].name);
        understood(submitCommand(session(), m_dir.filePath(QStringLiteral("a b.csv")), 0.25));
    }

    void aMatchAnswersTheSame()
    {
        // A JPEG with colours, whose grey the decoder gives directly: what tells two ways of decoding apart.
        const auto &queries = session().workspace()->queries;
        const QString a = toQString(queries[0].path), b = toQString(session().workspace()->gallery[0].path);
        m_window->showPage<MatchPage>();
        MatchPage &page = m_window->page<MatchPage>();
        QSignalSpy matched(&page, &MatchPage::matched);
        page.setFiles(a, b);
        QVERIFY(QTest::qWaitFor([&] { return matched.count() > 0 && page.match(); }, 240'000));
        matched.clear();
        page.setOption("count", std::int64_t{300});
        QVERIFY(QTest::qWaitFor([&] { return matched.count() > 0; }, 240'000));
        const QString command = shownBy(page);
        understood(command);
        const json found = answerTo(command);
        QCOMPARE(found["keypoints_a"].get<std::size_t>(), page.match()->a.keypoints.size());
        QCOMPARE(found["keypoints_b"].get<std::size_t>(), page.match()->b.keypoints.size());
        QCOMPARE(found["matches"].get<std::size_t>(), page.match()->matches.size());
        QCOMPARE(found["inliers"].get<int>(), page.match()->inliers);
        for (std::size_t i = 0; found["matrix"].is_array() && i < 9; ++i)
            QCOMPARE(found["matrix"][i].get<double>(), page.match()->model()->val[i]);
        matched.clear();
        page.setOption("network", std::string("/no where/it's.onnx"));
        QVERIFY(QTest::qWaitFor([&] { return matched.count() > 0; }, 240'000));
        understood(shownBy(page));
        QVERIFY(shownBy(page).contains(QStringLiteral("it")));
    }

    void anIndexAnswersTheSame()
    {
        IndexPage &page = m_window->page<IndexPage>();
        m_window->showPage<IndexPage>();
        const QString folder = m_dir.filePath(QStringLiteral("an index"));
        page.build(root() + QStringLiteral("/dataset"), recipeNamed("tiny-image"), folder);
        understood(shownBy(page));
        QVERIFY(QTest::qWaitFor([&] { return page.shown() && !session().isBusy(); }, 300'000));
        page.open(folder);
        QVERIFY(waitIdle());
        session().setQueryId(0); // of the workspace whose dataset/ it is
        session().runQuery();
        QVERIFY(waitIdle());
        const QString command = searchCommand(session());
        understood(command);
        QVERIFY2(command.contains(folder), qPrintable(command));
        const json ranked = answerTo(command)["results"][0]["ranked"];
        const Ranking &own = session().currentResult()->ranking;
        QVERIFY(own.size() >= 5);
        QCOMPARE(ranked.size(), own.size());
        for (std::size_t i = 0; i < own.size(); ++i) {
            QCOMPARE(ranked[i]["source"].get<std::string>(), session().workspace()->gallery[own[i].image].name);
            QCOMPARE(ranked[i]["score"].get<float>(), own[i].score);
        }
        open(root()); // the tests behind this one look at the workspace
    }

    void aSubmissionIsCheckedTheSame()
    {
        open(m_dir.filePath(QStringLiteral("secret")));
        const QString file = m_dir.filePath(QStringLiteral("a submission.csv"));
        QFile csv(file);
        QVERIFY(csv.open(QIODevice::WriteOnly));
        csv.write("source,query\nnowhere.jpg,query0001.jpg\n");
        csv.close();
        m_window->openSubmission(file);
        const QWidget *page = nullptr;
        for (const CommandBar *bar : m_window->findChildren<CommandBar *>())
            if (bar->command().contains(QStringLiteral("--submission")))
                page = bar->parentWidget();
        QVERIFY(page);
        understood(shownBy(*page));
        const json report = answerTo(shownBy(*page));
        QCOMPARE(report[0]["problems"].size(),
                 std::size_t(session().workspace()->queries.size())); // one name, the rest
        QVERIFY(!report[0].contains("acc1"));
        open(root());
    }

    void theOtherPagesShowWhatIsUnderstood()
    {
        m_window->showPage<BrowsePage>();
        m_window->showPage<ComparePage>();
        session().runAll();
        understood(searchCommand(session()));
        stop();
        m_window->showPage<TradeOffPage>();
        m_window->page<TradeOffPage>().measure();
        understood(shownBy(m_window->page<TradeOffPage>()));
        stop();
        m_window->page<TradeOffPage>().analyse();
        understood(shownBy(m_window->page<TradeOffPage>()));
        stop();
        Recipe mine = recipeNamed("tiny-image");
        mine.id = "my recipe's";
        QVERIFY(session().recipes().save(mine).isEmpty());
        m_window->showPage<RecipePage>();
        m_window->page<RecipePage>().edit(mine);
        understood(shownBy(m_window->page<RecipePage>()));
        m_window->showPage<BenchmarkPage>();
        m_window->page<BenchmarkPage>().run(m_dir.filePath(QStringLiteral("no pairs")));
        understood(shownBy(m_window->page<BenchmarkPage>()));
        stop();
        m_window->showPage<FamiliesPage>();
        m_window->page<FamiliesPage>().measure();
        understood(shownBy(m_window->page<FamiliesPage>()));
        stop();
        m_window->showPage<ModelsPage>();
        m_window->page<ModelsPage>().import(m_dir.filePath(QStringLiteral("no model.onnx")));
        understood(shownBy(m_window->page<ModelsPage>()));
        QVERIFY(waitIdle());
        m_window->showPage<TrainPage>();
        TrainingRun run;
        run.name = "a run";
        run.sources = {toUtf8(toPath(root()))};
        run.recipe.set("train.epochs=2");
        m_window->page<TrainPage>().takeOver(run);
        understood(shownBy(m_window->page<TrainPage>()));
        // Every line glued together in a page was seen by its first word.
        for (const char *kind : {"search", "submit", "match", "index", "evaluate", "bench", "models", "train"})
            QVERIFY2(m_kinds.contains(QLatin1String(kind)), kind);
    }

    void aTradeOffWithoutATruthShowsNoCommand()
    {
        open(m_dir.filePath(QStringLiteral("secret")));
        m_window->showPage<TradeOffPage>();
        m_window->page<TradeOffPage>().measure();
        QCOMPARE(shownBy(m_window->page<TradeOffPage>()), QString());
        stop();
    }

    void aForeignLineIsRefused()
    {
        QVERIFY(!refusalOf(QStringLiteral("likeness-cli serach x")).isEmpty());
        QVERIFY(!refusalOf(QStringLiteral("likeness-cli match a b --no-cache")).isEmpty());
        QVERIFY(!refusalOf(QStringLiteral("likeness-cli search a b 'c d'")).isEmpty());
    }
};

int main(int argc, char **argv)
{
    const test::Sandbox sandbox;
    QApplication app(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("likeness"));
    QCoreApplication::setApplicationName(QStringLiteral("likeness"));
    TestShownCommands test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_shown_commands.moc"
