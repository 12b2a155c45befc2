// The recipe editor, the trade-off page and indexes on disk, as people use them.
#include "core/base/file.h"
#include "core/data/sample_workspace.h"
#include "core/search/recipe_store.h"
#include "tests/support/window_test.h"
#include "ui/main_window.h"
#include "ui/pages/browse_page.h"
#include "ui/pages/index_page.h"
#include "ui/pages/recipe_page.h"
#include "ui/pages/search_page.h"
#include "ui/pages/trade_off_page.h"
#include "ui/recipe_library.h"
#include "ui/session_commands.h"
#include "ui/util/convert.h"
#include "ui/util/settings.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/chain_list.h"
#include "ui/widgets/index_dialog.h"
#include "ui/widgets/point_chart.h"
#include "ui/widgets/vector_plots.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>
#include <fstream>
#include <sys/stat.h>
#include <thread>

using namespace likeness;
using namespace likeness::ui;

class TestRecipePages : public QObject {
    Q_OBJECT
    std::unique_ptr<MainWindow> m_window;
    QTemporaryDir m_dir;
    QString m_workspace = m_dir.filePath(QStringLiteral("workspace"));

    template <class Widget> Widget *find(const char *name) const
    {
        return m_window->findChild<Widget *>(QString::fromLatin1(name));
    }
    Session &session() { return m_window->session(); }
    RecipePage &recipes() { return m_window->page<RecipePage>(); }
    bool waitIdle()
    {
        return QTest::qWaitFor([this] { return !session().isBusy(); }, 300'000);
    }
    void openWorkspace()
    {
        m_window->open(m_workspace);
        QVERIFY(waitIdle());
        QVERIFY(session().hasWorkspace());
    }
    void edit(const char *id)
    {
        m_window->showPage<RecipePage>();
        recipes().edit(recipeNamed(id));
    }
    void click(const char *name)
    {
        auto *button = find<QAbstractButton>(name);
        QVERIFY(button && button->isEnabled());
        button->click();
    }
    std::string bestAnswer()
    {
        const auto &answer = session().currentResult();
        return answer && !answer->ranking.empty() ? session().workspace()->gallery[answer->ranking[0].image].name : "";
    }
    void add(const char *stage) { find<QAction>(qPrintable(QStringLiteral("add-") + QLatin1String(stage)))->trigger(); }
    QStringList shownStages() const
    {
        QStringList names;
        for (int i = 0; i < find<QListWidget>("stages")->count(); ++i)
            names << find<QListWidget>("stages")->item(i)->text().section(QLatin1Char('\n'), 0, 0);
        return names;
    }

private Q_SLOTS:
    void initTestCase() { writeSampleWorkspace(m_workspace.toStdString(), {30, 12, 4, 2}, TaskContext::none()); }

    void init()
    {
        applyLanguage("en");
        m_window = std::make_unique<MainWindow>();
        m_window->resize(1320, 840);
        m_window->show();
        m_window->page<RecipePage>();
    }

    void cleanup()
    {
        m_window.reset();
        for (const Recipe &recipe : userRecipes())
            removeUserRecipe(recipe.id);
    }

    void stagesAreDraggedIntoAnotherOrder()
    {
        edit("task6-whiten");
        const QStringList before = shownStages();
        auto *list = find<QListWidget>("stages");
        QVERIFY(list->model()->moveRow({}, 2, {}, 1)); // what a drop does
        QCoreApplication::processEvents();
        const QStringList after = shownStages();
        QCOMPARE(after[1], before[2]);
        QCOMPARE(after[2], before[1]);
        QCOMPARE(recipes().chain()[1].choice.id, std::string("unit-length"));
        click("undoRecipe");
        QCOMPARE(shownStages(), before);
        list->setCurrentRow(2);
        QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
        QCoreApplication::processEvents();
        QCOMPARE(shownStages(), after);
    }

    void aPlaceThatMakesNoSenseIsRefusedInWords()
    {
        edit("task6-whiten");
        const QStringList before = shownStages();
        find<QListWidget>("stages")->model()->moveRow({}, 1, {}, 5); // PCA behind the ranker
        QCoreApplication::processEvents();
        QCOMPARE(shownStages(), before);
        bool said = false;
        for (MessageBar *bar : recipes().findChildren<MessageBar *>())
            said |= bar->isVisible() && bar->text().contains(QStringLiteral("cannot stand here"));
        QVERIFY(said);
        QVERIFY(find<QPushButton>("saveRecipe")->isEnabled());
    }

    void everyStageSaysWhatItDoesAndHasItsForm()
    {
        edit("task6-whiten");
        find<QListWidget>("stages")->setCurrentRow(1);
        QVERIFY(find<QLabel>("stageSummary")->text().length() > 40);
        auto *dims = find<QSpinBox>("stage.pca.dims");
        QVERIFY(dims);
        dims->setValue(64);
        QCOMPARE(std::get<std::int64_t>(recipes().chain()[1].choice.params.at("dims")), std::int64_t(64));
        dims->setValue(65);
        click("undoRecipe"); // both steps of one field are one change
        QCOMPARE(std::get<std::int64_t>(recipes().chain()[1].choice.params.at("dims")), std::int64_t(100));
    }

    void aChainIsBuiltSavedAndSearchedWith()
    {
        openWorkspace();
        edit("tiny-image");
        for (const char *stage : {"centre", "pca", "unit-length", "query-expansion"})
            add(stage);
        find<QListWidget>("stages")->setCurrentRow(4);
        auto *other = find<QComboBox>("stageChoice");
        other->setCurrentIndex(other->findData(QStringLiteral("pq")));
        Q_EMIT other->activated(other->currentIndex());
        find<QLineEdit>("recipeName")->setText(QStringLiteral("small 小"));
        click("saveRecipe");
        QVERIFY(m_window->isShown<SearchPage>());
        QCOMPARE(session().recipe().id, std::string("small 小"));
        QCOMPARE(find<QLabel>("recipeName.shown")->text(), QStringLiteral("small 小"));
        session().runAll();
        QVERIFY(waitIdle());
        QVERIFY(session().results().complete());
        QVERIFY(session().results().metrics()->acc1 > 0.2);
        QVERIFY(searchCommand(session()).contains(QStringLiteral("'small 小'")));
        QVERIFY(recipeNamed("small 小") == session().recipe());
    }

    void anUnsoundRecipeCannotBeSavedAndSaysWhy()
    {
        edit("phash");
        add("pca");
        QVERIFY(!find<QPushButton>("saveRecipe")->isEnabled());
        QVERIFY(find<QLabel>("recipeState")->text().contains(QStringLiteral("cannot use the features")));
        click("undoRecipe");
        QVERIFY(find<QPushButton>("saveRecipe")->isEnabled());
        find<QLineEdit>("recipeName")->setText(QStringLiteral("phash"));
        QVERIFY(!find<QPushButton>("saveRecipe")->isEnabled());
        QVERIFY(find<QLabel>("recipeState")->text().contains(QStringLiteral("comes with the program")));
    }

    void aDeletedRecipeCanBeSavedAgain()
    {
        edit("tiny-image");
        find<QLineEdit>("recipeName")->setText(QStringLiteral("mine"));
        click("saveRecipe");
        m_window->showPage<RecipePage>();
        click("deleteRecipe");
        QVERIFY(userRecipes().empty());
        QVERIFY(session().recipe().id != "mine");
        click("saveRecipe");
        QCOMPARE(userRecipes().size(), std::size_t(1));
    }

    void beginningAnotherRecipeAsksAboutUnsavedChanges()
    {
        edit("tiny-image");
        add("centre");
        const Chain unsaved = recipes().chain();
        const auto begin = [this](QMessageBox::StandardButton answer) {
            edit("phash");
            auto *question = m_window->findChild<QMessageBox *>();
            QVERIFY(question);
            question->button(answer)->click();
            QTRY_VERIFY(!m_window->findChild<QMessageBox *>());
        };
        begin(QMessageBox::Cancel);
        QVERIFY(recipes().chain() == unsaved && recipes().isUnsaved());
        begin(QMessageBox::Discard);
        QVERIFY(recipes().chain() == chainOf(recipeNamed("phash")) && !recipes().isUnsaved());
        QVERIFY(!find<QToolButton>("undoRecipe")->isEnabled());
    }

    void aDeletedRecipeIsNoUnsavedOne()
    {
        edit("tiny-image");
        find<QLineEdit>("recipeName")->setText(QStringLiteral("mine"));
        click("saveRecipe");
        m_window->showPage<RecipePage>();
        click("deleteRecipe");
        const Chain deleted = recipes().chain();
        m_window->rebuild();
        m_window->showPage<BrowsePage>();
        m_window->showPage<RecipePage>();
        QVERIFY(recipes().chain() == deleted); // it can still be saved again
        m_window->close();
        QVERIFY(!m_window->findChild<QMessageBox *>());
        QTRY_VERIFY(!m_window->isVisible());
    }

    void whatWasDiscardedIsGoneWhenTheWindowStays()
    {
        edit("tiny-image");
        add("centre");
        const test::LongJob job(session(), "Indexing photos");
        m_window->close();
        m_window->findChild<QMessageBox *>()->button(QMessageBox::Discard)->click();
        QTRY_VERIFY(find<QPushButton>("doNotClose"));
        find<QPushButton>("doNotClose")->click();
        QVERIFY(m_window->isVisible() && !recipes().isUnsaved());
        QVERIFY(recipes().chain() == chainOf(session().recipe()));
    }

    void aCloseThatWasCalledOffAsksAgain()
    {
        {
            const test::LongJob stopped(session(), "Indexing photos");
            m_window->close();
            find<QPushButton>("stopAndClose")->click();
            edit("tiny-image");
            add("centre");
            QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<QMessageBox *>() &&
                                         m_window->findChild<QMessageBox *>()->button(QMessageBox::Discard),
                                     240'000);
        }
        m_window->findChild<QMessageBox *>()->button(QMessageBox::Cancel)->click();
        QTRY_VERIFY(!m_window->findChild<QMessageBox *>());
        click("undoRecipe");
        const test::LongJob other(session(), "Downloading a model");
        m_window->close();
        QVERIFY(find<QPushButton>("stopAndClose"));
        QVERIFY(m_window->isVisible());
        find<QPushButton>("doNotClose")->click();
    }

    void branchesAreWeighedAndRemoved()
    {
        edit("likeness-small");
        add("perceptual-hash");
        QVERIFY(find<QListWidget>("stages")->count() >= 5);
        QVERIFY(find<QWidget>("branchWeight"));
        find<QListWidget>("stages")->setCurrentRow(0);
        click("removeStage");
        QCOMPARE(recipes().chain()[0].choice.id, std::string("perceptual-hash"));
        QVERIFY(find<QPushButton>("saveRecipe")->isEnabled());
    }

    void recipesAreMeasuredAndAClickOpensOne()
    {
        openWorkspace();
        m_window->showPage<TradeOffPage>();
        auto *list = find<QListWidget>("measuredRecipes");
        for (int i = 0; i < list->count(); ++i) {
            const QString id = list->item(i)->data(Qt::UserRole).toString();
            list->item(i)->setCheckState(
                id == QLatin1String("tiny-image") || id == QLatin1String("task6-pq") ? Qt::Checked : Qt::Unchecked);
        }
        click("measureRecipes");
        QVERIFY(waitIdle());
        const auto &measured = m_window->page<TradeOffPage>().measured();
        QCOMPARE(measured.size(), std::size_t(2));
        auto *table = find<QTableWidget>("tradeOffTable");
        QCOMPARE(table->rowCount(), 2);
        for (int row = 0; row < 2; ++row)
            for (int column = 0; column < table->columnCount(); ++column)
                QVERIFY2(!table->item(row, column)->text().isEmpty(), qPrintable(QString::number(column)));
        find<QComboBox>("cost")->setCurrentIndex(2); // bytes an image
        auto *chart = find<PointChart>("tradeOffChart");
        const QString file = m_dir.filePath(QStringLiteral("trade-off.csv"));
        QVERIFY(chart->save(file, "x").isEmpty());
        QTest::qWait(200); // the chart lays itself out
        const auto placeOf = [&](std::size_t i) {
            return chart->positionOf({measured[i].evaluation.indexBytes, measured[i].evaluation.metrics.uap}).toPoint();
        };
        const QPoint place = placeOf(0);
        QVERIFY((place - placeOf(1)).manhattanLength() > 20);
        QWidget *target = chart->childAt(place);
        QVERIFY(target);
        QTest::mouseClick(target, Qt::LeftButton, {}, target->mapFrom(chart, place));
        QVERIFY(m_window->isShown<RecipePage>());
        QVERIFY(recipes().chain() == chainOf(measured[0].recipe));
    }

    void aChangeOfLanguageKeepsTheMeasurements()
    {
        openWorkspace();
        m_window->showPage<TradeOffPage>();
        auto *list = find<QListWidget>("measuredRecipes");
        for (int i = 0; i < list->count(); ++i) {
            const QString id = list->item(i)->data(Qt::UserRole).toString();
            const bool wanted = id == QLatin1String("tiny-image") || id == QLatin1String("phash");
            list->item(i)->setCheckState(wanted ? Qt::Checked : Qt::Unchecked);
        }
        click("measureRecipes");
        m_window->rebuild(); // another language was chosen, while it measures
        QVERIFY(waitIdle());
        QCOMPARE(m_window->page<TradeOffPage>().measured().size(), std::size_t(2));
        QCOMPARE(find<QTableWidget>("tradeOffTable")->rowCount(), 2);
        m_window->rebuild();
        QCOMPARE(m_window->page<TradeOffPage>().measured().size(), std::size_t(2));
        QCOMPARE(find<QTableWidget>("tradeOffTable")->rowCount(), 2);
        list = find<QListWidget>("measuredRecipes");
        int checked = 0;
        for (int i = 0; i < list->count(); ++i)
            checked += list->item(i)->checkState() == Qt::Checked;
        QCOMPARE(checked, 2);
    }

    void anUnsavedRecipeAsksOnClosingAndOutlivesAChangeOfLanguage()
    {
        edit("tiny-image");
        add("centre");
        QVERIFY(find<QLabel>("recipeState")->text().contains(QStringLiteral("Unsaved")));
        const Chain chain = recipes().chain();
        m_window->rebuild();
        QVERIFY(recipes().chain() == chain && recipes().isUnsaved());
        m_window->close();
        auto *question = m_window->findChild<QMessageBox *>();
        QVERIFY(question && m_window->isVisible());
        question->button(QMessageBox::Cancel)->click();
        QVERIFY(m_window->isVisible() && recipes().isUnsaved());
        QTRY_VERIFY(!m_window->findChild<QMessageBox *>());
        m_window->close();
        m_window->findChild<QMessageBox *>()->button(QMessageBox::Save)->click();
        QTRY_VERIFY(!m_window->isVisible());
        QCOMPARE(userRecipes().size(), std::size_t(1));
    }

    void theVectorsOfARecipeAreDrawn()
    {
        openWorkspace();
        m_window->showPage<TradeOffPage>();
        auto *list = find<QListWidget>("measuredRecipes");
        for (int i = 0; i < list->count(); ++i)
            if (list->item(i)->data(Qt::UserRole).toString() == QLatin1String("likeness-lite"))
                list->setCurrentRow(i);
        find<QTabWidget>("tradeOffTabs")->setCurrentIndex(1);
        click("analyseVectors");
        QVERIFY(waitIdle());
        auto *plots = find<VectorPlots>("vectorPlots");
        QVERIFY(plots->isVisible());
        QVERIFY(find<QLabel>("vectorSummary")->text().contains(QStringLiteral("30 vectors")));
        for (const char *name : {"plots.csv", "plots.svg", "plots.png"})
            QVERIFY(plots->save(m_dir.filePath(QString::fromLatin1(name))).isEmpty());
        const QString csv = QString::fromStdString(readText(toPath(m_dir.filePath(QStringLiteral("plots.csv")))));
        for (const char *plot : {"explained variance", "recall by codes", "distance same before"})
            QVERIFY(csv.contains(QLatin1String(plot)));
        // A recipe without vectors is an inline message.
        for (int i = 0; i < list->count(); ++i)
            if (list->item(i)->data(Qt::UserRole).toString() == QLatin1String("phash"))
                list->setCurrentRow(i);
        click("analyseVectors");
        QVERIFY(waitIdle());
        QVERIFY(m_window->messages().text().contains(QStringLiteral("gives no vectors")));
    }

    void vectorsOfAnotherFolderAreNotShown()
    {
        openWorkspace();
        m_window->showPage<TradeOffPage>();
        auto *list = find<QListWidget>("measuredRecipes");
        for (int i = 0; i < list->count(); ++i)
            if (list->item(i)->data(Qt::UserRole).toString() == QLatin1String("likeness-lite"))
                list->setCurrentRow(i);
        test::LongJob first(session(), "Indexing photos");
        m_window->page<TradeOffPage>().analyse(); // waits
        m_window->open(m_workspace + "/dataset");
        QTRY_VERIFY(session().workspace()->queries.empty());
        first.finish();
        QVERIFY(waitIdle());
        QVERIFY(find<VectorPlots>("vectorPlots")->isHidden());
        m_window->page<TradeOffPage>().analyse();
        QVERIFY(waitIdle());
        QVERIFY(!find<VectorPlots>("vectorPlots")->isHidden());
        openWorkspace();
        QVERIFY(find<VectorPlots>("vectorPlots")->isHidden());
    }

    void aCancelledMeasurementIsNotSaidToGoOn()
    {
        openWorkspace();
        m_window->showPage<TradeOffPage>();
        click("measureRecipes"); // those that are suggested
        const auto goesOn = [this] {
            static const QRegularExpression going(QStringLiteral("\\(\\d+ of \\d+\\)"));
            for (const QLabel *label : m_window->page<TradeOffPage>().findChildren<QLabel *>())
                if (label->text().contains(going))
                    return true;
            return false;
        };
        QVERIFY(QTest::qWaitFor(goesOn, 240'000));
        session().jobs().cancel();
        QVERIFY(waitIdle());
        QVERIFY(!goesOn());
        const test::LongJob other(session(), "Indexing photos");
        for (const int tab : {1, 0})
            find<QTabWidget>("tradeOffTabs")->setCurrentIndex(tab);
        QVERIFY(!goesOn());
    }

    void anIndexOfFewCandidatesAnswersInTheWindow()
    {
        Recipe few = recipeNamed("task6-pq");
        applyOverride(few, "pq.candidates=5");
        applyOverride(few, "pq.rescore=0");
        IndexPage &page = m_window->page<IndexPage>();
        m_window->showPage<IndexPage>();
        page.build(m_workspace + "/dataset", few, m_dir.filePath(QStringLiteral("few")));
        QVERIFY(waitIdle());
        QTRY_VERIFY(page.shown());
        click("openIndex");
        QVERIFY(waitIdle());
        QCOMPARE(session().recipe(), few);
        m_window->open(m_workspace + "/dataset/scene0004.jpg");
        QVERIFY(waitIdle());
        QVERIFY(session().currentResult());
        QVERIFY(session().currentResult()->ranking.size() >= 5);
        QVERIFY(session().currentResult()->ranking.size() < std::size_t(session().workspace()->gallery.size()));
        for (const StageReport &stage : session().stages())
            QVERIFY2(!stage.fresh, stage.stage.c_str()); // from the disk
        m_window->showPage<IndexPage>();
        click("forgetIndex");
    }

    void anIndexThatIsMadeLaterTakesNoOthersPlace()
    {
        const QString early = m_dir.filePath(QStringLiteral("early")), late = m_dir.filePath(QStringLiteral("late"));
        m_window->showPage<IndexPage>();
        IndexPage &page = m_window->page<IndexPage>();
        test::LongJob first(session(), "Downloading a model");
        page.build(m_workspace + "/dataset", recipeNamed("tiny-image"), late); // waits
        Engine::buildAt(toPath(early), recipeNamed("tiny-image"), toPath(m_workspace + "/query"), nullptr,
                        TaskContext::none());
        page.open(early);
        QTRY_VERIFY(page.shown());
        first.finish();
        QVERIFY(waitIdle());
        QTRY_VERIFY(page.shown());
        QCOMPARE(page.shown()->source, (m_workspace + "/query").toStdString());
        QVERIFY(Settings::indexFolders().contains(late));
        for (const QString &folder : {early, late})
            Settings::removeIndexFolder(folder);
    }

    void typingAFolderReadsNoFileOnTheWindowsThread()
    {
        const std::filesystem::path folder = toPath(m_dir.filePath(QStringLiteral("slow"))),
                                    file = folder / "manifest.json";
        std::filesystem::create_directories(folder);
        QVERIFY(::mkfifo(file.c_str(), 0600) == 0); // as a disk that answers when the field was typed in
        std::atomic<bool> typed = false, gaveUp = false;
        std::thread disk([&] {
            for (int i = 0; i < 1000 && !typed; ++i)
                QThread::msleep(10);
            gaveUp = !typed;
            const std::ofstream answer(file);
            std::filesystem::remove(file); // whoever asks again finds nothing
        });
        IndexDialog dialog(session());
        dialog.setImages(m_workspace);
        dialog.findChild<QLineEdit *>(QStringLiteral("indexFolder"))->setText(toQString(folder));
        typed = true;
        disk.join();
        QVERIFY(!gaveUp);
        QTRY_VERIFY(dialog.findChild<QLabel *>(QStringLiteral("indexNote"))->text().contains("manifest.json"));
        QVERIFY(!dialog.findChild<QPushButton *>(QStringLiteral("startIndexing"))->isEnabled());
    }

    void aFolderIsIndexedFromTheMenuUpdatedAndSearched()
    {
        const QString images = m_dir.filePath(QStringLiteral("photos"));
        QDir().mkpath(images);
        for (const QString &name : QDir(m_workspace + "/dataset").entryList(QDir::Files).mid(0, 20))
            QFile::copy(m_workspace + "/dataset/" + name, images + '/' + name);
        find<QAction>("indexFolder")->trigger();
        QVERIFY(m_window->isShown<IndexPage>());
        auto *dialog = m_window->findChild<IndexDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        auto *start = dialog->findChild<QPushButton *>(QStringLiteral("startIndexing"));
        QVERIFY(!start->isEnabled());
        dialog->setImages(images);
        QTRY_VERIFY(start->isEnabled());
        start->click();
        QVERIFY(waitIdle());
        QTRY_VERIFY(find<QLabel>("indexDetails")->text().contains(QStringLiteral("20 pictures")));
        QVERIFY(find<QLabel>("indexState")->text().contains(QStringLiteral("20 added")));
        click("openIndex"); // like any folder
        QVERIFY(waitIdle());
        QVERIFY(m_window->isShown<BrowsePage>());
        QCOMPARE(session().workspace()->gallery.size(), 20);
        m_window->open(images + "/scene0004.jpg");
        QVERIFY(waitIdle());
        QVERIFY(m_window->isShown<SearchPage>());
        QCOMPARE(bestAnswer(), std::string("scene0004.jpg"));
        QFile::remove(images + "/scene0004.jpg");
        QFile::copy(m_workspace + "/dataset/scene0025.jpg", images + "/scene0025.jpg");
        m_window->showPage<IndexPage>();
        click("updateIndex");
        QVERIFY(waitIdle());
        QVERIFY(find<QLabel>("indexState")->text().contains(QStringLiteral("1 added")));
        QTRY_VERIFY(session().workspace()->gallery.find("scene0025.jpg")); // what was open is as it is now
        QVERIFY(waitIdle());
        m_window->showPage<IndexPage>();
        QTRY_VERIFY(find<QPushButton>("verifyIndex")->isEnabled());
        click("verifyIndex");
        QVERIFY(waitIdle());
        QVERIFY(find<QLabel>("indexState")->text().contains(QStringLiteral("as it was written")));
        m_window->open(m_workspace + "/dataset/scene0025.jpg");
        QVERIFY(waitIdle());
        QCOMPARE(bestAnswer(), std::string("scene0025.jpg"));
        m_window->rebuild(); // another language was chosen
        QTRY_VERIFY(m_window->page<IndexPage>().shown());
        QVERIFY(find<QLabel>("indexState")->text().contains(QStringLiteral("as it was written")));
    }

    void anIndexIsListedAfterTheStart()
    {
        QVERIFY(!Settings::indexFolders().isEmpty()); // of the test before
        m_window->showPage<IndexPage>();
        QTRY_VERIFY(m_window->page<IndexPage>().shown());
        click("forgetIndex");
        QVERIFY(Settings::indexFolders().isEmpty());
        QVERIFY(!m_window->page<IndexPage>().shown());
        QVERIFY(!find<QPushButton>("openIndex")->isEnabled());
    }

    void aDamagedIndexIsAnInlineMessage()
    {
        const QString folder = m_dir.filePath(QStringLiteral("damaged"));
        QDir().mkpath(folder);
        QFile file(folder + "/manifest.json");
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"format\": 99}");
        file.close();
        QVERIFY(QFile::copy(file.fileName(), folder + "/generation-1.images")); // it was one of ours
        m_window->page<IndexPage>().open(folder);
        QVERIFY(waitIdle());
        QVERIFY(m_window->messages().isVisible());
        QVERIFY(m_window->messages().text().contains(folder));
        QVERIFY(!m_window->page<IndexPage>().shown());
    }
};

int main(int argc, char **argv)
{
    const test::Sandbox sandbox;
    QApplication app(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("likeness"));
    QCoreApplication::setApplicationName(QStringLiteral("likeness"));
    TestRecipePages test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_recipe_pages.moc"
