// Which work waits for which: folders, searches, small deeds and long jobs have lanes of their own.
#include "core/search/recipe_store.h"
#include "tests/support/window_test.h"
#include "ui/pages/index_page.h"
#include "ui/pages/models_page.h"
#include "ui/pages/settings_dialog.h"

#include <QMessageBox>
#include <QPushButton>
#include <QTextBrowser>
#include <QTimer>

using namespace likeness;
using namespace likeness::ui;
using likeness::test::LongJob;

class TestLanes : public test::WindowTest {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { makeSample(); }
    void init() { openWindow(); }
    void cleanup() { m_window.reset(); }

    void theNewestFolderIsOpened()
    {
        m_window->open(m_workspace);
        m_window->open(m_workspace + "/dataset");
        QVERIFY(waitIdle());
        QVERIFY(session().workspace()->queries.empty());
    }

    void aSmallDeedDoesNotWaitForALongJob()
    {
        m_window->showPage<ModelsPage>();
        LongJob build(session(), "Indexing photos");
        for (QPushButton *button : m_window->findChildren<QPushButton *>())
            if (button->text() == "Verify")
                button->click();
        QTRY_VERIFY_WITH_TIMEOUT(find<QTextBrowser>("modelDetails")->toPlainText().contains("those of the import"),
                                 30'000);
        QVERIFY(!build.finished());
    }

    void theCacheIsClearedBesideALongJob()
    {
        search("phash");
        LongJob build(session(), "Indexing photos");
        SettingsDialog dialog(session(), m_window.get());
        dialog.show();
        auto *clear = dialog.findChild<QPushButton *>("clearCache");
        QTRY_VERIFY(clear->isEnabled());
        QTimer::singleShot(0, [] {
            auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
            for (QAbstractButton *button : box->buttons())
                if (box->buttonRole(button) == QMessageBox::DestructiveRole)
                    button->click();
        });
        const auto before = session().cache()->bytes();
        clear->click();
        QTRY_VERIFY_WITH_TIMEOUT(session().cache()->bytes() < before, 30'000);
        QVERIFY(!build.finished());
    }

    void aRunWhoseCacheIsClearedAnswersTheSame()
    {
        openWorkspace();
        chooseRecipe("classical-best");
        session().cache()->clear();
        session().runAll();
        for (int answers = 0; session().results().isRunning(); answers += 4) {
            QVERIFY(QTest::qWaitFor(
                [&] { return !session().results().isRunning() || session().results().count() > answers; }, 240'000));
            session().cache()->clear();
        }
        QVERIFY(waitIdle());
        QVERIFY(session().results().complete());
        const auto engine =
            Engine::build(session().recipe(), session().workspace()->gallery, nullptr, TaskContext::none());
        const auto &queries = session().workspace()->queries;
        for (ImageId id = 0; id < queries.size(); ++id) {
            const Ranking &own = session().results().answers()[std::size_t(id)]->ranking;
            const Ranking expected = engine->searchFile(queries[id].path, int(own.size())).ranking;
            for (std::size_t i = 0; i < own.size(); ++i)
                QCOMPARE(own[i].score, expected[i].score);
        }
    }
};

int main(int argc, char **argv)
{
    return test::runWindowTest<TestLanes>(argc, argv);
}
#include "tst_lanes.moc"
