// A picture is the same thing everywhere: one menu, full screen, properties, several chosen.
#include "core/data/exif.h"
#include "tests/support/window_test.h"
#include "ui/pages/match_page.h"
#include "ui/pages/search_page.h"
#include "ui/pages/start_page.h"
#include "ui/picture_menu.h"
#include "ui/util/convert.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/picture_viewer.h"
#include "ui/widgets/properties_dialog.h"
#include "ui/widgets/query_table.h"
#include "ui/widgets/thumbnail_grid.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QPushButton>
#include <QTableWidget>

using namespace likeness;
using namespace likeness::ui;

class TestPictures : public test::WindowTest {
    Q_OBJECT

    QMenu *menuAt(QWidget &widget, QPoint at)
    {
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, widget.mapToGlobal(at));
        QCoreApplication::sendEvent(&widget, &event);
        QMenu *menu = nullptr;
        for (QMenu *one : m_window->findChildren<QMenu *>("pictureMenu"))
            if (one->isVisible())
                menu = one;
        return menu;
    }
    static QAction *actionOf(QMenu &menu, const char *name) { return menu.findChild<QAction *>(name); }

private Q_SLOTS:
    void initTestCase() { makeSample(); }
    void init() { openWindow(); }
    void cleanup() { m_window.reset(); }

    void everyPictureHasTheOneMenu()
    {
        search("phash");
        auto *grid = find<ThumbnailGrid>("results");
        auto *table = m_window->findChild<QueryTable *>();
        QTRY_VERIFY(!m_window->page<SearchPage>().findChild<ImageView *>()->chosenPictures().empty());
        const std::pair<QWidget *, QPoint> places[] = {
            {grid->viewport(), grid->visualRect(grid->model()->index(1, 0)).center()},
            {table->viewport(), table->visualRect(table->model()->index(1, 0)).center()},
            {m_window->page<SearchPage>().findChild<ImageView *>(), {20, 20}}};
        for (const auto &[widget, at] : places) {
            QMenu *menu = menuAt(*widget, at);
            QVERIFY(menu);
            for (const char *name : {"menuFind", "menuRegion", "menuCompare", "menuMatch", "menuFullScreen", "menuOpen",
                                     "menuFolder", "menuCopy", "menuCopyPath", "menuProperties"}) {
                const QAction *action = actionOf(*menu, name);
                QVERIFY2(action, name);
                QVERIFY2(action->isEnabled() || action->toolTip().size() > 8, name); // or it says why not
            }
            menu->close();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
    }

    void aPictureIsFoundFromItsMenu()
    {
        openWorkspace();
        chooseRecipe("phash");
        m_window->showPage<BrowsePage>();
        ThumbnailGrid &grid = m_window->page<BrowsePage>().grid();
        QMenu *menu = menuAt(*grid.viewport(), grid.visualRect(grid.model()->index(2, 0)).center());
        QVERIFY(menu);
        actionOf(*menu, "menuFind")->trigger();
        QVERIFY(m_window->isShown<SearchPage>());
        QVERIFY(waitIdle());
        QCOMPARE(session().query().path, session().workspace()->gallery[2].path);
        QVERIFY(session().currentResult());
    }

    void twoChosenPicturesAreMatchedWithEachOther()
    {
        openWorkspace();
        m_window->showPage<BrowsePage>();
        ThumbnailGrid &grid = m_window->page<BrowsePage>().grid();
        for (const int row : {1, 4})
            grid.selectionModel()->select(grid.model()->index(row, 0), QItemSelectionModel::Select);
        QMenu *menu = menuAt(*grid.viewport(), grid.visualRect(grid.model()->index(4, 0)).center());
        QVERIFY(menu);
        QVERIFY(!actionOf(*menu, "menuFind") && actionOf(*menu, "menuTogether"));
        actionOf(*menu, "menuCopyPath")->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text().split('\n').size(), 2);
        actionOf(*menu, "menuMatch")->trigger();
        QVERIFY(m_window->isShown<MatchPage>());
        QTRY_VERIFY_WITH_TIMEOUT(m_window->page<MatchPage>().match() != nullptr, 30'000 * test::patience);
    }

    void spaceShowsThePictureAloneAndArrowsWalk()
    {
        openWorkspace();
        m_window->showPage<BrowsePage>();
        ThumbnailGrid &grid = m_window->page<BrowsePage>().grid();
        grid.setFocus();
        grid.setCurrentIndex(grid.model()->index(3, 0));
        QTest::keyClick(&grid, Qt::Key_Space);
        auto *viewer = m_window->findChild<PictureViewer *>();
        QVERIFY(viewer && viewer->isVisible());
        QTest::keyClick(viewer, Qt::Key_Right);
        QCOMPARE(grid.currentIndex().row(), 4);
        auto *view = viewer->findChild<ImageView *>();
        QTRY_VERIFY(!view->image().isNull());
        QTest::keyClick(viewer, Qt::Key_Escape);
        QTRY_VERIFY(!m_window->findChild<PictureViewer *>());
    }

    void cameraDataIsReadAsOthersReadIt()
    {
        const std::string file = SOURCE_DIR "/tests/support/exif.jpg"; // written by tests/support/make_exif_fixture.py
        std::map<std::string, std::string> fields;
        for (const ExifField &field : exifOf(file))
            fields[field.label] = field.value;
        QCOMPARE(fields["Camera"], std::string("Example 1"));
        QCOMPARE(fields["Taken"], std::string("2024:05:06 07:08:09"));
        QCOMPARE(fields["Exposure"], std::string("1/125 sec."));
        QCOMPARE(fields["ISO"], std::string("200"));
        QVERIFY(exifOf(m_workspace.toStdString() + "/ground_truth.csv").empty()); // no picture
        QVERIFY(exifOf("/nowhere.jpg").empty());
    }

    void propertiesOfTwoMarkWhatDiffers()
    {
        const Query a = Query::ofFile(SOURCE_DIR "/tests/support/exif.jpg");
        const Query b = Query::ofFile(toPath(m_workspace + "/dataset/scene0001.jpg"));
        PropertiesDialog dialog({a, b}, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        auto *table = dialog.findChild<QTableWidget *>();
        QTRY_VERIFY(table->rowCount() > 6);
        for (int row = 0; row < table->rowCount(); ++row) {
            const bool differs = table->item(row, 0)->text() != table->item(row, 1)->text();
            QCOMPARE(table->item(row, 0)->font().bold(), differs);
        }
    }

    void theStartPageShowsPicturesOfFoldersThatWereOpen()
    {
        openWorkspace(m_workspace + "/dataset");
        const auto facts = Settings::folderFacts(m_workspace + "/dataset");
        QCOMPARE(facts.pictures, 30);
        QCOMPARE(facts.first.size(), 4);
        m_window->showPage<StartPage>();
        auto *card = find<QAbstractButton>("recentFolder");
        QVERIFY(card && card->isEnabled());
        QCOMPARE(card->text(), QString("dataset"));
        chooseRecipe("phash");
        session().setQueryFile(session().workspace()->gallery[0].path);
        session().runQuery();
        QVERIFY(waitIdle());
        QCOMPARE(Settings::folderFacts(m_workspace + "/dataset").recipe, QString("phash"));
    }
};

int main(int argc, char **argv)
{
    return test::runWindowTest<TestPictures>(argc, argv);
}
#include "tst_pictures.moc"
