// Drives the real window over the sample through every page and writes a picture of each: light and dark, English and
// Chinese. The pixel ratio is that of QT_SCALE_FACTOR. Not a test of its own: people look at the pictures, the README
// shows them.
#include "core/search/recipe_store.h"
#include "tests/support/sandbox.h"
#include "tests/ui/tour_recipes.h"
#include "tests/ui/tour_training.h"
#include "ui/main_window.h"
#include "ui/pages/benchmark_page.h"
#include "ui/pages/browse_page.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/export_dialog.h"
#include "ui/pages/families_page.h"
#include "ui/pages/labels_page.h"
#include "ui/pages/match_page.h"
#include "ui/pages/models_page.h"
#include "ui/pages/search_page.h"
#include "ui/pages/settings_dialog.h"
#include "ui/pages/start_page.h"
#include "ui/pages/submission_page.h"
#include "ui/util/convert.h"
#include "ui/util/settings.h"
#include "ui/widgets/comparison_view.h"
#include "ui/widgets/thumbnail_grid.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QLineEdit>
#include <QTabWidget>
#include <QToolButton>
#include <QtTest/QTest>
#include <cstdio>

using namespace likeness::ui;

namespace {

QString g_folder, g_suffix;

void shoot(QWidget &widget, const char *name)
{
    QTest::qWait(450); // thumbnails and charts arrive
    const QString file = QStringLiteral("%1/%2-%3.png").arg(g_folder, QString::fromLatin1(name), g_suffix);
    if (!widget.grab().save(file))
        qFatal("cannot write %s", qPrintable(file));
    std::printf("%s\n", qPrintable(file));
}

void waitIdle(MainWindow &window)
{
    if (!QTest::qWaitFor([&] { return !window.session().isBusy(); }, 120'000))
        qFatal("a task did not end");
}

/// Words as the query, with a random CLIP and its small vocabulary.
void tourWords(MainWindow &window)
{
    const QDir folder(g_folder + QStringLiteral("/clip-with-words"));
    QDir().mkpath(folder.path());
    for (const char *file :
         {"models/hf_clip_gelu/model.safetensors", "models/hf_clip_gelu/config.json",
          "models/hf_clip_gelu/preprocessor_config.json", "tokens/vocab.json", "tokens/merges.txt"}) {
        const QString source = QStringLiteral(SOURCE_DIR "/tests/support/") + QLatin1String(file);
        QFile::copy(source, folder.filePath(QFileInfo(source).fileName()));
    }
    window.page<ModelsPage>().import(folder.path());
    waitIdle(window);
    likeness::Recipe recipe = likeness::recipeNamed("network");
    likeness::applyOverride(recipe, "network.model=clip-with-words");
    const likeness::Recipe before = window.session().baseRecipe();
    window.session().chooseRecipe(likeness::recipeNamed("network"));
    window.session().changeRecipe(recipe);
    window.showPage<SearchPage>();
    auto *words = window.findChild<QLineEdit *>(QStringLiteral("words"));
    words->setText(QStringLiteral("a red bus at night"));
    QTest::keyClick(words, Qt::Key_Return);
    waitIdle(window);
    shoot(window, "21-words");
    window.session().setQueryId(4);
    window.session().runQuery();
    waitIdle(window);
    window.showPage<ComparePage>();
    auto *heat = window.findChild<QToolButton *>(QStringLiteral("heat"));
    heat->click();
    QTest::qWait(500);
    shoot(window, "22-network-view");
    heat->click();
    window.session().chooseRecipe(before);
    window.session().runAll();
    waitIdle(window);
    QDir(folder).removeRecursively();
}

/// The match page in its arrangements, and the aligned difference.
void tourMatch(MainWindow &window)
{
    window.showPage<MatchPage>();
    MatchPage &page = window.page<MatchPage>();
    if (!QTest::qWaitFor([&] { return page.match() != nullptr; }, 30'000))
        qFatal("no match came");
    const auto choose = [&](const char *name, int index) {
        page.findChild<QComboBox *>(QString::fromLatin1(name))->setCurrentIndex(index);
    };
    shoot(window, "14-match-side");
    choose("colour", 1);
    page.findChild<QToolButton *>(QStringLiteral("keypoints"))->setChecked(true);
    page.findChild<QTabWidget *>()->setCurrentIndex(1);
    shoot(window, "15-match-residuals");
    choose("arrangement", 2);
    shoot(window, "16-match-overlaid");
    choose("arrangement", 0);
    window.showPage<ComparePage>();
    auto *aligned = window.page<ComparePage>().findChild<QToolButton *>(QStringLiteral("aligned"));
    aligned->setChecked(true);
    window.page<ComparePage>().view().setMode(ComparisonView::Mode::Difference);
    shoot(window, "17-compare-aligned");
    aligned->setChecked(false);
    window.page<ComparePage>().view().setMode(ComparisonView::Mode::SideBySide);
}

/// Only what is new on the way: the recipe pages over the sample.
void tourRecipesAlone(MainWindow &window)
{
    window.rebuild();
    window.session().openSample();
    waitIdle(window);
    tourRecipes(window, shoot);
}

void tourOnce(MainWindow &window)
{
    Session &session = window.session();
    window.rebuild();
    window.showPage<StartPage>();
    shoot(window, "1-start");
    session.openSample();
    waitIdle(window);
    window.showPage<BrowsePage>();
    window.page<BrowsePage>().grid().setThumbnailSide(144);
    window.page<BrowsePage>().grid().setCurrentIndex(window.page<BrowsePage>().grid().model()->index(4, 0));
    shoot(window, "2-browse");
    window.showPage<SearchPage>();
    shoot(window, "3-search-empty");
    session.runAll();
    QTest::qWait(700);
    shoot(window, "4-search-running");
    waitIdle(window);
    session.setQueryId(4);
    shoot(window, "5-search");
    const likeness::Recipe before = session.recipe();
    session.chooseRecipe(likeness::recipeNamed("task6-whiten")); // a chain of stages, each with its form
    session.runAll();
    waitIdle(window);
    shoot(window, "5-search-chain");
    session.chooseRecipe(before);
    session.runAll();
    waitIdle(window);
    window.showPage<ComparePage>();
    using Mode = ComparisonView::Mode;
    const std::pair<Mode, const char *> modes[] = {{Mode::SideBySide, "6-compare-side"},
                                                   {Mode::Swipe, "7-compare-swipe"},
                                                   {Mode::Blink, "7-compare-blink"},
                                                   {Mode::Difference, "8-compare-difference"},
                                                   {Mode::SsimMap, "9-compare-ssim"}};
    for (const auto &[mode, name] : modes) {
        window.page<ComparePage>().view().setMode(mode);
        shoot(window, name);
    }
    window.page<ComparePage>().view().setMode(Mode::SideBySide);
    tourMatch(window);
    ExportDialog dialog(session, &window);
    dialog.show();
    shoot(dialog, "10-export");
    const QString file = g_folder + QStringLiteral("/submission.csv");
    if (!dialog.write(file).isEmpty())
        qFatal("the submission was not written");
    dialog.close();
    window.showPage<BenchmarkPage>();
    shoot(window, "18-benchmark-empty");
    window.showPage<ModelsPage>();
    if (g_suffix.startsWith(QLatin1String("en-light")))
        shoot(window, "19-models-empty");
    for (const char *file : {"vit_timm.safetensors", "hf_clip_quick_gelu", "resnet.pth"}) {
        window.page<ModelsPage>().import(QStringLiteral(SOURCE_DIR "/tests/support/models/") + QLatin1String(file));
        waitIdle(window);
    }
    shoot(window, "20-models");
    tourWords(window);
    window.showPage<LabelsPage>();
    window.findChild<QComboBox *>(QStringLiteral("labelModel"))->setCurrentText(QStringLiteral("clip-with-words"));
    window.page<LabelsPage>().run();
    waitIdle(window);
    shoot(window, "23-labels");
    window.showPage<FamiliesPage>();
    window.page<FamiliesPage>().measure();
    waitIdle(window);
    shoot(window, "24-families");
    tourRecipes(window, shoot);
    tourTraining(window, g_suffix.startsWith(QLatin1String("en-light")), shoot);
    window.showPage<SubmissionPage>();
    shoot(window, "11-submission-empty");
    window.openSubmission(file);
    shoot(window, "12-submission");
    SettingsDialog settings(session, &window);
    settings.show();
    shoot(settings, "13-settings");
    QDir().remove(file);
}

} // namespace

int main(int argc, char **argv)
{
    const likeness::test::Sandbox sandbox;
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("likeness"));
    QApplication::setApplicationName(QStringLiteral("likeness"));
    if (argc < 2)
        qFatal("usage: tour FOLDER [recipes] [LANGUAGE-THEME], such as zh_CN-dark");
    const QStringList words = QApplication::arguments().mid(2);
    const bool recipesAlone = words.contains(QStringLiteral("recipes"));
    const QString only = words.filter(QStringLiteral("-")).value(0);
    g_folder = QString::fromLocal8Bit(argv[1]);
    MainWindow window;
    window.resize(1320, 840);
    window.show();
    for (const Theme theme : {Theme::Light, Theme::Dark})
        for (const char *language : {"en", "zh_CN"}) {
            const QString look = QStringLiteral("%1-%2").arg(
                QString::fromLatin1(language), QString::fromLatin1(theme == Theme::Dark ? "dark" : "light"));
            if (!only.isEmpty() && look != only)
                continue;
            applyTheme(theme);
            Settings::setLanguage(QString::fromLatin1(language));
            applyLanguage(Settings::language());
            g_suffix = QStringLiteral("%1-%2x").arg(look).arg(window.devicePixelRatioF());
            recipesAlone ? tourRecipesAlone(window) : tourOnce(window);
        }
    return 0;
}
