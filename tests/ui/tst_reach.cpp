// Everybody reaches everything: contrast of texts, names for screen readers, the way of Tab, folders and orders.
#include "tests/support/window_test.h"
#include "ui/page_table.h"
#include "ui/pages/match_page.h"
#include "ui/util/accessible_views.h"
#include "ui/util/theme.h"
#include "ui/widgets/folder_tree.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/match_view.h"
#include "ui/widgets/thumbnail_grid.h"
#include "ui/widgets/training_outlook.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QDir>
#include <QStackedWidget>
#include <cmath>

using namespace likeness;
using namespace likeness::ui;

namespace {

/// WCAG 2.1: relative luminance and contrast ratio.
double luminance(const QColor &colour)
{
    const auto part = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF());
}
double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace

class TestReach : public test::WindowTest {
    Q_OBJECT

    QList<QWidget *> stopsOfTab() const
    {
        QList<QWidget *> stops;
        QWidget *at = m_window.get();
        do {
            if (at->isVisible() && at->isEnabled() && (at->focusPolicy() & Qt::TabFocus) && !at->focusProxy())
                stops << at;
            at = at->nextInFocusChain();
        } while (at != m_window.get());
        return stops;
    }

private Q_SLOTS:
    void initTestCase()
    {
        installAccessibleViews();
        makeSample();
    }
    void init() { openWindow(); }
    void cleanup() { m_window.reset(); }

    void textsHaveContrastInBothThemes()
    {
        for (const Theme theme : {Theme::Light, Theme::Dark}) {
            applyTheme(theme);
            const QPalette p = QApplication::palette();
            const QColor window = p.color(QPalette::Window), base = p.color(QPalette::Base);
            const struct {
                const char *name;
                QColor text, ground;
            } pairs[] = {{"text", p.color(QPalette::Text), base},
                         {"window text", p.color(QPalette::WindowText), window},
                         {"button", p.color(QPalette::ButtonText), p.color(QPalette::Button)},
                         {"faint on window", p.color(QPalette::PlaceholderText), window},
                         {"faint on base", p.color(QPalette::PlaceholderText), base},
                         {"selected", p.color(QPalette::HighlightedText), p.color(QPalette::Highlight)},
                         {"link on window", p.color(QPalette::Link), window},
                         {"link on base", p.color(QPalette::Link), base},
                         {"right on base", rightColour(), base},
                         {"right on window", rightColour(), window},
                         {"wrong on base", wrongColour(), base},
                         {"wrong on window", wrongColour(), window},
                         {"tool tip", p.color(QPalette::ToolTipText), p.color(QPalette::ToolTipBase)}};
            for (const auto &pair : pairs)
                QVERIFY2(
                    contrast(pair.text, pair.ground) >= 4.5,
                    qPrintable(
                        QString("%1, %2: %3").arg(pair.name).arg(int(theme)).arg(contrast(pair.text, pair.ground))));
        }
        applyTheme(Theme::Light);
    }

    void everyStopOfTabHasANameAndThereAreFew_data()
    {
        QTest::addColumn<int>("row");
        for (const PageRow &page : pageTable())
            QTest::newRow(page.name) << int(&page - pageTable().data());
    }
    void everyStopOfTabHasANameAndThereAreFew()
    {
        QFETCH(int, row);
        search("phash");
        m_window->showPage(*pageTable()[std::size_t(row)].type);
        QTest::qWait(50);
        const auto stops = stopsOfTab();
        QStringList mute;
        for (QWidget *stop : stops) {
            QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(stop);
            if (!spoken || (spoken->text(QAccessible::Name).isEmpty() && stop->toolTip().isEmpty()))
                mute << QString("%1 %2 in %3")
                            .arg(stop->metaObject()->className(), stop->objectName(),
                                 stop->parentWidget()->metaObject()->className());
        }
        QVERIFY2(mute.isEmpty(), qPrintable(mute.join(", ")));
        QStringList names;
        for (const QWidget *stop : stops)
            names << stop->metaObject()->className() + QLatin1Char(' ') + stop->objectName();
        QVERIFY2(stops.size() < 40, qPrintable(QString("%1: ").arg(stops.size()) + names.join(", ")));
    }

    void paintedViewsSpeak()
    {
        search("phash");
        auto *view = m_window->page<SearchPage>().findChild<ImageView *>();
        QTRY_VERIFY(!view->chosenPictures().empty());
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(view);
        QCOMPARE(spoken->role(), QAccessible::Graphic);
        QVERIFY(spoken->text(QAccessible::Description).contains("pixels"));
        m_window->showPage<MatchPage>();
        MatchPage &page = m_window->page<MatchPage>();
        QTRY_VERIFY_WITH_TIMEOUT(page.match() != nullptr, 30'000 * test::patience);
        spoken = QAccessible::queryAccessibleInterface(&page.view());
        QCOMPARE(spoken->role(), QAccessible::Graphic);
        QVERIFY(spoken->text(QAccessible::Description).contains("inlier"));
    }

    void picturesAreSeenByFolderAndInAnOrder()
    {
        const QString folder = m_dir.filePath("photos");
        QDir().mkpath(folder + "/2023/summer");
        QDir().mkpath(folder + "/2024");
        const QString from = m_workspace + "/dataset/scene000%1.jpg";
        QVERIFY(QFile::copy(from.arg(1), folder + "/2023/a.jpg"));
        QVERIFY(QFile::copy(from.arg(2), folder + "/2023/summer/b.jpg"));
        QVERIFY(QFile::copy(from.arg(3), folder + "/2024/c.jpg"));
        QFile old(folder + "/2024/c.jpg");
        QVERIFY(old.open(QIODevice::ReadWrite));
        QVERIFY(old.setFileTime(QDateTime(QDate(2001, 2, 3), QTime(4, 5)), QFileDevice::FileModificationTime));
        old.close();
        openWorkspace(folder);
        m_window->showPage<BrowsePage>();
        auto *tree = m_window->findChild<FolderTree *>();
        QVERIFY(tree->isVisible());
        ThumbnailGrid &grid = m_window->page<BrowsePage>().grid();
        tree->setCurrentItem(tree->topLevelItem(0)->child(0));
        QCOMPARE(grid.images().rowCount(), 2); // 2023 and below
        tree->setCurrentItem(tree->topLevelItem(0));
        QCOMPARE(grid.images().rowCount(), 3);
        find<QComboBox>("sorting")->setCurrentIndex(2); // oldest first
        QTRY_COMPARE(grid.images().index(0).data().toString(), QString("2024/c.jpg"));
        openWorkspace(m_workspace + "/dataset");
        QVERIFY(!tree->isVisible()); // nothing to choose from
    }

    void aTrainingSaysWhatItWillTeach()
    {
        QVERIFY(outlookText(150, 64, 30).contains("60 in all: too few"));
        QVERIFY(outlookText(150, 64, 30).contains("300 epochs"));
        QVERIFY(!outlookText(10'000, 64, 10).contains("too few"));
        QVERIFY(outlookText(0, 64, 10).isEmpty());
    }
};

int main(int argc, char **argv)
{
    return test::runWindowTest<TestReach>(argc, argv);
}
#include "tst_reach.moc"
