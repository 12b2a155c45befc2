// Help where the question is, keys that are one's own, and results that can be handed on.
#include "core/base/file.h"
#include "core/submit/results_export.h"
#include "tests/support/window_test.h"
#include "ui/page_table.h"
#include "ui/pages/help_window.h"
#include "ui/pages/keys_dialog.h"
#include "ui/pages/search_page.h"
#include "ui/pages/train_page.h"
#include "ui/util/convert.h"
#include "ui/util/shortcuts.h"

#include <QFile>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QTextBrowser>
#include <nlohmann/json.hpp>

using namespace likeness;
using namespace likeness::ui;

class TestHelp : public test::WindowTest {
    Q_OBJECT

    void trigger(const QKeySequence &keys)
    {
        for (QAction *action : m_window->menuBar()->findChildren<QAction *>())
            if (action->shortcut() == keys)
                return action->trigger();
        QFAIL(qPrintable(keys.toString()));
    }
    static QString contents(const QString &file)
    {
        QFile in(file);
        return in.open(QIODevice::ReadOnly) ? QString::fromUtf8(in.readAll()) : QString();
    }
    static const KeyRow rowOf(const char *id)
    {
        for (const KeyRow &row : Shortcuts::rows())
            if (row.id == QLatin1String(id))
                return row;
        return {};
    }

private Q_SLOTS:
    void initTestCase() { makeSample(); }
    void init() { openWindow(); }
    void cleanup() { m_window.reset(); }

    void everyPageHasHelpInBothLanguages()
    {
        for (const PageRow &page : pageTable())
            for (const char *language : {"en", "zh"}) {
                const QString name = HelpWindow::nameOf(page.type->className());
                const QString text = contents(QStringLiteral(":/help/%1/%2.md").arg(language, name));
                QVERIFY2(text.startsWith("# ") && text.count("**") >= 4,
                         qPrintable(name)); // an example, what to look at
            }
    }

    void f1OpensTheHelpOfThePage()
    {
        m_window->showPage<TrainPage>();
        trigger(QKeySequence(Qt::Key_F1));
        auto *help = m_window->findChild<HelpWindow *>();
        QVERIFY(help && help->isVisible());
        QVERIFY(help->findChild<QTextBrowser *>()->toPlainText().startsWith("Train"));
        m_window->showPage<TrainPage>();
    }

    void helpIsSearchedMethodsToo()
    {
        trigger(QKeySequence(Qt::Key_F1));
        auto *help = m_window->findChild<HelpWindow *>();
        auto *list = help->findChild<QListWidget *>();
        help->findChild<QLineEdit *>("helpSearch")->setText("whitening");
        QStringList left;
        for (int row = 0; row < list->count(); ++row)
            if (!list->item(row)->isHidden())
                left << list->item(row)->text();
        QVERIFY2(left.contains("Methods") && left.size() < list->count(), qPrintable(left.join(' ')));
        QVERIFY(help->findChild<QTextBrowser *>()->textCursor().selectedText().toLower() == "whitening");
        QVERIFY(methodsHtml().contains("Ratio")); // parameters with their sentences
    }

    void keysCanBeChangedAndConflictsAreSaid()
    {
        trigger(QKeySequence(QStringLiteral("?")));
        auto *dialog = m_window->findChild<KeysDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(dialog->findChild<QLabel *>("keyConflicts")->text().startsWith("No two"));
        const auto change = [&](const char *id, const QKeySequence &keys) {
            auto *edit = dialog->findChild<QKeySequenceEdit *>(QString("keys.") + id);
            QVERIFY2(edit, id);
            edit->setKeySequence(keys);
            Q_EMIT edit->editingFinished();
        };
        change("run-all", QKeySequence(Qt::CTRL | Qt::Key_J));
        bool there = false;
        for (const QAction *action : m_window->menuBar()->findChildren<QAction *>())
            there = there || action->shortcut() == QKeySequence(Qt::CTRL | Qt::Key_J);
        QVERIFY(there);
        change("search", QKeySequence(Qt::CTRL | Qt::Key_J));
        QVERIFY(dialog->findChild<QLabel *>("keyConflicts")->text().contains("Run All"));
        m_window->rebuild(); // they hold
        QCOMPARE(Shortcuts::keysOf(rowOf("run-all")), QKeySequence(Qt::CTRL | Qt::Key_J));
        dialog->findChild<QPushButton *>("resetKeys")->click();
        QCOMPARE(Shortcuts::keysOf(rowOf("run-all")), QKeySequence(Qt::CTRL | Qt::Key_R));
        QVERIFY(!QSettings().contains("shortcuts/run-all"));
        dialog->close();
    }

    void noTwoThingsHaveTheSameKeys()
    {
        for (const KeyRow &row : Shortcuts::rows())
            QVERIFY2(Shortcuts::conflictOf(row).isEmpty(), qPrintable(row.text + Shortcuts::conflictOf(row)));
    }

    void resultsAreWrittenForPeopleAndPrograms()
    {
        search("phash");
        session().runAll();
        QVERIFY(waitIdle());
        const auto results = session().results().queryResults();
        const auto write = [&](const char *name) {
            const QString file = m_dir.filePath(name);
            exportResults(toPath(file), *session().workspace(), results, 10, {"Results <1>", "Query", "no source"},
                          session().cache().get(), TaskContext::none());
            return contents(file);
        };
        const QStringList rows = write("r.csv").split('\n', Qt::SkipEmptyParts);
        QCOMPARE(rows.size(), 1 + 16 * 10);
        QVERIFY(rows[1].startsWith("query0001.jpg,1,scene"));
        const auto json = nlohmann::json::parse(write("r.json").toStdString());
        QCOMPARE(json.size(), std::size_t(16));
        int right = 0;
        for (const auto &query : json)
            right += query["answers"][0].value("right", false);
        QCOMPARE(double(right) / 12, session().results().metrics()->acc1);
        const QString sheet = write("r.html");
        QCOMPARE(sheet.count("<figure"), 16 * 11);
        QVERIFY(sheet.count("class=\"right\"") >= right);
        QVERIFY(sheet.contains("Results &lt;1&gt;") && sheet.contains("no source"));
        const auto at = sheet.indexOf("base64,") + 7;
        const QByteArray jpeg = QByteArray::fromBase64(sheet.mid(at, sheet.indexOf('"', at) - at).toLatin1());
        QVERIFY(!QImage::fromData(jpeg).isNull()); // decoded by Qt's own base64
        QVERIFY_THROWS_EXCEPTION(Error, write("r.txt"));
    }
};

int main(int argc, char **argv)
{
    return test::runWindowTest<TestHelp>(argc, argv);
}
#include "tst_help.moc"
