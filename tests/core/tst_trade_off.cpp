// What recipes cost and give: the Pareto front, a measured recipe, the plots of its vectors.
#include "core/base/random.h"
#include "core/data/sample_workspace.h"
#include "core/eval/trade_off.h"
#include "core/eval/vector_analysis.h"
#include "core/search/recipe_store.h"
#include "tests/support/recording_context.h"
#include "tests/support/sandbox.h"

#include <QTemporaryDir>
#include <QTest>
#include <numeric>
#include <opencv2/core.hpp>

using namespace likeness;
using namespace likeness::test;

namespace {

double meanOf(const std::vector<float> &values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

} // namespace

class TestTradeOff : public QObject {
    Q_OBJECT
    Sandbox m_sandbox;
    QTemporaryDir m_dir;
    Workspace m_workspace;

private Q_SLOTS:
    void initTestCase()
    {
        writeSampleWorkspace(m_dir.path().toStdString(), {60, 24, 6, 3}, TaskContext::none());
        m_workspace = Workspace::open(m_dir.path().toStdString());
    }

    void theFrontHoldsWhatNothingBeatsInBoth()
    {
        Random random(7);
        std::vector<CostAndGain> choices;
        for (int i = 0; i < 200; ++i)
            choices.push_back({double(random.integer(1, 40)), double(random.integer(1, 40))});
        const auto front = paretoFront(choices);
        for (std::size_t i = 0; i < choices.size(); ++i) {
            bool beaten = false; // by one as good in both and better in one
            for (const CostAndGain &other : choices)
                beaten |= other.cost <= choices[i].cost && other.gain >= choices[i].gain &&
                          (other.cost < choices[i].cost || other.gain > choices[i].gain);
            const bool twin = std::ranges::any_of(front, [&](std::size_t f) {
                return choices[f].cost == choices[i].cost && choices[f].gain == choices[i].gain;
            });
            QCOMPARE(twin, !beaten);
        }
        for (std::size_t f = 1; f < front.size(); ++f)
            QVERIFY(choices[front[f - 1]].cost < choices[front[f]].cost);
        QVERIFY(paretoFront({}).empty());
    }

    void aMeasuredRecipeHasTheFiguresOfItsEvaluation()
    {
        const Recipe recipe = recipeNamed("tiny-image");
        const TradeOff measured =
            measureTradeOff(recipe, m_workspace, &*m_workspace.truth, nullptr, TaskContext::none());
        const auto evaluation = evaluateRecipe(recipe, m_workspace, *m_workspace.truth, nullptr, TaskContext::none());
        QCOMPARE(measured.evaluation.metrics.uap, evaluation.metrics.uap);
        QCOMPARE(measured.evaluation.indexBytes, evaluation.indexBytes);
        QVERIFY(measured.queryMs > measured.evaluation.searchMs);
        QVERIFY(!measured.exactRecall10 && !measured.withoutRankers);
    }

    void recallOfExactSearchFallsWithTheCode()
    {
        Recipe recipe = recipeNamed("tiny-image");
        recipe.branches[0].index = {"pq", checkedValues(indexById("pq").params, {}, "pq")};
        const auto recallWith = [&](const char *bytes) {
            applyOverride(recipe, std::string("pq.bytes=") + bytes);
            return *measureTradeOff(recipe, m_workspace, nullptr, nullptr, TaskContext::none()).exactRecall10;
        };
        const double large = recallWith("64"), small = recallWith("1");
        QVERIFY(large > 0.8 && large <= 1);
        QVERIFY(small < large);
    }

    void rankersAreShownByWhatTheyAdd()
    {
        const Recipe recipe = recipeNamed("likeness-small");
        const TradeOff measured =
            measureTradeOff(recipe, m_workspace, &*m_workspace.truth, nullptr, TaskContext::none());
        QVERIFY(measured.withoutRankers.has_value());
        Recipe plain = recipe;
        plain.rankers.clear();
        QCOMPARE(measured.withoutRankers->uap,
                 evaluateRecipe(plain, m_workspace, *m_workspace.truth, nullptr, TaskContext::none()).metrics.uap);
    }

    void aBackgroundFolderIsTheMeanOfItsNearestImages()
    {
        // The same dot products by another way.
        const QTemporaryDir other;
        writeSampleWorkspace(other.path().toStdString(), {30, 0, 0, 99}, TaskContext::none());
        const std::string folder = other.path().toStdString() + "/dataset";
        Recipe plain = recipeNamed("likeness-small");
        plain.branches[0].transforms = {{"centre", {}}, {"unit-length", {}}};
        Recipe normalised = plain;
        plain.rankers.clear();
        applyOverride(normalised, "score-normalisation.background=" + folder);
        applyOverride(normalised, "score-normalisation.count=7");
        const auto scoresBy = [&](const Recipe &recipe) {
            const auto engine = Engine::build(recipe, m_workspace.gallery, nullptr, TaskContext::none());
            return engine->searchFile(m_workspace.queries[3].path, 5).scores;
        };
        const std::vector<float> before = scoresBy(plain), after = scoresBy(normalised);
        const RecipeExtractor extractor(plain, nullptr);
        const auto unit = [&](const std::filesystem::path &path, const cv::Mat &mean) {
            cv::Mat row = extractor.extractFile(path, Role::Query)[0].rows - mean;
            return cv::Mat(row / cv::norm(row));
        };
        cv::Mat mean = cv::Mat::zeros(1, 256, CV_32F);
        for (const ImageRef &image : m_workspace.gallery.images())
            mean += extractor.extractFile(image.path, Role::Gallery)[0].rows / float(m_workspace.gallery.size());
        const cv::Mat query = unit(m_workspace.queries[3].path, mean);
        std::vector<double> products;
        const ImageSet images = ImageSet::scan(folder);
        for (const ImageRef &image : images.images())
            products.push_back(query.dot(unit(image.path, mean)));
        std::ranges::sort(products, std::greater{});
        const double wanted = std::accumulate(products.begin(), products.begin() + 7, 0.0) / 7;
        for (std::size_t i = 0; i < before.size(); ++i)
            QVERIFY2(std::abs(double(before[i] - after[i]) - wanted) < 1e-4, qPrintable(QString::number(wanted)));
    }

    void aBackgroundThatCannotBeUsedIsNamed()
    {
        Recipe recipe = recipeNamed("likeness-small");
        applyOverride(recipe, "score-normalisation.background=/nowhere/at/all");
        QVERIFY_THROWS_EXCEPTION(Error, Engine::build(recipe, m_workspace.gallery, nullptr, TaskContext::none()));
        const QTemporaryDir empty;
        applyOverride(recipe, "score-normalisation.background=" + empty.path().toStdString());
        QVERIFY_THROWS_EXCEPTION(Error, Engine::build(recipe, m_workspace.gallery, nullptr, TaskContext::none()));
        Recipe fused = recipeNamed("best");
        fused.rankers.push_back({recipe.rankers[0].ranker, std::nullopt});
        QVERIFY_THROWS_EXCEPTION(Error, checkRecipe(fused));
    }

    void vectorsAreExplainedAndWhitened()
    {
        const VectorAnalysis analysis =
            analyseVectors(recipeNamed("likeness-small"), m_workspace, nullptr, TaskContext::none());
        QCOMPARE(analysis.vectors, std::int64_t(60));
        QVERIFY(analysis.width > 100);
        QCOMPARE(analysis.explained.size(), std::size_t(59)); // 60 vectors span no more
        QVERIFY(std::abs(analysis.explained.back() - 1) < 1e-4);
        QVERIFY(std::ranges::is_sorted(analysis.explained));
        QCOMPARE(analysis.sameBefore.size(), std::size_t(24));
        QVERIFY(meanOf(analysis.sameBefore) < meanOf(analysis.otherBefore));
        // Whitened vectors of two images are about at right angles.
        QVERIFY(std::abs(meanOf(analysis.otherAfter) - std::sqrt(2)) < 0.1);
        QVERIFY(analysis.codes.size() >= 4);
        for (const CodeSizeRecall &size : analysis.codes)
            QVERIFY(size.rescored >= size.recall - 1e-9);
        QVERIFY(analysis.codes.back().recall > analysis.codes.front().recall);
    }

    void featuresThatAreNoVectorsAreRefused()
    {
        QVERIFY_THROWS_EXCEPTION(Error,
                                 analyseVectors(recipeNamed("phash"), m_workspace, nullptr, TaskContext::none()));
        Workspace one = m_workspace;
        one.gallery = ImageSet::of({m_workspace.gallery[0]});
        one.queries = {};
        QVERIFY_THROWS_EXCEPTION(Error, analyseVectors(recipeNamed("tiny-image"), one, nullptr, TaskContext::none()));
    }

    void aFolderWithoutQueriesIsLookedUpInItself()
    {
        Workspace gallery = m_workspace;
        gallery.queries = {};
        gallery.truth.reset();
        const VectorAnalysis analysis =
            analyseVectors(recipeNamed("tiny-image"), gallery, nullptr, TaskContext::none());
        QVERIFY(analysis.sameBefore.empty() && !analysis.otherBefore.empty());
        QVERIFY(analysis.codes.back().rescored > 0.9);
    }

    void measuringIsCancelledAtOnce()
    {
        RecordingContext context;
        context.cancel();
        QVERIFY_THROWS_EXCEPTION(
            Cancelled, measureTradeOff(recipeNamed("tiny-image"), m_workspace, &*m_workspace.truth, nullptr, context));
        QVERIFY_THROWS_EXCEPTION(Cancelled, analyseVectors(recipeNamed("tiny-image"), m_workspace, nullptr, context));
    }
};

QTEST_GUILESS_MAIN(TestTradeOff)
#include "tst_trade_off.moc"
