// The match page, the aligned comparison and the benchmark page, driven as a person would.
#include "core/base/file.h"
#include "core/data/attacks.h"
#include "core/data/sample_workspace.h"
#include "core/data/scene.h"
#include "core/search/recipe_store.h"
#include "tests/support/pictures.h"
#include "tests/support/sandbox.h"
#include "ui/main_window.h"
#include "ui/pages/benchmark_page.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/match_page.h"
#include "ui/pages/search_page.h"
#include "ui/util/convert.h"
#include "ui/util/settings.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/match_view.h"

#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QSpinBox>
#include <QTableView>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

using namespace likeness;
using namespace likeness::ui;

class TestMatchPage : public QObject {
    Q_OBJECT
    std::unique_ptr<MainWindow> m_window;
    QTemporaryDir m_dir;

    template <class Widget> Widget *find(const char *name) const
    {
        return m_window->findChild<Widget *>(QString::fromLatin1(name));
    }
    Session &session() { return m_window->session(); }
    bool waitIdle()
    {
        return QTest::qWaitFor([this] { return !session().isBusy(); }, 240'000);
    }
    /// The first query whose source came first.
    void chooseRightlyAnswered()
    {
        for (ImageId id = 0; id < session().workspace()->queries.size(); ++id) {
            session().setQueryId(id);
            session().runQuery();
            QVERIFY(waitIdle());
            if (session().currentResult()->rightRank == 1 && session().selectedHit() >= 0)
                return;
        }
        QFAIL("no query was answered rightly");
    }

private Q_SLOTS:
    void initTestCase()
    {
        const std::filesystem::path folder = m_dir.filePath("workspace").toStdString();
        writeSampleWorkspace(folder, {30, 12, 4, 2}, TaskContext::none());
        m_window = std::make_unique<MainWindow>();
        m_window->resize(1200, 800);
        m_window->show();
        session().chooseRecipe(recipeNamed("local-best"));
        m_window->open(m_dir.filePath("workspace"));
        QVERIFY(waitIdle());
        QVERIFY(session().hasWorkspace());
    }
    void cleanupTestCase() { m_window.reset(); }

    void whyShowsTheMatchesOfTheSelectedResult()
    {
        chooseRightlyAnswered();
        m_window->showPage<SearchPage>();
        QTest::mouseClick(find<QPushButton>("why"), Qt::LeftButton);
        QVERIFY(m_window->isShown<MatchPage>());
        MatchPage &page = m_window->page<MatchPage>();
        QVERIFY(QTest::qWaitFor([&] { return page.match() != nullptr; }, 20'000));
        const ImageMatch &match = *page.match();
        QVERIFY(match.supported() && match.inliers >= 12);
        QVERIFY(find<QLabel>("verdict")->text().contains(QStringLiteral("Supported")));
        QCOMPARE(find<QTableView>("matches")->model()->rowCount(), int(match.matches.size()));
    }

    void aParameterChangesTheMatchAtOnce()
    {
        MatchPage &page = m_window->page<MatchPage>();
        const auto before = page.match();
        QVERIFY(before);
        QSignalSpy matched(&page, &MatchPage::matched);
        auto *ratio = page.findChild<QDoubleSpinBox *>(QStringLiteral("match.ratio"));
        ratio->setValue(0.6);
        QVERIFY(QTest::qWaitFor([&] { return page.match() && page.match() != before; }, 20'000));
        QVERIFY(matched.count() >= 1);
        QVERIFY(page.match()->support < before->support); // fewer tentative matches
        ratio->setValue(0.85);
        QVERIFY(QTest::qWaitFor([&] { return page.match()->matches == before->matches; }, 20'000));
    }

    void theOutlineOfACanBeHidden()
    {
        MatchPage &page = m_window->page<MatchPage>();
        auto *outline = page.findChild<QToolButton *>(QStringLiteral("outline"));
        QVERIFY(outline->isChecked());
        const QImage with = page.view().grab().toImage();
        outline->click();
        QVERIFY(page.view().grab().toImage() != with);
        outline->click();
        QCOMPARE(page.view().grab().toImage(), with);
    }

    void rowAndPictureSelectEachOther()
    {
        MatchPage &page = m_window->page<MatchPage>();
        auto *table = find<QTableView>("matches");
        table->selectRow(2);
        const int match =
            static_cast<QSortFilterProxyModel *>(table->model())->mapToSource(table->model()->index(2, 0)).row();
        QCOMPARE(page.view().selected(), match);
        Q_EMIT page.view().selectedByUser(0);
        QCOMPARE(static_cast<QSortFilterProxyModel *>(table->model())->mapToSource(table->currentIndex()).row(), 0);
    }

    void matchesAreExportedAsPicturesAndNumbers()
    {
        MatchPage &page = m_window->page<MatchPage>();
        for (const char *name : {"match.png", "match.svg", "match.pdf", "match.csv", "match.json"}) {
            const QString file = m_dir.filePath(QString::fromLatin1(name));
            QCOMPARE(page.save(file), QString());
            QVERIFY(QFileInfo(file).size() > 500);
        }
        const QStringList lines =
            QString::fromStdString(readText(m_dir.filePath("match.csv").toStdString())).split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), qsizetype(page.match()->matches.size() + 1));
        QCOMPARE(QImage(m_dir.filePath("match.png")).size(), 2 * page.view().size()); // sharper than the screen
        QVERIFY(!page.save(QStringLiteral("/nowhere/match.png")).isEmpty());
    }

    void picturesWithoutSupportSayWhatIsMissing()
    {
        MatchPage &page = m_window->page<MatchPage>();
        const auto gallery = session().workspace()->gallery;
        page.setFiles(toQString(gallery[0].path), toQString(gallery[5].path));
        QVERIFY(QTest::qWaitFor([&] { return page.match() && !page.match()->supported(); }, 20'000));
        const QString verdict = find<QLabel>("verdict")->text();
        QVERIFY2(verdict.contains(QStringLiteral("No geometric support")) && verdict.contains(QStringLiteral("needed")),
                 qPrintable(verdict));
    }

    void alignedComparisonUndoesTheCopy()
    {
        const QImage original(toQString(session().workspace()->gallery[3].path));
        session().setQueryImage(
            original.mirrored(true, false).copy(20, 10, original.width() - 90, original.height() - 60),
            QStringLiteral("mirrored"));
        session().runQuery();
        QVERIFY(waitIdle());
        QCOMPARE(session().selectedHit(), 3);
        m_window->showPage<ComparePage>();
        ComparePage &page = m_window->page<ComparePage>();
        const auto ssim = [&] {
            static const QRegularExpression number(QStringLiteral("SSIM.*?<b>([0-9.]+)</b>"));
            for (const QLabel *label : page.findChildren<QLabel *>())
                if (const auto found = number.match(label->text()); found.hasMatch())
                    return found.captured(1).toDouble();
            return -1.0;
        };
        auto *aligned = page.findChild<QToolButton *>(QStringLiteral("aligned"));
        aligned->setChecked(false);
        QTest::qWait(300);
        QVERIFY(QTest::qWaitFor([&] { return ssim() >= 0; }, 20'000));
        const double stretched = ssim();
        aligned->setChecked(true);
        QVERIFY(QTest::qWaitFor([&] { return ssim() > stretched + 0.05; }, 20'000));
        aligned->setChecked(false);
    }

    void benchmarkMeasuresPairsAndOpensOne()
    {
        QDir().mkpath(m_dir.filePath("pairs"));
        const std::filesystem::path folder = m_dir.filePath("pairs").toStdString();
        const AttackedImage copy = applyAttack("rotate", renderScene(4, 2), 0.4, 5);
        test::writeJpeg(folder / "a.jpg", renderScene(4, 2), 92);
        test::writeJpeg(folder / "b.jpg", copy.pixels, 92);
        test::writeJpeg(folder / "c.jpg", renderScene(4, 9), 92);
        std::string matrix;
        for (const double value : copy.attackedFromSource->val)
            matrix += std::to_string(value) + " ";
        test::writeText(folder / "h.txt", matrix);
        test::writeText(folder / "pairs.csv", "a,b,homography\na.jpg,b.jpg,h.txt\na.jpg,c.jpg,\n");
        BenchmarkPage &page = m_window->page<BenchmarkPage>();
        m_window->showPage<BenchmarkPage>();
        page.run(m_dir.filePath("pairs"));
        QVERIFY(waitIdle());
        QVERIFY(page.hasResults());
        const auto *figures = page.findChild<QTableWidget *>();
        QCOMPARE(figures->rowCount(), 3);
        QVERIFY(figures->item(1, 3)->text().toDouble() > 0.5); // the default preset's AUC@10
        Q_EMIT page.pairWanted(m_dir.filePath("pairs/a.jpg"), m_dir.filePath("pairs/b.jpg"));
        QVERIFY(m_window->isShown<MatchPage>());
        QVERIFY(QTest::qWaitFor(
            [&] { return m_window->page<MatchPage>().match() && m_window->page<MatchPage>().match()->supported(); },
            20'000));
    }

    void aChangeOfLanguageKeepsTheBenchmarkAndTheMatch()
    {
        m_window->showPage<MatchPage>();
        MatchPage &page = m_window->page<MatchPage>();
        page.setFiles(m_dir.filePath("pairs/a.jpg"), m_dir.filePath("pairs/b.jpg"));
        page.setOption("count", std::int64_t(700));
        QTRY_VERIFY(page.match() && page.match()->a.keypoints.size() <= 700);
        find<QComboBox>("lines")->setCurrentIndex(2);
        auto *table = find<QTableView>("matches");
        table->setCurrentIndex(table->model()->index(3, 0));
        const int selected = page.view().selected();
        QVERIFY(selected >= 0);
        const auto match = page.match();
        m_window->page<BenchmarkPage>().findChild<QTableWidget *>()->setCurrentCell(0, 0);
        const QString command = m_window->page<BenchmarkPage>().findChild<CommandBar *>()->command();

        applyLanguage("zh_CN");
        m_window->rebuild();
        QCOMPARE(m_window->page<MatchPage>().match(), match);
        QCOMPARE(m_window->page<MatchPage>().view().selected(), selected);
        QCOMPARE(find<QSpinBox>("match.count")->value(), 700);
        QCOMPARE(m_window->page<MatchPage>().view().look().lines, MatchLook::Lines::Outliers);
        QCOMPARE(find<QComboBox>("lines")->currentIndex(), 2);
        QVERIFY(!find<QLabel>("verdict")->text().isEmpty());
        QVERIFY(m_window->page<BenchmarkPage>().hasResults());
        const auto *figures = m_window->page<BenchmarkPage>().findChild<QTableWidget *>();
        QCOMPARE(figures->rowCount(), 3);
        QCOMPARE(figures->currentRow(), 0);
        QVERIFY(!command.isEmpty());
        QCOMPARE(m_window->page<BenchmarkPage>().findChild<CommandBar *>()->command(), command);
        applyLanguage("en");
        m_window->rebuild();
        m_window->showPage<MatchPage>();
        QCOMPARE(m_window->page<MatchPage>().match(), match);
    }

    void theCommandIsThatOfTheFiguresThatAreShown()
    {
        m_window->showPage<BenchmarkPage>();
        BenchmarkPage &page = m_window->page<BenchmarkPage>();
        page.run(m_dir.filePath("pairs"));
        page.run(m_dir.filePath("others")); // waits, and is taken off the list
        session().jobs().remove(0);
        QVERIFY(waitIdle());
        QCOMPARE(page.findChild<QTableWidget *>()->rowCount(), 3);
        const QString command = page.findChild<CommandBar *>()->command();
        QVERIFY2(command.endsWith(QStringLiteral("pairs")), qPrintable(command));
    }

    void theRightPictureHasARankBeyondTheAnswers()
    {
        QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString();
        writeSampleWorkspace(folder, {115, 1, 0, 3}, TaskContext::none());
        session().chooseRecipe(recipeNamed("fast-grey-histogram"));
        const auto answered = [&]() -> const Answer & {
            m_window->open(dir.path());
            waitIdle();
            session().setQueryId(0);
            session().runQuery();
            waitIdle();
            return *session().currentResult();
        };
        std::set<int> shown;
        for (const Hit &hit : answered().ranking)
            shown.insert(hit.image);
        QCOMPARE(shown.size(), std::size_t(100));
        int hidden = 0;
        while (shown.contains(hidden))
            ++hidden;
        const Workspace &workspace = *session().workspace();
        const std::string source = workspace.gallery[hidden].name, query = workspace.queries[0].name;
        writeFileAside(folder / "ground_truth.csv", [&](std::ostream &out) {
            out << "source,query\n" << source << ',' << query << '\n';
        });
        const Answer &answer = answered();
        QVERIFY(answer.rightRank > 100 && answer.rightRank <= 115);
        QCOMPARE(answer.right, hidden);
    }
};

int main(int argc, char **argv)
{
    const likeness::test::Sandbox sandbox;
    QApplication application(argc, argv);
    QApplication::setOrganizationName("likeness");
    QApplication::setApplicationName("likeness");
    TestMatchPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_match_page.moc"
