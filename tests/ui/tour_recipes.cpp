#include "tests/ui/tour_recipes.h"

#include "core/base/file.h"
#include "core/search/recipe_store.h"
#include "ui/main_window.h"
#include "ui/pages/index_page.h"
#include "ui/pages/recipe_page.h"
#include "ui/pages/trade_off_page.h"
#include "ui/util/convert.h"
#include "ui/util/settings.h"
#include "ui/widgets/index_dialog.h"

#include <QComboBox>
#include <QListWidget>
#include <QTabWidget>
#include <QTableWidget>
#include <QToolButton>
#include <QtTest/QTest>

namespace likeness::ui {

namespace {

void waitIdle(MainWindow &window)
{
    if (!QTest::qWaitFor([&] { return !window.session().isBusy(); }, 300'000))
        qFatal("a task did not end");
    QTest::qWait(100);
    if (window.session().isBusy())
        waitIdle(window); // a task that followed
}

void tourEditor(MainWindow &window, void (*shoot)(QWidget &, const char *))
{
    window.showPage<RecipePage>();
    window.page<RecipePage>().edit(recipeNamed("task6-whiten"));
    window.findChild<QListWidget *>(QStringLiteral("stages"))->setCurrentRow(1);
    shoot(window, "25-recipe");
    window.page<RecipePage>().edit(recipeNamed("combined-best"));
    window.findChild<QListWidget *>(QStringLiteral("stages"))->setCurrentRow(5);
    shoot(window, "26-recipe-branches");
    window.page<RecipePage>().edit(recipeNamed("phash"));
    window.findChild<QAction *>(QStringLiteral("add-pca"))->trigger();
    shoot(window, "27-recipe-unsound");
    window.page<RecipePage>().edit(window.session().recipe());
}

void tourTradeOff(MainWindow &window, void (*shoot)(QWidget &, const char *))
{
    window.showPage<TradeOffPage>();
    shoot(window, "28-trade-off-empty");
    window.page<TradeOffPage>().measure();
    waitIdle(window);
    window.findChild<QTableWidget *>(QStringLiteral("tradeOffTable"))->selectRow(2);
    shoot(window, "29-trade-off");
    window.findChild<QComboBox *>(QStringLiteral("cost"))->setCurrentIndex(2);
    shoot(window, "30-trade-off-bytes");
    auto *recipes = window.findChild<QListWidget *>(QStringLiteral("measuredRecipes"));
    for (int i = 0; i < recipes->count(); ++i)
        if (recipes->item(i)->data(Qt::UserRole).toString() == QLatin1String("likeness-lite-crops"))
            recipes->setCurrentRow(i);
    window.findChild<QTabWidget *>(QStringLiteral("tradeOffTabs"))->setCurrentIndex(1);
    window.page<TradeOffPage>().analyse();
    waitIdle(window);
    shoot(window, "31-vectors");
    window.findChild<QTabWidget *>(QStringLiteral("tradeOffTabs"))->setCurrentIndex(0);
}

void tourIndex(MainWindow &window, void (*shoot)(QWidget &, const char *))
{
    for (const QString &folder : Settings::indexFolders())
        Settings::removeIndexFolder(folder);
    window.rebuild();
    window.showPage<IndexPage>();
    shoot(window, "32-index-empty");
    window.page<IndexPage>().askForFolder();
    auto *dialog = window.findChild<IndexDialog *>();
    dialog->setImages(Session::sampleFolder() + QStringLiteral("/dataset"));
    shoot(*dialog, "33-index-dialog");
    dialog->accept();
    QTest::qWait(200);
    waitIdle(window);
    QTest::qWait(200); // its numbers are read
    shoot(window, "34-index");
}

} // namespace

void tourRecipes(MainWindow &window, void (*shoot)(QWidget &, const char *))
{
    tourEditor(window, shoot);
    tourTradeOff(window, shoot);
    tourIndex(window, shoot);
}

} // namespace likeness::ui
