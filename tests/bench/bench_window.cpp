// The window's own figures, each printed, none asserted:
//   bench_window start           milliseconds from process start to the shown window; beside bench_bare_window, many
//   times; bench_window match    one paint of the match view with 2 x 8000 keypoints and 3000 lines
//   bench_window train FOLDER    blocks of the GUI thread while a network trains; time from Start to the first point
//   bench_window queries FOLDER  blocks of the GUI thread while all queries run
//   bench_window scroll FOLDER   longest blocks of the GUI thread while a grid of all images scrolls, and memory
#include "core/base/random.h"
#include "tests/bench/process_clock.h"
#include "tests/support/sandbox.h"
#include "ui/main_window.h"
#include "ui/pages/browse_page.h"
#include "ui/pages/search_page.h"
#include "ui/pages/train_page.h"
#include "ui/training_session.h"
#include "ui/util/settings.h"
#include "ui/widgets/curve_chart.h"
#include "ui/widgets/match_view.h"
#include "ui/widgets/thumbnail_grid.h"
#include "ui/widgets/training_charts.h"
#include "ui/widgets/training_form.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QTest>
#include <QTimer>
#include <QWheelEvent>
#include <algorithm>
#include <cstdio>

using namespace likeness::ui;

namespace {

/// Measures how long each event keeps the GUI thread.
class TimedApplication final : public QApplication {
public:
    using QApplication::QApplication;
    std::vector<double> blocksMs;
    bool recording = false;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (!recording || m_depth > 0)
            return QApplication::notify(receiver, event);
        ++m_depth;
        QElapsedTimer timer;
        timer.start();
        const bool handled = QApplication::notify(receiver, event);
        blocksMs.push_back(double(timer.nsecsElapsed()) / 1e6);
        --m_depth;
        return handled;
    }

private:
    int m_depth = 0;
};

double memoryMb()
{
    QFile status(QStringLiteral("/proc/self/status"));
    status.open(QIODevice::ReadOnly);
    for (const QByteArray &line : status.readAll().split('\n'))
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
    return 0;
}

void printBlocks(std::vector<double> blocks)
{
    std::ranges::sort(blocks);
    const auto at = [&](double share) {
        return blocks[std::min(blocks.size() - 1, std::size_t(share * double(blocks.size())))];
    };
    std::printf(
        "%zu events; block of the GUI thread: median %.2f ms, 99 %% %.2f ms, 99.9 %% %.2f ms, longest %.2f ms\n",
        blocks.size(), at(0.5), at(0.99), at(0.999), blocks.back());
    const auto painted = std::ranges::lower_bound(blocks, 1.0);
    std::vector<double> heavy(painted, blocks.end());
    if (!heavy.empty())
        std::printf("of the %zu events above 1 ms: 99 %% %.2f ms\n", heavy.size(), heavy[heavy.size() * 99 / 100]);
}

/// A training of the small network on the images of a folder, two threads, while the window shows its curves.
int benchTraining(TimedApplication &application, const QString &folder)
{
    MainWindow window;
    window.resize(1320, 840);
    window.show();
    window.showPage<TrainPage>();
    likeness::TrainingRun run;
    run.name = "bench";
    run.sources = {folder.toStdString()};
    run.recipe.set("train.epochs=1000");
    window.page<TrainPage>().takeOver(run);
    QTest::qWait(2000); // the preview
    QElapsedTimer clock;
    clock.start();
    window.page<TrainPage>().start();
    CurveChart &loss = window.page<TrainPage>().charts().chart(QStringLiteral("loss"));
    if (!QTest::qWaitFor([&] { return loss.drawnPoints() > 0; }, 300'000))
        return 1;
    std::printf("first point of the loss %.1f s after Start\n", double(clock.elapsed()) / 1e3);
    // How late a timer comes says what a user waits for, the other threads' turns included.
    std::vector<double> lateMs;
    QElapsedTimer sinceLast;
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer, &QTimer::timeout, [&] {
        lateMs.push_back(double(sinceLast.nsecsElapsed()) / 1e6 - timer.interval());
        sinceLast.start();
    });
    sinceLast.start();
    timer.start(5);
    application.recording = true;
    QTest::qWait(60'000);
    application.recording = false;
    timer.stop();
    printBlocks(application.blocksMs);
    std::ranges::sort(lateMs);
    std::printf("a timer of 5 ms comes late by: median %.2f ms, 99 %% %.2f ms, longest %.2f ms\n",
                lateMs[lateMs.size() / 2], lateMs[lateMs.size() * 99 / 100], lateMs.back());
    std::printf("%zu steps, %.0f views a second\n", window.session().training().points().size(),
                window.session().training().points().back().imagesPerSecond);
    window.session().training().tasks().cancel();
    return QTest::qWaitFor([&] { return !window.session().training().isRunning(); }, 60'000) ? 0 : 1;
}

/// All queries of a workspace by a fast recipe, while the page of results is looked at.
int benchQueries(TimedApplication &application, const QString &folder)
{
    MainWindow window;
    window.resize(1320, 840);
    window.show();
    Session &session = window.session();
    session.openFolder(folder);
    if (!QTest::qWaitFor([&] { return session.hasWorkspace() && !session.isBusy(); }, 60'000))
        return 1;
    session.chooseRecipe(*session.recipes().find("likeness-lite"));
    window.showPage<SearchPage>();
    QTest::qWait(500);
    application.recording = true;
    session.runAll();
    const bool done = QTest::qWaitFor([&] { return !session.isBusy(); }, 600'000);
    QTest::qWait(500);
    application.recording = false;
    printBlocks(application.blocksMs);
    return done ? 0 : 1;
}

int benchStart()
{
    applyTheme(Settings::theme());
    applyLanguage(Settings::language());
    MainWindow window;
    return likeness::bench::printStart(window);
}

int benchScroll(TimedApplication &application, const QString &folder)
{
    MainWindow window;
    window.resize(1320, 840);
    window.show();
    const double before = memoryMb();
    std::printf("%.0f MB before\n", before);
    QElapsedTimer opening;
    opening.start();
    window.open(folder);
    if (!QTest::qWaitFor([&] { return !window.session().isBusy(); }, 600'000))
        return 1;
    window.showPage<BrowsePage>();
    ThumbnailGrid &grid = window.page<BrowsePage>().grid();
    std::printf("%d files listed in %lld ms\n", grid.images().rowCount(), static_cast<long long>(opening.elapsed()));
    QScrollBar *bar = grid.verticalScrollBar();
    application.recording = true;
    QElapsedTimer clock;
    clock.start();
    // Ten seconds in small steps, ten in pages, five in jumps from end to end.
    for (int frame = 0; clock.elapsed() < 25'000; ++frame) {
        if (clock.elapsed() < 10'000)
            bar->setValue(bar->value() + 60);
        else if (clock.elapsed() < 20'000)
            bar->setValue(bar->value() + bar->pageStep());
        else
            bar->setValue(bar->maximum() * ((frame * 37) % 100) / 100);
        QTest::qWait(16);
    }
    application.recording = false;
    printBlocks(application.blocksMs);
    std::printf("memory %.0f MB (%.0f MB before the folder was opened)\n", memoryMb(), before);
    return 0;
}

/// 8000 keypoints on each side and 3000 matches: what one paint takes while the view is zoomed and moved.
int benchMatchView()
{
    using namespace likeness;
    Random random(1);
    auto match = std::make_shared<ImageMatch>();
    for (LocalFeatures *side : {&match->a, &match->b})
        for (int i = 0; i < 8000; ++i)
            side->keypoints.emplace_back(float(random.uniform(0, 1600)), float(random.uniform(0, 1200)),
                                         float(random.uniform(3, 30)), float(random.uniform(0, 360)));
    for (int i = 0; i < 3000; ++i)
        match->matches.push_back({i, i, float(random.unit()), float(random.unit())});
    match->inlier.assign(3000, true);
    match->bFromA = cv::Matx33d::eye();
    MatchView view;
    view.resize(1280, 720);
    view.show();
    if (!QTest::qWaitForWindowExposed(&view))
        return 1;
    QImage picture(1600, 1200, QImage::Format_RGB32);
    picture.fill(Qt::gray);
    view.setPictures(picture, picture);
    view.setMatch(match);
    for (const bool keypoints : {false, true})
        for (const auto colour : {MatchLook::Colour::Verdict, MatchLook::Colour::Residual}) {
            MatchLook look;
            look.lines = MatchLook::Lines::All;
            look.strongest = 5000;
            look.keypoints = keypoints;
            look.colour = colour;
            view.setLook(look);
            std::vector<double> ms;
            for (int i = 0; i < 60; ++i) {
                QWheelEvent wheel({300, 300}, {300, 300}, {}, {0, i < 30 ? 60 : -60}, Qt::NoButton, Qt::NoModifier,
                                  Qt::NoScrollPhase, false);
                QApplication::sendEvent(&view, &wheel);
                QElapsedTimer timer;
                timer.start();
                view.repaint();
                ms.push_back(double(timer.nsecsElapsed()) / 1e6);
            }
            std::ranges::sort(ms);
            std::printf("keypoints %d, %s: median %.1f ms, longest %.1f ms\n", keypoints,
                        colour == MatchLook::Colour::Verdict ? "two colours" : "by residual", ms[30], ms.back());
        }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const likeness::test::Sandbox sandbox;
    QApplication::setAttribute(Qt::AA_DontUseNativeMenuBar); // as app/gui/main.cpp
    TimedApplication application(argc, argv);
    QApplication::setOrganizationName("likeness");
    QApplication::setApplicationName("likeness");
    if (argc == 2 && QByteArray(argv[1]) == "start")
        return benchStart();
    if (argc == 3 && QByteArray(argv[1]) == "scroll")
        return benchScroll(application, QString::fromLocal8Bit(argv[2]));
    if (argc == 3 && QByteArray(argv[1]) == "queries")
        return benchQueries(application, QString::fromLocal8Bit(argv[2]));
    if (argc == 3 && QByteArray(argv[1]) == "train")
        return benchTraining(application, QString::fromLocal8Bit(argv[2]));
    if (argc == 2 && QByteArray(argv[1]) == "match")
        return benchMatchView();
    std::fprintf(
        stderr,
        "usage: bench_window start | bench_window match | bench_window scroll FOLDER | bench_window train FOLDER | "
        "bench_window queries WORKSPACE\n");
    return 2;
}
