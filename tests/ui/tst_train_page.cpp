// The pages Train and Runs as a user drives them, and the charts behind them.
#include "core/base/folder_lock.h"
#include "core/base/random.h"
#include "core/data/procedural_scene.h"
#include "core/train/training_plan.h"
#include "tests/support/pictures.h"
#include "tests/support/window_test.h"
#include "ui/main_window.h"
#include "ui/pages/browse_page.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/search_page.h"
#include "ui/pages/train_page.h"
#include "ui/params/param_fields.h"
#include "ui/training_session.h"
#include "ui/util/convert.h"
#include "ui/widgets/augmentation_preview.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/curve_chart.h"
#include "ui/widgets/embedding_view.h"
#include "ui/widgets/training_charts.h"
#include "ui/widgets/training_form.h"

#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QElapsedTimer>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>
#include <QTimer>
#include <cmath>
#include <fstream>
#include <sys/stat.h>
#include <thread>

using namespace likeness;
using namespace likeness::ui;

namespace {

Curve noisyCurve(int points)
{
    Curve curve;
    Random random(3);
    for (int i = 0; i < points; ++i)
        curve.emplace_back(i + 1, std::exp(-i / 30'000.0) + random.uniform(0, 0.2));
    return curve;
}

} // namespace

class TestTrainPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void trainingEndsInASearch();
    void whatIsInstalledLateDoesNotLeadAway();
    void pausedTrainingWaitsAndGoesOn();
    void oneButtonEndsATraining();
    void closingAsksAndKeepsTheRun();
    void aFinishedRunIsProlonged();
    void olderStepIsLeftAfterAQuestionOnly();
    void aRunThatIsTrainedIsNeitherRenamedNorDeleted();
    void secondRunOfANameGetsAnother();
    void runsAreComparedRenamedAndTrainedAgain();
    void formShowsWhatTheObjectiveNeeds();
    void nobodyFindsTheFormBefore();
    void aHistoryThatAnswersLateHoldsUpNothing();
    void limitsOfTheFormCanBeEntered();
    void previewShowsEightImagesWithTheirViews();
    void smoothedCurveIsTheMeanOfWhatCame();
    void decimatedCurveKeepsItsExtremes();
    void aHundredThousandPointsStayFluid();
    void readOutNamesTheNearestPoint();
    void chartsAreSavedInThreeFormats();

private:
    TrainPage &page() { return m_window->page<TrainPage>(); }
    template <class T> T *child(const char *name) { return m_window->findChild<T *>(QString::fromLatin1(name)); }
    TrainingRun smallRun(int epochs, const char *name);
    void start(const TrainingRun &run);
    void waitForEnd();

    test::Sandbox m_sandbox;
    std::unique_ptr<MainWindow> m_window;
};

void TestTrainPage::initTestCase()
{
    for (int i = 0; i < 40; ++i)
        test::writeJpeg(m_sandbox.path() / "images" / ("scene" + std::to_string(i) + ".jpg"),
                        renderProceduralScene(7, i, 64));
}

void TestTrainPage::init()
{
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1200, 800);
    m_window->show();
    m_window->session().openFolder(toQString(m_sandbox.path() / "images"));
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->session().isBusy() && m_window->session().hasWorkspace(), 20'000);
    m_window->showPage<TrainPage>();
}

void TestTrainPage::cleanup()
{
    m_window->session().training().tasks().cancel();
    waitForEnd();
    m_window.reset();
}

TrainingRun TestTrainPage::smallRun(int epochs, const char *name)
{
    TrainingRun run;
    run.name = name;
    run.sources = {(m_sandbox.path() / "images").string()};
    for (const char *set : {"network.side=32", "network.width=0.5", "network.dimension=32", "train.batch=8",
                            "train.precision=float", "train.held_out=0.25"})
        run.recipe.set(set);
    run.recipe.set("train.epochs=" + std::to_string(epochs));
    return run;
}

void TestTrainPage::start(const TrainingRun &run)
{
    page().takeOver(run);
    QTest::mouseClick(child<QPushButton>("startTraining"), Qt::LeftButton);
    QVERIFY(m_window->session().training().isRunning());
}

void TestTrainPage::waitForEnd()
{
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->session().training().isRunning(), 300'000);
}

void TestTrainPage::trainingEndsInASearch()
{
    QVERIFY(!child<QPushButton>("useTraining")->isEnabled());
    start(smallRun(4, "ends"));
    QVERIFY(!child<QPushButton>("startTraining")->isEnabled());
    waitForEnd();
    const TrainingSession &training = m_window->session().training();
    QCOMPARE(qint64(training.points().size()), qint64(training.facts().steps));
    QVERIFY(child<QLabel>("trainingState")->text().contains(QStringLiteral("recall@1")));
    QTRY_VERIFY(page().charts().chart(QStringLiteral("loss")).drawnPoints() > 0);
    QTest::mouseClick(child<QPushButton>("useTraining"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isShown<SearchPage>(), 240'000);
    const StageChoice &extractor = m_window->session().recipe().branches.front().extractor;
    QCOMPARE(extractor.id, std::string("network"));
    QCOMPARE(std::get<std::string>(extractor.params.at("model")), std::string("ends"));
}

void TestTrainPage::whatIsInstalledLateDoesNotLeadAway()
{
    start(smallRun(1, "late-use"));
    waitForEnd();
    const test::LongJob build(m_window->session(), "Indexing photos"); // nor is it waited for
    QTest::mouseClick(child<QPushButton>("useTraining"), Qt::LeftButton);
    m_window->showPage<BrowsePage>();
    const auto model = [this] {
        const StageChoice &extractor = m_window->session().recipe().branches.front().extractor;
        return extractor.id == "network" ? std::get<std::string>(extractor.params.at("model")) : std::string();
    };
    QTRY_COMPARE_WITH_TIMEOUT(model(), std::string("late-use"), 240'000);
    QCoreApplication::processEvents();
    QVERIFY(m_window->isShown<BrowsePage>());
}

void TestTrainPage::oneButtonEndsATraining()
{
    start(smallRun(400, "one button"));
    TrainingSession &training = m_window->session().training();
    QTRY_VERIFY_WITH_TIMEOUT(training.points().size() > 2, 240'000);
    QList<QAbstractButton *> ends;
    for (auto *button : m_window->findChildren<QAbstractButton *>())
        if (button->isVisible() &&
            (button->text() == QStringLiteral("Stop") || button->text() == QStringLiteral("Cancel")))
            ends << button;
    QCOMPARE(ends.size(), 1);
    ends[0]->click();
    waitForEnd();
    QCOMPARE(TrainingRun::read(training.run().folder).state, TrainingRun::State::Stopped);
    QVERIFY(std::filesystem::exists(training.run().folder / "model.json"));
}

void TestTrainPage::pausedTrainingWaitsAndGoesOn()
{
    start(smallRun(40, "pause"));
    TrainingSession &training = m_window->session().training();
    QTRY_VERIFY_WITH_TIMEOUT(training.points().size() > 3, 240'000);
    QVERIFY(!page().form().isEnabled()); // it shows what is trained, and nothing else
    QVERIFY(
        std::ranges::any_of(training.warnings(), [](const QString &text) { return text.contains("next to nothing"); }));
    QTest::mouseClick(child<QPushButton>("pauseTraining"), Qt::LeftButton);
    // Where it waits it writes its state: the step under way, however long it takes, is behind it then.
    const auto waitsAt = [&training] {
        const std::vector<std::int64_t> saved = checkpointsOf(training.run());
        return saved.empty() ? -1 : saved.front();
    };
    QTRY_COMPARE_WITH_TIMEOUT(waitsAt(), std::int64_t(training.points().size()), 240'000);
    const std::size_t paused = training.points().size();
    QTest::qWait(500);
    QCOMPARE(training.points().size(), paused);
    QCOMPARE(child<QPushButton>("pauseTraining")->text(), QStringLiteral("Go on"));
    QVERIFY(child<QLabel>("trainingState")->text().startsWith(QStringLiteral("Paused.")));
    QTest::mouseClick(child<QPushButton>("pauseTraining"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(training.points().size() > paused + 2, 240'000);
    child<QAbstractButton>("stopTraining")->click();
    waitForEnd();
    QCOMPARE(TrainingRun::read(training.run().folder).state, TrainingRun::State::Stopped);
    QVERIFY(std::filesystem::exists(training.run().folder / "model.json"));
    QVERIFY(page().form().isEnabled());
}

void TestTrainPage::closingAsksAndKeepsTheRun()
{
    start(smallRun(400, "closed"));
    TrainingSession &training = m_window->session().training();
    QTRY_VERIFY_WITH_TIMEOUT(training.points().size() > 2, 240'000);
    m_window->close();
    child<QPushButton>("doNotClose")->click();
    QTRY_VERIFY(!child<QPushButton>("doNotClose"));
    QVERIFY(m_window->isVisible() && training.isRunning());
    m_window->close();
    child<QPushButton>("stopAndClose")->click();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible(), 240'000);
    QVERIFY(!checkpointsOf(training.run()).empty());
    QCOMPARE(TrainingRun::read(training.run().folder).state, TrainingRun::State::Stopped);
}

void TestTrainPage::aFinishedRunIsProlonged()
{
    start(smallRun(1, "longer"));
    waitForEnd();
    const TrainingRun before = TrainingRun::read(m_window->session().training().run().folder);
    QCOMPARE(before.state, TrainingRun::State::Finished);
    m_window->showPage<RunsPage>();
    RunsPage &runs = m_window->page<RunsPage>();
    for (int row = 0; row < runs.table().rowCount(); ++row)
        if (runs.table().item(row, 1)->text() == QStringLiteral("longer"))
            runs.table().selectRow(row);
    for (QPushButton *button : runs.findChildren<QPushButton *>())
        if (button->text() == QStringLiteral("Go on")) {
            QVERIFY(button->isEnabled());
            QTest::mouseClick(button, Qt::LeftButton);
        }
    auto *question = runs.findChild<QInputDialog *>(QStringLiteral("prolong"));
    QVERIFY(question);
    question->setIntValue(3);
    question->accept();
    waitForEnd();
    const TrainingRun after = TrainingRun::read(before.folder);
    QCOMPARE(after.state, TrainingRun::State::Finished);
    QCOMPARE(after.last.step, 3 * before.last.step);
}

void TestTrainPage::olderStepIsLeftAfterAQuestionOnly()
{
    TrainingRun run = smallRun(3, "older");
    run.recipe.set("train.checkpoint=2");
    start(run);
    waitForEnd();
    TrainingSession &training = m_window->session().training();
    run = TrainingRun::read(training.run().folder);
    run.state = TrainingRun::State::Stopped; // as if a step were missing, so that it can be gone on with
    run.write();
    const auto steps = checkpointsOf(run);
    m_window->showPage<RunsPage>();
    RunsPage &runs = m_window->page<RunsPage>();
    for (int row = 0; row < runs.table().rowCount(); ++row)
        if (runs.table().item(row, 1)->text() == QStringLiteral("older"))
            runs.table().selectRow(row);
    QPushButton *resume = nullptr;
    for (QPushButton *button : runs.findChildren<QPushButton *>())
        if (button->text() == QStringLiteral("Go on"))
            resume = button;
    QSignalSpy wanted(&runs, &RunsPage::resumeWanted);
    QString asked;
    const auto chooseOlder = [&](QMessageBox::StandardButton button) {
        QTimer::singleShot(100, [&asked, button] {
            auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
            QTimer::singleShot(100, [&asked, button] {
                auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
                asked = box->text();
                box->button(button)->click();
            });
            menu->setActiveAction(menu->actions().back());
            QTest::keyClick(menu, Qt::Key_Return);
        });
        QTest::mouseClick(resume, Qt::LeftButton);
    };
    chooseOlder(QMessageBox::No);
    QVERIFY2(asked.contains(QStringLiteral("step %1").arg(steps.front())), qPrintable(asked));
    QCOMPARE(wanted.count(), 0);
    QCOMPARE(checkpointsOf(run), steps);
    chooseOlder(QMessageBox::Yes);
    QCOMPARE(wanted.count(), 1);
    waitForEnd();
    QVERIFY(m_window->isShown<TrainPage>());
    QCOMPARE(page().form().run().name, std::string("older"));
    QVERIFY(std::filesystem::exists(run.folder.string() + "-before-resume-" + std::to_string(steps.back())));
}

void TestTrainPage::aRunThatIsTrainedIsNeitherRenamedNorDeleted()
{
    start(smallRun(1, "held"));
    waitForEnd();
    const std::filesystem::path folder = m_window->session().training().run().folder;
    const FolderLock elsewhere(folder);
    m_window->showPage<RunsPage>();
    RunsPage &runs = m_window->page<RunsPage>();
    const auto rowOf = [&runs](const char *name) {
        for (int row = 0; row < runs.table().rowCount(); ++row)
            if (runs.table().item(row, 1)->text() == QLatin1String(name))
                return row;
        return -1;
    };
    auto *bar = runs.findChild<MessageBar *>();
    const auto refused = [bar] { return bar->isVisible() && bar->text().contains(QStringLiteral("being trained")); };
    runs.table().item(rowOf("held"), 1)->setText(QStringLiteral("renamed"));
    QVERIFY(refused());
    QCOMPARE(TrainingRun::read(folder).name, std::string("held"));
    bar->hide();
    runs.table().selectRow(rowOf("held"));
    for (QPushButton *button : runs.findChildren<QPushButton *>())
        if (button->text().startsWith(QStringLiteral("Delete")))
            button->click();
    QVERIFY(refused());
    QVERIFY(std::filesystem::exists(folder / "run.json"));
}

void TestTrainPage::secondRunOfANameGetsAnother()
{
    for (const char *name : {"", "nt-xent-2"}) {
        start(smallRun(1, ""));
        waitForEnd();
        QVERIFY(*name == '\0' || m_window->session().training().run().name == name);
    }
}

void TestTrainPage::runsAreComparedRenamedAndTrainedAgain()
{
    for (const char *name : {"first", "second"}) {
        start(smallRun(2, name));
        waitForEnd();
    }
    m_window->showPage<RunsPage>();
    QTableWidget &table = m_window->page<RunsPage>().table();
    QVERIFY(table.rowCount() >= 2);
    const auto rowOf = [&](const QString &name) {
        for (int row = 0; row < table.rowCount(); ++row)
            if (table.item(row, 1)->text() == name)
                return row;
        return -1;
    };
    QVERIFY(rowOf(QStringLiteral("first")) >= 0 && rowOf(QStringLiteral("second")) >= 0);
    table.item(rowOf(QStringLiteral("first")), 1)->setText(QStringLiteral("renamed"));
    QVERIFY(rowOf(QStringLiteral("renamed")) >= 0);
    table.selectAll();
    TrainingCharts &charts = *m_window->page<RunsPage>().findChild<TrainingCharts *>();
    QTRY_VERIFY(charts.chart(QStringLiteral("loss")).drawnPoints() >= 2 * 6 * 2);
    table.selectRow(rowOf(QStringLiteral("renamed")));
    m_window->page<RunsPage>().showMap();
    auto *map = m_window->page<RunsPage>().findChild<EmbeddingView *>();
    QTRY_COMPARE_WITH_TIMEOUT(map->count(), 40, 240'000);
    for (QPushButton *button : m_window->page<RunsPage>().findChildren<QPushButton *>())
        if (button->text() == QStringLiteral("Train again with changes"))
            QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(m_window->isShown<TrainPage>());
    QCOMPARE(page().form().run().name, std::string("renamed"));
    QCOMPARE(page().form().run().recipe.assignments(), smallRun(2, "").recipe.assignments());
}

void TestTrainPage::formShowsWhatTheObjectiveNeeds()
{
    auto *objective = child<QComboBox>("objective");
    const auto choose = [&](const char *id) {
        objective->setCurrentIndex(objective->findData(QString::fromLatin1(id)));
        Q_EMIT objective->activated(objective->currentIndex());
        QTest::qWait(10); // old fields go away
    };
    choose("contrastive");
    auto *margin = child<QDoubleSpinBox>("objective.margin");
    QVERIFY(margin);
    margin->setValue(0.8);
    QCOMPARE(std::get<double>(page().form().run().recipe.values("objective").at("margin")), 0.8);
    choose("simcse");
    QVERIFY(!child<QDoubleSpinBox>("objective.margin") && child<QDoubleSpinBox>("objective.temperature"));
    QVERIFY(page().form().run().recipe.settings().network.dropout > 0);
    auto *preset = child<QComboBox>("augmentationPreset");
    preset->setCurrentIndex(preset->findData(QStringLiteral("none")));
    Q_EMIT preset->activated(preset->currentIndex());
    QCOMPARE(page().form().run().recipe.settings().augmentation.crop, 0.0);
    auto *source = child<QComboBox>("trainingSource");
    QCOMPARE(source->currentIndex(), 0); // a folder is open
    source->setCurrentIndex(1);
    QVERIFY(!page().form().missing().isEmpty());
    QVERIFY(!child<QPushButton>("startTraining")->isEnabled());
    QVERIFY(!child<QPushButton>("startTraining")->toolTip().isEmpty());
    source->setCurrentIndex(2);
    QVERIFY(page().form().missing().isEmpty() && page().form().run().rendered > 0);
}

void TestTrainPage::nobodyFindsTheFormBefore()
{
    auto *objective = child<QComboBox>("objective");
    const auto forms = [&] { return page().form().findChildren<ParamFields *>().size(); };
    const auto before = forms();
    QVERIFY(before > 0);
    for (const char *id : {"contrastive", "simcse", "nt-xent"}) {
        objective->setCurrentIndex(objective->findData(QString::fromLatin1(id)));
        Q_EMIT objective->activated(objective->currentIndex());
        QCOMPARE(forms(), before);
    }
}

void TestTrainPage::aHistoryThatAnswersLateHoldsUpNothing()
{
    TrainingRun run = smallRun(1, "late");
    run.folder = userRunsFolder() / "late";
    std::filesystem::create_directories(run.folder);
    run.write();
    const std::filesystem::path file = run.folder / "history.csv", ready = run.folder / "ready.csv";
    const std::string history = "step,epoch,seconds,loss\n1,0.1,1,3\n2,0.2,2,2\n3,0.3,3,1\n";
    const auto late = [=](int ms) { // as a disk that must wake up
        std::filesystem::remove(file);
        QVERIFY(::mkfifo(file.c_str(), 0600) == 0);
        std::thread([=] {
            test::writeText(ready, history);
            QThread::msleep(ms);
            const std::ofstream answer(file);     // whoever opened it goes on, with nothing
            std::filesystem::rename(ready, file); // and whoever asks again gets it at once
        }).detach();
    };
    late(3000);
    QElapsedTimer time;
    time.start();
    m_window->showPage<RunsPage>();
    RunsPage &runs = m_window->page<RunsPage>();
    runs.table().clearSelection();
    for (int row = 0; row < runs.table().rowCount(); ++row)
        if (runs.table().item(row, 1)->text() == QStringLiteral("late"))
            runs.table().selectRow(row);
    QVERIFY2(time.elapsed() < 2000, qPrintable(QString::number(time.elapsed())));
    const auto &chart = runs.findChild<TrainingCharts *>()->chart(QStringLiteral("loss"));
    const auto drawnWhenAskedAgain = [&] {
        runs.refresh();
        QTest::qWait(100); // it is read and drawn
        return chart.drawnPoints();
    };
    QTRY_VERIFY_WITH_TIMEOUT(drawnWhenAskedAgain() >= 3, 20'000);
    m_window->showPage<TrainPage>();

    late(3000);
    time.restart();
    TrainingSession &training = m_window->session().training();
    page().resume(run, 2);
    QVERIFY2(time.elapsed() < 2000, qPrintable(QString::number(time.elapsed())));
    waitForEnd();
    page().resume(run, 2); // at once now
    QTRY_COMPARE(training.points().size(), std::size_t(2));
    QTRY_VERIFY(page().charts().chart(QStringLiteral("loss")).drawnPoints() > 0);
    waitForEnd();
    std::filesystem::remove_all(run.folder);
}

void TestTrainPage::limitsOfTheFormCanBeEntered()
{
    auto *rate = child<QDoubleSpinBox>("train.rate");
    QVERIFY(rate);
    rate->setValue(3e-5); // of fine-tuning
    QCOMPARE(page().form().run().recipe.settings().plan.rate, 3e-5);
    for (const char *name : {"train.rate", "train.average", "objective.temperature", "train.decay"}) {
        auto *box = child<QDoubleSpinBox>(name);
        box->setValue(box->minimum());
        box->setValue(box->maximum());
        box->stepUp();
        box->setValue(box->minimum());
        box->stepDown();
    }
    QVERIFY(page().form().run().recipe.settings().plan.rate > 0);
}

void TestTrainPage::previewShowsEightImagesWithTheirViews()
{
    auto *preview = m_window->findChild<AugmentationPreview *>();
    QTRY_VERIFY_WITH_TIMEOUT(!preview->isEmpty(), 20'000);
    const QImage before = preview->grab().toImage();
    QTest::mouseClick(child<QPushButton>("otherViews"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(preview->grab().toImage() != before, 20'000);
}

void TestTrainPage::smoothedCurveIsTheMeanOfWhatCame()
{
    Smoothing smoothing(0.5);
    QCOMPARE(smoothing.next({1, 4}).y(), 4.0);                   // not pulled to zero
    QVERIFY(std::abs(smoothing.next({2, 1}).y() - 2.0) < 1e-12); // (0.25 * 4 + 0.5 * 1) / 0.75
    Smoothing none(0);
    none.next({1, 4});
    QCOMPARE(none.next({2, 1}).y(), 1.0);
}

void TestTrainPage::decimatedCurveKeepsItsExtremes()
{
    Curve curve = noisyCurve(100'000);
    curve[40'321].setY(9);
    curve[70'111].setY(-5);
    const auto shown = decimated(curve, 1, 100'000, 400);
    QVERIFY(shown.size() <= 4 * 401 + 2);
    QVERIFY(shown.contains(QPointF(40'322, 9)) && shown.contains(QPointF(70'112, -5)));
    QVERIFY(std::ranges::is_sorted(shown, {}, [](const QPointF &p) { return p.x(); }));
    QCOMPARE(decimated(curve, 10, 20, 400).size(), qsizetype(13)); // all of few, and a neighbour at each end
    QVERIFY(decimated({}, 0, 1, 100).isEmpty());
}

void TestTrainPage::aHundredThousandPointsStayFluid()
{
    CurveChart chart(QStringLiteral("Loss"));
    chart.resize(600, 300);
    chart.show();
    chart.setLines({{QStringLiteral("training"), noisyCurve(100'000), Qt::blue}});
    QTRY_VERIFY(chart.drawnPoints() > 0);
    QVERIFY(chart.drawnPoints() < 2 * 4 * 600 + 10);
    chart.append(0, {{100'001, 3}});
    QTest::qWait(50);
    QVERIFY(chart.drawnPoints() < 2 * 4 * 600 + 10);
}

void TestTrainPage::readOutNamesTheNearestPoint()
{
    CurveChart chart(QStringLiteral("Loss"));
    chart.resize(500, 300);
    chart.show();
    chart.setXTitle(QStringLiteral("step"));
    chart.setLines(
        {{QStringLiteral("a"), {{1, 5}, {2, 7}, {3, 6}}, Qt::blue}, {QStringLiteral("b"), {{1, 2}, {3, 4}}, Qt::red}});
    chart.hoverAt(2.2);
    QVERIFY2(chart.readOut().contains(QStringLiteral("step 2")) && chart.readOut().contains(QStringLiteral("a: 7")) &&
                 chart.readOut().contains(QStringLiteral("b: 4")),
             qPrintable(chart.readOut()));
    chart.setHidden(QStringLiteral("a"), true);
    chart.hoverAt(2.2);
    QVERIFY(!chart.readOut().contains(QStringLiteral("a: 7")));
}

void TestTrainPage::chartsAreSavedInThreeFormats()
{
    CurveChart chart(QStringLiteral("Loss"));
    chart.resize(400, 300);
    chart.show();
    chart.setLines({{QStringLiteral("a"), {{1, 5}, {2, 7}}, Qt::blue}});
    QTest::qWait(50);
    for (const char *name : {"chart.png", "chart.svg", "chart.csv"}) {
        const auto path = m_sandbox.path() / name;
        QCOMPARE(chart.save(toQString(path)), QString());
        QVERIFY(std::filesystem::file_size(path) > 20);
    }
    QCOMPARE(readText(m_sandbox.path() / "chart.csv"), std::string("x,line,value\n1,\"a\",5\n2,\"a\",7\n"));
    QVERIFY(!chart.save(QStringLiteral("/nowhere/chart.png")).isEmpty());
}

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    // Before the application: it reads the configuration.
    TestTrainPage test;
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("likeness-test"));
    return QTest::qExec(&test, argc, argv);
}
#include "tst_train_page.moc"
