// The search page as a person reads it: the answer in a sentence, the recipe as a card, the queries as pictures.
#include "core/search/recipe_store.h"
#include "tests/support/window_test.h"
#include "ui/models/query_history.h"
#include "ui/pages/search_page.h"
#include "ui/session_commands.h"
#include "ui/util/convert.h"
#include "ui/widgets/card.h"
#include "ui/widgets/match_verdict.h"
#include "ui/widgets/parts_dialog.h"
#include "ui/widgets/query_table.h"
#include "ui/widgets/recipe_chooser.h"
#include "ui/widgets/thumbnail_grid.h"

#include <QInputDialog>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTreeWidget>

using namespace likeness;
using namespace likeness::ui;

namespace {

Ranking rankingOf(std::initializer_list<float> margins)
{
    Ranking ranking;
    for (const float margin : margins)
        ranking.push_back({int(ranking.size()), margin, margin});
    return ranking;
}

} // namespace

class TestSearchPage : public test::WindowTest {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { makeSample(); }
    void init() { openWindow(); }
    void cleanup() { m_window.reset(); }

    void answersAreJudgedByHowFarTheyStandOut()
    {
        const Judgement found = judgementOf(rankingOf({20, 8, 5, 2}), -1, std::nullopt);
        QCOMPARE(found.noiseFrom, 2);
        QCOMPARE(found.near, 2);
        QVERIFY(found.first == Certainty::Likely); // without a probability nothing is certain
        QVERIFY(judgementOf(rankingOf({20, 8}), -1, 0.97).first == Certainty::Certain);
        QVERIFY(judgementOf(rankingOf({5, 4}), -1, 0.6).first == Certainty::Likely);
        QCOMPARE(judgementOf(rankingOf({20, 8}), -1, 0.2).noiseFrom, 0);
        QCOMPARE(judgementOf(rankingOf({0, 0}), -1, std::nullopt).noiseFrom, -1); // scores that say nothing
        const Judgement itself = judgementOf(rankingOf({99, 3, 2}), 0, std::nullopt);
        QCOMPARE(itself.noiseFrom, 1); // the picture itself is no noise
        QCOMPARE(itself.near, 0);      // and nothing that was found
    }

    void theAnswerIsASentence()
    {
        const Judgement one = judgementOf(rankingOf({20, 2}), -1, std::nullopt);
        QCOMPARE(sentenceOf(one, QStringList{"mirrored"}), QString("One copy, mirrored; nothing else near."));
        QVERIFY(sentenceOf(one, std::nullopt).contains("likely"));
        QVERIFY(sentenceOf(judgementOf(rankingOf({3, 2}), -1, std::nullopt), std::nullopt).startsWith("Nothing near"));
    }

    void noiseBeginsAtALine()
    {
        openWorkspace();
        auto *grid = find<ThumbnailGrid>("results");
        const Ranking ranking = rankingOf({20, 8, 5, 2});
        grid->images().setRanking(session().workspace()->gallery, ranking, nullptr, -1,
                                  judgementOf(ranking, -1, std::nullopt));
        QCOMPARE(grid->images().noiseRow(), 2);
        QVERIFY(!grid->images().index(1).data(NoiseRole).toBool());
        QVERIFY(grid->images().index(2).data(NoiseRole).toBool());
        QVERIFY(grid->images().index(2).data(CaptionRole).toString().contains("noise"));
        QVERIFY(grid->images().index(0).data(CaptionRole).toString().contains("likely"));
        QVERIFY(grid->images().index(0).data(Qt::ToolTipRole).toString().contains("20.0")); // the number on hover
    }

    void changesAreReadOffTheHomography()
    {
        // B is 400 x 300; A shows its left half, mirrored: x' = 200 - x.
        ImageMatch match;
        match.mirrored = true;
        match.bFromA = cv::Matx33d(-1, 0, 200, 0, 1, 0, 0, 0, 1);
        const auto half = changesOf(match, {200, 300}, {400, 300});
        QVERIFY(half);
        QCOMPARE(half->join(", "), QString("mirrored, cropped to 50 %"));
        // A quarter of A is B, turned by a right angle.
        match.mirrored = false;
        match.bFromA = cv::Matx33d(0, 1, -100, -1, 0, 300, 0, 0, 1);
        const auto inside = changesOf(match, {600, 600}, {300, 300});
        QVERIFY(inside && inside->join(", ").contains("fills 25 %"));
        QVERIFY2(inside->join(", ").contains(QString::fromUtf8("turned by 90°")), qPrintable(inside->join(", ")));
        match.bFromA = cv::Matx33d::eye();
        QVERIFY(changesOf(match, {400, 300}, {400, 300})->isEmpty());
        QCOMPARE(changesOf(match, {400, 300}, {400, 300}, 0.5)->join(", "), QString("at 50 % of the size"));
    }

    void theSentenceTellsHowTheCopyWasMade()
    {
        openWorkspace(m_workspace + "/dataset");
        chooseRecipe("phash");
        const QString copy = m_dir.filePath("copy.png");
        QVERIFY(QImage(toQString(session().workspace()->gallery[3].path)).mirrored(true, false).save(copy));
        chooseRecipe("likeness-lite");
        session().setQueryFile(toPath(copy));
        session().runQuery();
        QVERIFY(waitIdle());
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("sentence")->text().contains("mirrored"), 30'000 * test::patience);
    }

    void aFastRecipeAnswersWhileTheChosenOneGetsReady()
    {
        openWorkspace();
        session().cache()->clear();
        chooseRecipe("best");
        bool quick = false, wasEarlier = false;
        connect(&session(), &Session::resultChanged, this, [&] {
            quick = quick || session().quickLook().has_value();
            wasEarlier = wasEarlier || (session().quickLook() && !session().currentResult() &&
                                        find<QLabel>("resultTitle")->text().contains("quick look"));
        });
        session().runQuery();
        QVERIFY(waitIdle());
        QVERIFY(quick && wasEarlier);
        QVERIFY(session().currentResult() && !session().quickLook());
        QVERIFY(!find<QLabel>("resultTitle")->text().contains("quick look"));
        quick = false; // with the features at hand there is nothing to bridge
        session().setQueryId(3);
        session().runQuery();
        QVERIFY(waitIdle());
        QVERIFY(!quick && session().currentResult());
    }

    void theCardCountsWhatWasChangedAndGoesBack()
    {
        openWorkspace();
        chooseRecipe("seed-grey-histogram");
        auto *back = find<QPushButton>("cardBackToRecipe");
        QVERIFY(!back->isEnabled() && !find<QPushButton>("saveRecipeAs")->isEnabled());
        find<QSpinBox>("histogram.bins")->setValue(64);
        QVERIFY(find<QLabel>("recipeFigures")->text().contains("1 parameter"));
        QVERIFY(find<QLabel>("recipeFigures")->toolTip().contains("bins=64"));
        QTest::mouseClick(back, Qt::LeftButton);
        QVERIFY(session().recipe() == session().baseRecipe());
        QVERIFY(!back->isEnabled());
        QVERIFY(waitIdle());
    }

    void aChangedRecipeIsSavedUnderANameOfOnesOwn()
    {
        openWorkspace();
        chooseRecipe("seed-grey-histogram");
        find<QSpinBox>("histogram.bins")->setValue(32);
        QTest::mouseClick(find<QPushButton>("saveRecipeAs"), Qt::LeftButton);
        auto *question = m_window->findChild<QInputDialog *>();
        QVERIFY(question);
        question->setTextValue("Thirty-two");
        question->accept();
        QCOMPARE(session().baseRecipe().id, std::string("Thirty-two"));
        QCOMPARE(find<QLabel>("recipeName.shown")->text(), QString("Thirty-two"));
        QVERIFY(recipeNamed("Thirty-two") == session().recipe());
        session().chooseRecipe(recipeNamed("best"));
        removeUserRecipe("Thirty-two");
        QVERIFY(waitIdle());
    }

    void recipesAreFiveCardsAndAListThatIsSearched()
    {
        openWorkspace();
        chooseRecipe("phash");
        session().runAll();
        QVERIFY(waitIdle());
        QVERIFY(find<QLabel>("recipeFigures")->text().contains("right"));
        QTest::mouseClick(find<QPushButton>("changeRecipe"), Qt::LeftButton);
        auto *chooser = m_window->findChild<RecipeChooser *>();
        QVERIFY(chooser && chooser->isVisible());
        QCOMPARE(chooser->findChildren<CardButton *>("recipeCard").size(), 5);
        auto *list = chooser->findChild<QTreeWidget *>("recipeList");
        const auto shown = [list] {
            QStringList ids;
            for (int g = 0; g < list->topLevelItemCount(); ++g)
                for (int i = 0; i < list->topLevelItem(g)->childCount(); ++i)
                    if (!list->topLevelItem(g)->child(i)->isHidden())
                        ids << list->topLevelItem(g)->child(i)->data(0, Qt::UserRole).toString();
            return ids;
        };
        QCOMPARE(std::size_t(shown().size()), session().recipes().all().size());
        chooser->findChild<QLineEdit *>("recipeFilter")->setText("fisher");
        QCOMPARE(shown(), QStringList{"fisher"});
        Q_EMIT list->itemClicked(list->findItems("Fisher vector", Qt::MatchExactly | Qt::MatchRecursive).first(), 0);
        QCOMPARE(session().baseRecipe().id, std::string("fisher"));
        QVERIFY(waitIdle());
    }

    void wrongQueriesAreShownWorstFirst()
    {
        openWorkspace();
        chooseRecipe("seed-grey-histogram");
        session().runAll();
        QVERIFY(waitIdle());
        auto *table = m_window->findChild<QueryTable *>();
        const auto counts = table->counts();
        QCOMPARE(counts[QueryFilter::All], 16);
        QCOMPARE(counts[QueryFilter::NoSource], 4);
        QCOMPARE(counts[QueryFilter::Wrong] + counts[QueryFilter::Right], 12);
        QVERIFY(counts[QueryFilter::Wrong] > 1);
        const auto chosen = session().query().id;
        find<QComboBox>("queryFilter")->setCurrentIndex(QueryFilter::Wrong);
        QCOMPARE(table->model()->rowCount(), counts[QueryFilter::Wrong]);
        QCOMPARE(session().query().id, chosen); // a filter chooses nothing
        int before = 1'000'000;
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            const int rank = table->model()->index(row, QueryTableModel::RightRank).data().toInt();
            QVERIFY(rank > 1 && rank <= before);
            before = rank;
        }
        const QModelIndex worst = table->model()->index(0, QueryTableModel::Expected);
        QVERIFY(QFile::exists(worst.data(QueryTableModel::PathRole).toString())); // beside what was found
        find<QComboBox>("queryFilter")->setCurrentIndex(QueryFilter::All);
        QCOMPARE(table->model()->rowCount(), 16);
    }

    void ownQueriesAreNamedRepeatedAndRemoved()
    {
        openWorkspace(m_workspace + "/dataset");
        chooseRecipe("phash");
        QImage red(64, 48, QImage::Format_RGB32);
        red.fill(Qt::red);
        session().setQueryImage(red, "Pasted picture");
        session().runQuery();
        QVERIFY(waitIdle());
        session().setQueryFile(session().workspace()->gallery[2].path);
        auto *list = find<QListView>("ownQueries");
        auto &history = session().kept<QueryHistory>();
        QCOMPARE(history.rowCount(), 2);
        QVERIFY(history.setData(history.index(1), "my red one", Qt::EditRole));
        list->setCurrentIndex(history.index(1));
        Q_EMIT list->clicked(history.index(1));
        QVERIFY(waitIdle());
        QVERIFY(!session().query().bytes.empty() && session().currentResult());
        QCOMPARE(history.rowCount(), 2); // repeated, not once more in the list
        QCOMPARE(history.nameAt(0), QString("my red one"));
        list->setCurrentIndex(history.index(0));
        QTest::mouseClick(find<QPushButton>("removeQueries"), Qt::LeftButton);
        QCOMPARE(history.rowCount(), 1);
    }

    void theWindowComesBackWhereItWas()
    {
        openWorkspace();
        chooseRecipe("seed-grey-histogram");
        find<QSpinBox>("histogram.bins")->setValue(64);
        session().runAll();
        QVERIFY(waitIdle());
        QImage red(64, 48, QImage::Format_RGB32);
        red.fill(Qt::red);
        session().setQueryImage(red, "Pasted picture");
        session().setQueryId(5);
        m_window->showPage<SearchPage>();
        const double acc1 = session().results().metrics()->acc1;
        QTest::qWait(3500); // as after a crash: nobody closes the window
        m_window.reset();
        openWindow();
        m_window->comeBack();
        QVERIFY(waitIdle());
        QTRY_VERIFY(m_window->isShown<SearchPage>());
        QCOMPARE(session().folder(), m_workspace);
        QTRY_COMPARE(session().query().id, std::optional<ImageId>(5));
        QVERIFY(session().results().complete());
        QCOMPARE(session().results().metrics()->acc1, acc1);
        QVERIFY(session().recipe() != session().baseRecipe()); // with its changed parameter
        QVERIFY(m_window->page<SearchPage>().isFormShown());
        QCOMPARE(session().kept<QueryHistory>().rowCount(), 1);
        QVERIFY(!session().kept<QueryHistory>().at(0).bytes.empty());
    }

    void resultsOfOtherPicturesDoNotComeBack()
    {
        openWorkspace();
        chooseRecipe("phash");
        session().runAll();
        QVERIFY(waitIdle());
        m_window->close(); // writes at once
        m_window.reset();
        const QString picture = m_workspace + "/query/query0003.jpg";
        const QString kept = m_dir.filePath("kept.jpg");
        QVERIFY(QFile::copy(picture, kept));
        QVERIFY(QFile::remove(picture) && QFile::copy(m_workspace + "/query/query0004.jpg", picture));
        openWindow();
        m_window->comeBack();
        QVERIFY(waitIdle());
        QTRY_COMPARE(session().folder(), m_workspace);
        QTest::qWait(300);
        QCOMPARE(session().results().count(), 0);
        QVERIFY(QFile::remove(picture) && QFile::rename(kept, picture));
    }

    void severalPicturesAreLookedForTogether()
    {
        openWorkspace(m_workspace + "/dataset");
        chooseRecipe("likeness-lite");
        const ImageSet &gallery = session().workspace()->gallery;
        session().setQueryFile(gallery[2].path);
        session().setQueryFile(gallery[7].path);
        auto *list = find<QListView>("ownQueries");
        list->selectAll();
        QTest::mouseClick(find<QPushButton>("combineQueries"), Qt::LeftButton);
        auto *dialog = m_window->findChild<PartsDialog *>();
        QVERIFY(dialog);
        for (QPushButton *button : dialog->findChildren<QPushButton *>())
            if (button->text() == "Search")
                button->click();
        QVERIFY(waitIdle());
        QVERIFY(session().currentResult());
        const Ranking &ranking = session().currentResult()->ranking;
        const std::set<int> best{ranking[0].image, ranking[1].image};
        QCOMPARE(best, (std::set<int>{2, 7}));
        const QString command = searchCommand(session());
        QVERIFY2(command.count("--query") == 2 && command.contains("--weight"), qPrintable(command));
    }
};

int main(int argc, char **argv)
{
    return test::runWindowTest<TestSearchPage>(argc, argv);
}
#include "tst_search_page.moc"
