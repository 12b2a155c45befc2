#include "tests/ui/tour_training.h"

#include "ui/main_window.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/train_page.h"
#include "ui/training_session.h"
#include "ui/util/convert.h"
#include "ui/widgets/training_form.h"

#include <QTabWidget>
#include <QTableWidget>
#include <QtTest/QTest>

namespace likeness::ui {

namespace {

TrainingRun runOf(MainWindow &window, const std::string &objective)
{
    TrainingRun run;
    run.name = objective;
    run.recipe.chooseObjective(objective);
    for (const char *set :
         {"network.side=48", "network.width=0.5", "train.batch=32", "train.epochs=30", "train.held_out=0.25"})
        run.recipe.set(set);
    if (objective == "simcse")
        run.recipe.set("network.dropout=0.15");
    if (objective == "supcon") // the sample has no sub-folders: two of its parts stand for them
        run.sources = {Session::sampleFolder().toStdString() + "/dataset",
                       Session::sampleFolder().toStdString() + "/query"};
    else
        run.sources = {toQString(window.session().workspace()->root).toStdString()};
    return run;
}

void waitForTraining(MainWindow &window)
{
    if (!QTest::qWaitFor([&] { return !window.session().training().isRunning(); }, 300'000))
        qFatal("a training did not end");
    QTest::qWait(600); // charts take points in turns
}

} // namespace

void tourTraining(MainWindow &window, bool all, void (*shoot)(QWidget &, const char *))
{
    window.showPage<TrainPage>();
    TrainPage &page = window.page<TrainPage>();
    page.takeOver(runOf(window, "nt-xent"));
    QTest::qWait(1500);
    shoot(window, "25-train-preview");
    page.start();
    (void)QTest::qWaitFor([&] { return window.session().training().points().size() > 40; }, 120'000);
    shoot(window, "26-train-running");
    waitForTraining(window);
    shoot(window, "27-train-nt-xent");
    page.takeOver(runOf(window, "siamese"));
    page.start();
    waitForTraining(window);
    shoot(window, "28-train-siamese");
    for (const char *objective : {"contrastive", "triplet", "simcse", "supcon"}) {
        if (!all)
            break;
        page.takeOver(runOf(window, objective));
        page.start();
        waitForTraining(window);
        shoot(window, (std::string("29-train-") + objective).c_str());
    }
    window.showPage<RunsPage>();
    QTest::qWait(300);
    window.page<RunsPage>().table().selectAll();
    shoot(window, "30-runs");
    window.page<RunsPage>().table().selectRow(0);
    auto *tabs = window.page<RunsPage>().findChild<QTabWidget *>(QStringLiteral("runTabs"));
    tabs->setCurrentIndex(1);
    shoot(window, "31-run-options");
    window.page<RunsPage>().showMap();
    (void)QTest::qWaitFor([&] { return !window.session().isBusy(); }, 120'000);
    shoot(window, "32-run-map");
}

} // namespace likeness::ui
