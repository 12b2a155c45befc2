// Drives the real window, its menus and widgets, and checks what the user would see.
#include "core/base/file.h"
#include "core/data/scene.h"
#include "core/search/recipe_store.h"
#include "tests/support/pictures.h"
#include "tests/support/window_test.h"
#include "ui/page_bar.h"
#include "ui/page_table.h"
#include "ui/pages/browse_page.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/export_dialog.h"
#include "ui/pages/search_page.h"
#include "ui/pages/settings_dialog.h"
#include "ui/pages/start_page.h"
#include "ui/pages/submission_page.h"
#include "ui/params/param_form.h"
#include "ui/session_commands.h"
#include "ui/util/convert.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/comparison_view.h"
#include "ui/widgets/histogram_chart.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/thumbnail_grid.h"

#include <QActionGroup>
#include <QCheckBox>
#include <QClipboard>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <set>

using namespace likeness;
using namespace likeness::ui;
using likeness::test::LongJob;

/// Another value than the one that is shown; false where there is no other one or the kind of editor takes none.
bool changeEditor(QWidget &editor)
{
    if (auto *box = qobject_cast<QCheckBox *>(&editor))
        return box->toggle(), true;
    if (auto *whole = qobject_cast<QSpinBox *>(&editor))
        return whole->setValue(whole->value() < whole->maximum() ? whole->value() + 1 : whole->value() - 1), true;
    if (auto *real = qobject_cast<QDoubleSpinBox *>(&editor)) {
        const double step = std::pow(10, -real->decimals());
        return real->setValue(real->value() + step <= real->maximum() ? real->value() + step : real->value() - step),
               true;
    }
    auto *choice = qobject_cast<QComboBox *>(&editor);
    if (!choice || choice->count() < 2)
        return false;
    choice->setCurrentIndex(choice->currentIndex() == 0 ? 1 : 0);
    Q_EMIT choice->activated(choice->currentIndex());
    return true;
}

class TestWindow : public test::WindowTest {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { makeSample(); }
    void init() { openWindow(); }
    void cleanup() { m_window.reset(); }

    void everyPageSaysWhatToDoWhenEmpty()
    {
        QVERIFY(m_window->isShown<StartPage>());
        QVERIFY(find<QPushButton>("openSample")->isEnabled());
        QVERIFY(!find<QPushButton>("search")->isEnabled());
        QVERIFY(!find<QPushButton>("search")->toolTip().isEmpty());
        auto *exportAction = find<QAction>("exportSubmission");
        QVERIFY(!exportAction->isEnabled() && !exportAction->toolTip().isEmpty());
        for (const PageRow &page : pageTable()) { // none needs a workspace
            const auto ways = m_window->findChild<PageBar *>()->findChild<QActionGroup *>()->actions();
            const QAction *way = ways.at(&page - pageTable().data());
            if (!way->isEnabled()) {
                QVERIFY2(way->toolTip().contains("Open a folder"), qPrintable(way->text()));
                continue;
            }
            m_window->showPage(*page.type);
            bool says = false;
            for (const QWidget *widget : find<QStackedWidget>("pages")->currentWidget()->findChildren<QWidget *>()) {
                const auto *label = qobject_cast<const QLabel *>(widget);
                const QString text = label ? label->text() : widget->accessibleDescription();
                says = says || (widget->isVisible() && text.split(QLatin1Char(' ')).size() >= 4);
            }
            QVERIFY2(says, qPrintable(QStringLiteral("page %1 says nothing").arg(page.name)));
        }
    }

    void fromStartToARankedResultAreTwoClicks()
    {
        QTest::mouseClick(find<QPushButton>("openSample"), Qt::LeftButton);
        QVERIFY(waitIdle());
        QVERIFY(m_window->isShown<SearchPage>());
        QTest::mouseClick(find<QPushButton>("search"), Qt::LeftButton);
        QVERIFY(waitIdle());
        QVERIFY(session().currentResult());
        QVERIFY(find<ThumbnailGrid>("results")->images().rowCount() > 10);
        QVERIFY(find<QLabel>("resultTitle")->text().contains("query") ||
                find<QLabel>("resultTitle")->text().contains("Right") ||
                find<QLabel>("resultTitle")->text().contains("Wrong"));
        QVERIFY(find<ThumbnailGrid>("results")->images().index(0).data(CaptionRole).toString().startsWith("#1"));
    }

    void anyFolderOpensForBrowsing()
    {
        m_window->open(m_workspace + "/dataset");
        QVERIFY(waitIdle());
        QVERIFY(m_window->isShown<BrowsePage>());
        QCOMPARE(m_window->page<BrowsePage>().grid().images().rowCount(), 30);
        QVERIFY(Settings::recentFolders().contains(m_workspace + "/dataset"));
        m_window->page<BrowsePage>().grid().images().setFilter("scene0003");
        QCOMPARE(m_window->page<BrowsePage>().grid().images().rowCount(), 1);
    }

    void missingFolderIsAnInlineMessage()
    {
        m_window->open("/nowhere/at/all");
        QVERIFY(waitIdle());
        QVERIFY(m_window->messages().isVisible());
        QVERIFY(m_window->messages().text().contains("/nowhere/at/all"));
        QVERIFY(!QApplication::activeModalWidget());
    }

    void droppedFileBecomesTheQuery()
    {
        openWorkspace();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(m_workspace + "/dataset/scene0004.jpg")});
        QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &drop);
        QVERIFY(waitIdle());
        QVERIFY(session().currentResult());
        const ImageId best = session().currentResult()->ranking.front().image;
        QCOMPARE(session().workspace()->gallery[best].name, std::string("scene0004.jpg"));
    }

    void pastedPictureBecomesTheQuery()
    {
        openWorkspace();
        QApplication::clipboard()->setImage(toQImage(renderScene(2, 6))); // in the gallery, as scene0007
        for (QToolButton *button : m_window->findChildren<QToolButton *>())
            if (button->text() == "Paste")
                button->click();
        QVERIFY(waitIdle());
        QVERIFY(session().currentResult());
        QCOMPARE(session().workspace()->gallery[session().currentResult()->ranking.front().image].name,
                 std::string("scene0007.jpg"));
        QVERIFY(searchCommand(session()).isEmpty()); // pixels have no file to name
    }

    void emptyClipboardIsSaidInline()
    {
        QApplication::clipboard()->clear();
        for (QToolButton *button : m_window->findChildren<QToolButton *>())
            if (button->text() == "Paste")
                button->click();
        QVERIFY(m_window->messages().isVisible());
    }

    void markedRegionIsSearched()
    {
        openWorkspace();
        session().setQueryFile(toPath(m_workspace + "/dataset/scene0002.jpg"));
        m_window->showPage<SearchPage>();
        ImageView *view = nullptr;
        for (ImageView *candidate : m_window->findChildren<ImageView *>())
            if (candidate->isVisible())
                view = candidate;
        QVERIFY(view);
        QVERIFY(QTest::qWaitFor([view] { return !view->image().isNull(); }));
        for (QToolButton *button : m_window->findChildren<QToolButton *>())
            if (button->text() == "Region" && button->isVisible())
                button->click();
        const QPoint centre = view->rect().center();
        QTest::mousePress(view, Qt::LeftButton, {}, centre - QPoint(60, 60));
        QMouseEvent move(QEvent::MouseMove, centre + QPoint(60, 60), view->mapToGlobal(centre + QPoint(60, 60)),
                         Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(view, &move);
        QTest::mouseRelease(view, Qt::LeftButton, {}, centre + QPoint(60, 60));
        QVERIFY(waitIdle());
        QVERIFY(session().query().name.startsWith("Region of"));
        QVERIFY(session().currentResult());
    }

    void nextQueryIsSearchedWithoutASecondClick()
    {
        openWorkspace();
        chooseRecipe("phash");
        session().runQuery();
        QVERIFY(waitIdle());
        auto *table = find<QTableView>("queries");
        table->setCurrentIndex(table->model()->index(3, 0));
        QVERIFY(waitIdle());
        QVERIFY(session().currentResult());
        QCOMPARE(session().currentResult()->query, session().workspace()->queries[3].name);
    }

    void runAllFillsTheTableAndTheFigures()
    {
        openWorkspace();
        chooseRecipe("phash");
        QSignalSpy arrivals(&session(), &Session::resultChanged);
        QTest::mouseClick(find<QPushButton>("runAll"), Qt::LeftButton);
        QVERIFY(waitIdle());
        QCOMPARE(arrivals.size(), 16);
        QVERIFY(session().results().complete());
        auto *table = find<QTableView>("queries");
        QCOMPARE(table->model()->rowCount(), 16);
        QVERIFY(!table->model()->index(3, 1).data().toString().isEmpty());
        QTRY_VERIFY(find<QLabel>("figures")->text().contains("acc@1"));
        QVERIFY(find<QAction>("exportSubmission")->isEnabled());
    }

    void commandLineRepeatsWhatTheWindowDid()
    {
        openWorkspace();
        chooseRecipe("seed-grey-histogram");
        auto *bins = find<QSpinBox>("histogram.bins");
        QVERIFY(bins);
        bins->setValue(64);
        session().runQuery();
        QVERIFY(waitIdle());
        const QString command = searchCommand(session());
        QVERIFY2(
            command.contains("--recipe seed-grey-histogram --set histogram.bins=64 --top 100 --query query0001.jpg"),
            qPrintable(command));
    }

    void changedParameterSearchesAgain()
    {
        openWorkspace();
        chooseRecipe("seed-grey-histogram");
        session().runQuery();
        QVERIFY(waitIdle());
        const float before = session().currentResult()->ranking.front().score;
        find<QSpinBox>("histogram.bins")->setValue(8);
        QVERIFY(waitIdle());
        QVERIFY(session().currentResult());
        QVERIFY(session().currentResult()->ranking.front().score != before);
    }

    void parameterBackAtItsDefaultKeepsTheForm()
    {
        openWorkspace();
        chooseRecipe("seed-grey-histogram");
        auto *bins = find<QSpinBox>("histogram.bins");
        bins->setFocus();
        QTest::keyClick(bins, Qt::Key_Down);
        QTest::keyClick(bins, Qt::Key_Up); // the default again, while the spin box still speaks
        QCOMPARE(find<QSpinBox>("histogram.bins")->value(), 256);
        QVERIFY(waitIdle());
    }

    void resultsOfTheOldRecipeAreNotFiledUnderTheNew()
    {
        openWorkspace();
        chooseRecipe("classical-best");
        session().cache()->clear();
        session().runAll();
        chooseRecipe("phash");
        QVERIFY(waitIdle());
        QTest::qWait(100);
        for (const auto &result : session().results().answers())
            QVERIFY(!result || (result->ranking.front().score >= 0 && result->ranking.front().score <= 1));
    }

    void theNewestOfQuickParameterChangesIsShown()
    {
        openWorkspace();
        chooseRecipe("seed-grey-histogram");
        session().runQuery();
        QVERIFY(waitIdle());
        for (const int bins : {200, 100, 50}) // faster than a search
            find<QSpinBox>("histogram.bins")->setValue(bins);
        QVERIFY(waitIdle());
        QVERIFY(session().currentResult());
        QCOMPARE(overridesBetween(session().baseRecipe(), session().recipe()),
                 (std::vector<std::string>{"histogram.bins=50"}));
        const auto engine =
            Engine::build(session().recipe(), session().workspace()->gallery, nullptr, TaskContext::none());
        const QueryResult wanted = engine->searchFile(session().query().path, 5);
        for (std::size_t i = 0; i < wanted.ranking.size(); ++i) {
            QCOMPARE(session().currentResult()->ranking[i].image, wanted.ranking[i].image);
            QCOMPARE(session().currentResult()->ranking[i].score, wanted.ranking[i].score);
        }
    }

    void everyRecipeHasAFormThatChangesIt()
    {
        ParamForm form;
        std::set<std::string> changed; // stage and key: once is enough
        for (const Recipe &recipe : shippedRecipes()) {
            form.setRecipe(recipe);
            Recipe copy = recipe;
            for (const StageAddress &stage : stagesOf(copy)) {
                for (const ParamSpec &spec : stage.info->params) {
                    const QString name = QString::fromStdString(stage.name + "." + spec.key);
                    auto *editor = form.findChild<QWidget *>(name);
                    QVERIFY2(editor && !editor->toolTip().isEmpty() && !editor->accessibleName().isEmpty(),
                             qPrintable(name));
                    if (!changed.insert(stage.info->id + "." + spec.key).second || !editor->isEnabled())
                        continue;
                    QSignalSpy edited(&form, &ParamForm::edited), refused(&form, &ParamForm::refused);
                    if (!changeEditor(*editor))
                        continue;
                    QVERIFY2(edited.size() + refused.size() == 1, qPrintable(name));
                    QVERIFY2(edited.isEmpty() || edited[0][0].value<Recipe>() != recipe, qPrintable(name));
                    form.setRecipe(recipe);
                }
            }
        }
        QVERIFY(changed.size() > 60);
    }

    void refusedCombinationIsSaidNotApplied()
    {
        ParamForm form;
        form.setRecipe(recipeNamed("hsv-histogram"));
        QSignalSpy refused(&form, &ParamForm::refused), edited(&form, &ParamForm::edited);
        form.findChild<QSpinBox *>("histogram.bins")->setValue(200); // joint: at most 32
        QCOMPARE(refused.size(), 1);
        QCOMPARE(edited.size(), 0);
    }

    void compareShowsNumbersAndFollowsTheArrows()
    {
        openWorkspace();
        chooseRecipe("phash");
        session().runQuery();
        QVERIFY(waitIdle());
        m_window->showPage<ComparePage>();
        QTRY_VERIFY([this] {
            for (QLabel *label : m_window->page<ComparePage>().findChildren<QLabel *>())
                if (label->text().contains("SSIM") && label->text().contains("PSNR"))
                    return true;
            return false;
        }());
        const ImageId first = session().selectedHit();
        QTest::keyClick(&m_window->page<ComparePage>(), Qt::Key_Right);
        QVERIFY(session().selectedHit() != first);
        QTest::keyClick(&m_window->page<ComparePage>(), Qt::Key_Left);
        QCOMPARE(session().selectedHit(), first);
        ComparisonView &view = m_window->page<ComparePage>().view();
        for (const auto mode :
             {ComparisonView::Mode::Swipe, ComparisonView::Mode::Difference, ComparisonView::Mode::SideBySide}) {
            QTest::keyClick(&view, Qt::Key(Qt::Key_1 + int(mode)));
            QCOMPARE(view.mode(), mode);
        }
    }

    void swipeTakesTheLeftFromAAndTheRightFromB()
    {
        QImage a(100, 10, QImage::Format_RGB32), b(100, 10, QImage::Format_RGB32);
        a.fill(Qt::red);
        b.fill(Qt::blue);
        const QImage joined = swipeImage(a, b, 0.5, Qt::white);
        QCOMPARE(joined.pixelColor(10, 5), QColor(Qt::red));
        QCOMPARE(joined.pixelColor(90, 5), QColor(Qt::blue));
    }

    void histogramIsExportedAsPngSvgAndCsv()
    {
        HistogramChart chart;
        std::vector<double> query(256, 1.0 / 256), result(256, 0);
        result[7] = 1;
        chart.setHistograms(query, result);
        chart.resize(300, 220);
        for (const char *name : {"h.png", "h.svg", "h.csv"}) {
            const QString file = m_dir.filePath(name);
            QCOMPARE(chart.save(file), QString());
            QVERIFY(QFileInfo(file).size() > 500);
        }
        QVERIFY(readText(m_dir.filePath("h.csv").toStdString()).find("\n7,0.00390625,1\n") != std::string::npos);
        QVERIFY(!QImage(m_dir.filePath("h.png")).isNull());
        QVERIFY(!chart.save("/nowhere/h.png").isEmpty());
    }

    void zoomKeepsThePointUnderTheCursor()
    {
        ImageView view;
        view.resize(400, 300);
        QImage image(400, 300, QImage::Format_RGB32);
        view.setImage(image);
        QSignalSpy moved(&view, &ImageView::viewChanged);
        QWheelEvent wheel(QPointF(100, 75), QPointF(100, 75), {}, {0, 480}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(&view, &wheel);
        QCOMPARE(moved.size(), 1);
        const ViewWindow window = view.view();
        QVERIFY(window.zoom > 1.5);
        // The picture's point (0.25, 0.25) lay under the cursor and still does.
        const double x = 200 + (0.25 - window.centre.x()) * 400 * window.zoom;
        QVERIFY(std::abs(x - 100) < 1e-6);
    }

    void exportWritesTheSubmissionThatReopensScored()
    {
        openWorkspace();
        chooseRecipe("phash");
        session().runAll();
        QVERIFY(waitIdle());
        ExportDialog dialog(session());
        dialog.findChild<QCheckBox *>("useThreshold")->setChecked(true);
        dialog.findChild<QDoubleSpinBox *>("threshold")->setValue(0.8);
        const QString file = m_dir.filePath("submission.csv");
        QCOMPARE(dialog.write(file), QString());
        const auto rows = readSourceQueryCsv(file.toStdString());
        QCOMPARE(rows.size(), std::size_t(16));
        QVERIFY(std::ranges::any_of(rows, [](const auto &row) { return row.source.empty(); }));
        m_window->openSubmission(file);
        QVERIFY(m_window->isShown<SubmissionPage>());
        auto *table = find<QTableView>("submissionRows");
        QCOMPARE(table->model()->rowCount(), 16);
        QVERIFY(!table->model()->index(0, 2).data().toString().isEmpty());
        QCOMPARE(dialog.write("/nowhere/s.csv").isEmpty(), false);
    }

    void brokenSubmissionIsSaidInline()
    {
        openWorkspace();
        const QString file = m_dir.filePath("broken.csv");
        test::writeText(file.toStdString(), "wrong,header\n");
        m_window->openSubmission(file);
        bool said = false;
        for (MessageBar *bar : m_window->findChildren<MessageBar *>())
            said |= bar->isVisible() && bar->text().contains("line 1");
        QVERIFY(said);
    }

    void cancelAnswersAtOnceAndKeepsWhatWasDone()
    {
        openWorkspace();
        chooseRecipe("classical-best");
        session().cache()->clear();
        session().runAll();
        QVERIFY(QTest::qWaitFor([this] { return session().results().count() > 0; }, 240'000));
        QTest::mouseClick(find<QToolButton>("cancelJob"), Qt::LeftButton);
        const int kept = session().results().count();
        QVERIFY(waitIdle());
        QVERIFY(m_window->messages().text().contains("Cancelled"));
        QVERIFY(session().results().count() >= kept && !session().results().complete());
        QVERIFY(session().cache()->bytes() > 0); // what was extracted is not extracted again
    }

    void closingASearchStopsItWithoutAQuestion()
    {
        openWorkspace();
        chooseRecipe("ms-ssim");
        session().cache()->clear();
        session().runQuery();
        m_window->close();
        QVERIFY(QTest::qWaitFor([this] { return !m_window->isVisible(); }, 240'000));
        QVERIFY(!find<QPushButton>("stopAndClose"));
        QVERIFY(!session().isBusy());
    }

    void aFailedJobStaysSaidWhileTheNextOneRuns()
    {
        session().jobs().start(QStringLiteral("Indexing photos"),
                               [](UiTaskContext &) { throw Error(ErrorKind::Io, "the disk is full", {}); });
        LongJob next(session(), "Downloading a model");
        QVERIFY(QTest::qWaitFor([this] { return session().jobs().title() == "Downloading a model"; }, 240'000));
        const auto bars = m_window->findChildren<MessageBar *>();
        QVERIFY(std::ranges::any_of(
            bars, [](const MessageBar *bar) { return bar->isVisible() && bar->text().contains("disk is full"); }));
        next.finish();
        QVERIFY(waitIdle());
    }

    void aSearchNeverCancelsALongJob()
    {
        openWorkspace();
        chooseRecipe("phash");
        LongJob build(session(), "Indexing photos");
        session().runQuery();
        QVERIFY(QTest::qWaitFor([this] { return session().currentResult().has_value(); }, 240'000));
        find<QTableView>("queries")->setCurrentIndex(find<QTableView>("queries")->model()->index(3, 0));
        chooseRecipe("difference-hash");
        QVERIFY(QTest::qWaitFor([this] { return !session().tasks().isRunning(); }, 240'000));
        session().setQueryFile(toPath(m_workspace + "/dataset/scene0002.jpg"));
        session().runQuery();
        QVERIFY(QTest::qWaitFor([this] { return !session().tasks().isRunning(); }, 240'000));
        QVERIFY(session().jobs().isRunning() && !session().jobs().isCancelling());
        build.finish();
        QVERIFY(waitIdle());
        QVERIFY(build.finished());
    }

    void aSecondLongJobWaitsInAVisibleList()
    {
        LongJob first(session(), "Indexing photos"), second(session(), "Downloading a model"),
            third(session(), "Measuring");
        QCOMPARE(session().jobs().waiting(), (QStringList{"Downloading a model", "Measuring"}));
        const auto rows = m_window->findChildren<QWidget *>("waitingTask");
        QCOMPARE(rows.size(), 2);
        QTRY_VERIFY(rows[0]->isVisible() && rows[0]->findChild<QLabel *>()->text().contains("Downloading a model"));
        rows[0]->findChild<QToolButton *>()->click();
        QCOMPARE(session().jobs().waiting(), QStringList{"Measuring"});
        first.finish();
        third.finish();
        QVERIFY(waitIdle());
        QVERIFY(first.finished() && !second.finished() && third.finished());
    }

    void closingAsksForEveryLongJob()
    {
        LongJob first(session(), "Indexing photos"), second(session(), "Downloading a model");
        m_window->close();
        auto *question = m_window->findChild<QMessageBox *>();
        QVERIFY(question && question->isVisible());
        QVERIFY(question->text().contains("Indexing photos") && question->text().contains("Downloading a model"));
        find<QPushButton>("doNotClose")->click();
        QVERIFY(m_window->isVisible() && m_window->isEnabled());
        QTRY_VERIFY(!m_window->findChild<QMessageBox *>());
        m_window->close();
        find<QPushButton>("closeWhenFinished")->click();
        QVERIFY(m_window->isVisible() && m_window->isEnabled() && !session().jobs().isCancelling());
        first.finish();
        second.finish();
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible(), 240'000);
        QVERIFY(first.finished() && second.finished());
    }

    void aSecondCloseEndsWhatDoesNotAnswer()
    {
        LongJob deaf(session(), "Indexing photos", false);
        m_window->close();
        find<QPushButton>("stopAndClose")->click();
        QVERIFY(m_window->isVisible() && m_window->isEnabled());
        m_window->close();
        QVERIFY(!m_window->isVisible() && m_window->isBusy());
        deaf.finish();
        QVERIFY(waitIdle());
    }

    void aChangedParameterKeepsTheLastFullRun()
    {
        openWorkspace();
        chooseRecipe("seed-grey-histogram");
        session().runAll();
        QVERIFY(waitIdle());
        QTRY_VERIFY(find<QLabel>("figures")->text().contains("acc@1"));
        const double acc1 = session().results().metrics()->acc1;
        find<QSpinBox>("histogram.bins")->setValue(8);
        QVERIFY(waitIdle());
        QCOMPARE(session().results().count(), 1); // the query that is looked at, and no other
        QVERIFY(session().resultsBefore() && session().resultsBefore()->complete());
        QCOMPARE(session().resultsBefore()->metrics()->acc1, acc1);
        auto *table = find<QTableView>("queries");
        for (int row = 0; row < 16; ++row)
            QVERIFY(!table->model()->index(row, 1).data().toString().isEmpty());
        QVERIFY(table->model()->index(5, 1).data(Qt::ToolTipRole).toString().contains("before"));
        QTRY_VERIFY(find<QLabel>("figures")->text().contains("Before the change"));
        QTRY_VERIFY(find<QLabel>("figures")->text().contains("1 of 16"));
        find<QSpinBox>("histogram.bins")->setValue(256); // as it was: the run is there again
        QVERIFY(session().results().complete());
        QVERIFY(waitIdle());
    }

    void aRunGoesOnWhileParametersChange_data()
    {
        QTest::addColumn<int>("milliseconds"); // after which the parameter changes, before any answer was taken in
        QTest::newRow("the run has just begun") << 0;
        QTest::newRow("its answers wait for the window") << 1000;
    }
    void aRunGoesOnWhileParametersChange()
    {
        QFETCH(int, milliseconds);
        openWorkspace();
        chooseRecipe("seed-grey-histogram");
        const Recipe before = session().recipe();
        session().runAll();
        QThread::msleep(milliseconds);
        find<QSpinBox>("histogram.bins")->setValue(8);
        QVERIFY(session().recipe() != before);
        QVERIFY(waitIdle());
        QVERIFY(session().resultsBefore());
        QVERIFY(session().resultsBefore()->recipe() == before && session().resultsBefore()->complete());
        find<QSpinBox>("histogram.bins")->setValue(256);
    }

    void aParameterRebuildsOnlyTheStageThatItTouches()
    {
        openWorkspace();
        chooseRecipe("vlad-geometric");
        session().runQuery();
        QVERIFY(waitIdle());
        const auto made = [this](const char *stage) { return find<QLabel>(stage)->text(); };
        QTRY_VERIFY(made("made-keypoints").startsWith("made in") && made("made-geometric").startsWith("made in"));
        find<QDoubleSpinBox>("geometric.ratio")->setValue(0.8);
        QVERIFY(waitIdle());
        QTRY_COMPARE(made("made-keypoints"), QStringLiteral("kept"));
        QCOMPARE(made("made-vlad"), QStringLiteral("kept"));
        QVERIFY(made("made-geometric").startsWith("made in"));
        QVERIFY(session().currentResult());
    }

    void aFewQueriesGiveNoFiguresOfTheMethod()
    {
        openWorkspace();
        chooseRecipe("phash");
        session().runQuery();
        QVERIFY(waitIdle());
        QTRY_VERIFY(find<QLabel>("figures")->text().contains("1 of 16"));
        QVERIFY(!find<QLabel>("figures")->text().contains("acc@1"));
    }

    void theResultsPaneShowsTheSearchNotAnInvitation()
    {
        openWorkspace();
        chooseRecipe("ms-ssim");
        session().cache()->clear();
        QVERIFY(find<ThumbnailGrid>("results")->emptyText().contains("Press Search"));
        session().runQuery();
        QVERIFY(!find<ThumbnailGrid>("results")->emptyText().contains("Press Search"));
        QVERIFY(waitIdle());
    }

    void changedParametersSurviveARestart()
    {
        openWorkspace();
        chooseRecipe("seed-grey-histogram");
        find<QSpinBox>("histogram.bins")->setValue(64);
        QVERIFY(waitIdle());
        m_window.reset();
        init();
        QCOMPARE(session().baseRecipe().id, std::string("seed-grey-histogram"));
        QCOMPARE(overridesBetween(session().baseRecipe(), session().recipe()),
                 (std::vector<std::string>{"histogram.bins=64"}));
        chooseRecipe("phash");
    }

    void newestTaskWins()
    {
        openWorkspace();
        int ran = 0, finished = 0;
        auto slow = [&ran](UiTaskContext &context) {
            ++ran;
            for (int i = 0; i < 200; ++i) {
                QThread::msleep(5);
                context.checkCancelled();
            }
        };
        session().tasks().start("one", slow, [&finished] { finished += 1; });
        session().tasks().start("two", slow, [&finished] { finished += 10; });
        session().tasks().start(
            "three", [](UiTaskContext &) {}, [&finished] { finished += 100; });
        QVERIFY(waitIdle());
        QCOMPARE(finished, 100);
        QCOMPARE(ran, 1);
    }

    void badFilesAreListedWithDetails()
    {
        const QString root = m_dir.filePath("mixed");
        for (int i = 0; i < 3; ++i)
            test::writeJpeg((root + "/dataset/" + QString::number(i) + ".jpg").toStdString(), renderScene(2, i));
        test::writeText((root + "/dataset/empty.jpg").toStdString(), "");
        test::writeJpeg((root + "/query/q.jpg").toStdString(), renderScene(2, 1));
        m_window->open(root);
        QVERIFY(waitIdle());
        chooseRecipe("phash");
        session().runQuery();
        QVERIFY(waitIdle());
        QVERIFY(session().currentResult());
        QVERIFY(m_window->messages().isVisible());
        QVERIFY2(m_window->messages().text().contains("1 file could not be used"),
                 qPrintable(m_window->messages().text()));
    }

    void languageSwitchesAtRunTime()
    {
        openWorkspace();
        SettingsDialog dialog(session(), m_window.get());
        connect(&dialog, &SettingsDialog::lookChanged, m_window.get(), &MainWindow::rebuild);
        auto *box = dialog.findChild<QComboBox *>("language");
        box->setCurrentIndex(box->findData("zh_CN"));
        Q_EMIT box->activated(box->currentIndex());
        QCOMPARE(find<QPushButton>("search")->text(), QString::fromUtf8("搜索"));
        QVERIFY(m_window->menuBar()->actions().first()->text().startsWith(QString::fromUtf8("文件")));
        QCOMPARE(session().results().answers().size(), std::size_t(16)); // the session stays
        box->setCurrentIndex(box->findData("en"));
        Q_EMIT box->activated(box->currentIndex());
        QCOMPARE(find<QPushButton>("search")->text(), QString("Search"));
    }

    void theSettingsStayOpenInTheOtherLanguage()
    {
        for (QAction *action : m_window->menuBar()->actions().first()->menu()->actions())
            if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::Key_Comma))
                action->trigger();
        auto *dialog = m_window->findChild<SettingsDialog *>();
        QVERIFY(dialog);
        for (const char *language : {"zh_CN", "en"}) { // twice: the new window follows the same dialog
            auto *box = dialog->findChild<QComboBox *>("language");
            box->setCurrentIndex(box->findData(QString::fromLatin1(language)));
            Q_EMIT box->activated(box->currentIndex());
            const QString search = QString::fromLatin1(language) == "en" ? "Search" : QString::fromUtf8("搜索");
            const auto shown = [this] { // the new pages come a moment later
                const auto *button = find<QPushButton>("search");
                return button ? button->text() : QString();
            };
            QTRY_COMPARE(shown(), search);
            QTRY_COMPARE(dialog->windowTitle(), SettingsDialog::tr("Settings"));
            QVERIFY(dialog->isVisible());
        }
        dialog->close();
    }

    void themesChangeThePalette()
    {
        applyTheme(Theme::Dark);
        QVERIFY(isDark());
        applyTheme(Theme::Light);
        QVERIFY(!isDark());
    }

    void gridShowsThumbnailsAndBrokenFiles()
    {
        const QString root = m_dir.filePath("thumbnails");
        test::writeJpeg((root + "/a.jpg").toStdString(), renderScene(2, 0));
        test::writeText((root + "/b.jpg").toStdString(), "no image");
        m_window->open(root);
        QVERIFY(waitIdle());
        ImageListModel &images = m_window->page<BrowsePage>().grid().images();
        QTRY_VERIFY(!images.index(0).data(ThumbnailRole).value<QPixmap>().isNull());
        QTRY_COMPARE(images.index(1).data(StateRole).toInt(), int(ThumbnailProvider::State::Broken));
        QVERIFY(images.index(1).data(Qt::ToolTipRole).toString().contains("b.jpg"));
    }

    /// None of the files is there: who looked at more than the visible ones would never end on a slow disk.
    void ofAHundredThousandFilesOnlyTheVisibleOnesAreLookedAt()
    {
        std::vector<ImageRef> many;
        for (int i = 0; i < 100'000; ++i)
            many.push_back({"image" + std::to_string(i) + ".jpg", "/nowhere/image" + std::to_string(i) + ".jpg"});
        const ImageSet set = ImageSet::of(std::move(many));
        ThumbnailGrid &grid = m_window->page<BrowsePage>().grid();
        m_window->showPage<BrowsePage>();
        grid.images().setImages(set);
        grid.scrollToBottom();
        QTest::qWait(50);
        QVERIFY(grid.indexAt(grid.viewport()->rect().center()).row() > 99'900);
        QTRY_COMPARE(grid.images().index(99'999).data(StateRole).toInt(), int(ThumbnailProvider::State::Broken));
        int lookedAt = 0;
        for (int row = 0; row < 90'000; row += 1000)
            lookedAt += grid.images().index(row).data(StateRole).toInt() == int(ThumbnailProvider::State::Broken);
        QVERIFY(lookedAt <= 1); // the first screen, before the scroll
        grid.images().setImages({});
    }
};

int main(int argc, char **argv)
{
    return test::runWindowTest<TestWindow>(argc, argv);
}
#include "tst_window.moc"
