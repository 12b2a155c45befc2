#pragma once

#include "core/data/sample_workspace.h"
#include "tests/support/patience.h"
#include "tests/support/sandbox.h"
#include "ui/main_window.h"
#include "ui/pages/browse_page.h"
#include "ui/pages/search_page.h"
#include "ui/util/settings.h"

#include <QApplication>
#include <QComboBox>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <atomic>

namespace likeness::test {

/// A job of the long lane that runs until it is told to end.
class LongJob {
public:
    LongJob(ui::Session &session, const char *title, bool answersACancel = true)
    {
        session.jobs().start(
            QString::fromLatin1(title),
            [state = m_state, answersACancel](ui::UiTaskContext &context) {
                while (!state->mayEnd) {
                    QThread::msleep(1);
                    if (answersACancel)
                        context.checkCancelled();
                }
            },
            [state = m_state] { state->finished = true; });
    }
    ~LongJob() { finish(); }
    void finish() { m_state->mayEnd = true; }
    bool finished() const { return m_state->finished; }

private:
    struct State {
        std::atomic<bool> mayEnd = false, finished = false;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

/// The real window over a small sample, for tests that drive it.
class WindowTest : public QObject {
protected:
    std::unique_ptr<ui::MainWindow> m_window;
    QTemporaryDir m_dir;
    QString m_workspace = m_dir.filePath(QStringLiteral("workspace"));

    void makeSample() { writeSampleWorkspace(m_workspace.toStdString(), {30, 12, 4, 2}, TaskContext::none()); }
    void openWindow(const QString &language = QStringLiteral("en"))
    {
        ui::applyLanguage(language);
        m_window = std::make_unique<ui::MainWindow>();
        m_window->resize(1320, 840);
        m_window->show();
        m_window->page<ui::BrowsePage>(); // builds the pages that otherwise follow a moment later
    }
    template <class Widget> Widget *find(const char *name) const
    {
        return m_window->findChild<Widget *>(QString::fromLatin1(name));
    }
    ui::Session &session() { return m_window->session(); }
    bool waitIdle()
    {
        return QTest::qWaitFor([this] { return !session().isBusy(); },
                               patience * 240'000); // of a machine that does much else
    }
    void openWorkspace(const QString &folder = {})
    {
        m_window->open(folder.isEmpty() ? m_workspace : folder);
        QVERIFY(waitIdle());
        QVERIFY(session().hasWorkspace());
    }
    void chooseRecipe(const char *id)
    {
        m_window->page<ui::SearchPage>().showForm(true); // tests change parameters there
        session().chooseRecipe(*session().recipes().find(id));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // editors of the form before
    }
    void search(const char *recipe)
    {
        openWorkspace();
        chooseRecipe(recipe);
        session().runQuery();
        QVERIFY(waitIdle());
        QVERIFY(session().currentResult());
    }
};

/// `main` of a program with one such test; the user's folders stay out of it.
template <class Test> int runWindowTest(int argc, char **argv)
{
    const Sandbox sandbox;
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("likeness"));
    QApplication::setApplicationName(QStringLiteral("likeness"));
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace likeness::test
