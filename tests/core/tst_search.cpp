#include "core/base/file.h"
#include "core/base/parallel.h"
#include "core/data/attacks.h"
#include "core/data/sample_workspace.h"
#include "core/data/scene.h"
#include "core/data/workspace.h"
#include "core/eval/metrics.h"
#include "core/search/engine.h"
#include "core/search/recipe_store.h"
#include "tests/support/pictures.h"
#include "tests/support/recording_context.h"

#include <QTemporaryDir>
#include <QTest>

using namespace likeness;

namespace {

QString refusal(Recipe recipe, const char *assignment)
{
    try {
        applyOverride(recipe, assignment);
    } catch (const Error &error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

QString jsonRefusal(const char *text)
{
    try {
        Recipe::fromJson(nlohmann::json::parse(text), "mine.json");
    } catch (const Error &error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

} // namespace

class TestSearch : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;
    Workspace m_workspace;

private Q_SLOTS:
    void initTestCase()
    {
        const std::filesystem::path root = m_dir.path().toStdString();
        writeSampleWorkspace(root, {40, 30, 10, 9}, TaskContext::none());
        m_workspace = Workspace::open(root);
    }

    void aPictureWithoutAFileIsNamedWhereItFails()
    {
        const auto engine = Engine::build(recipeNamed("phash"), m_workspace.gallery, nullptr, TaskContext::none());
        const std::vector<std::uint8_t> broken{1, 2, 3};
        const QueryPart part{.bytes = broken};
        try {
            engine->searchParts({&part, 1}, "Pasted picture", 3);
            QFAIL("three bytes are no picture");
        } catch (const Error &error) {
            QVERIFY(QString::fromUtf8(error.what()).contains(QStringLiteral("Pasted picture")));
        }
    }

    void everyImageHasItsPlaceInTheRanking()
    {
        const std::vector<float> scores{0.5f, 0.9f, noScore, 0.5f, 0.1f};
        const Ranking all = ranked(scores, 5);
        for (int place = 0; place < int(all.size()); ++place)
            QCOMPARE(rankOf(scores, all[std::size_t(place)].image), place + 1);
        QCOMPARE(rankOf(scores, 2), 0);
    }

    void bestRecipeFindsMostCopies()
    {
        const auto engine =
            Engine::build(recipeNamed("classical-best"), m_workspace.gallery, nullptr, TaskContext::none());
        std::vector<NamedRanking> rankings;
        for (const QueryResult &result : engine->searchAll(m_workspace.queries, 10, TaskContext::none()))
            rankings.push_back(named(result, m_workspace.gallery));
        const Metrics metrics = evaluate(rankings, *m_workspace.truth);
        QVERIFY2(metrics.acc1 >= 0.8 && metrics.uap >= 0.75,
                 qPrintable(QString("%1 %2").arg(metrics.acc1).arg(metrics.uap)));
    }

    void seedRecipeIsGreyCountsL2AndDot()
    {
        const auto engine =
            Engine::build(recipeNamed("seed-grey-histogram"), m_workspace.gallery, nullptr, TaskContext::none());
        const auto rowOf = [](const std::filesystem::path &path) {
            const cv::Mat grey = loadImage(path, {Colour::Grey, 0}).pixels;
            std::vector<double> counts(256, 0);
            for (int y = 0; y < grey.rows; ++y)
                for (int x = 0; x < grey.cols; ++x)
                    ++counts[grey.at<std::uint8_t>(y, x)];
            double norm = 0;
            for (const double c : counts)
                norm += c * c;
            for (double &c : counts)
                c /= std::sqrt(norm);
            return counts;
        };
        const auto q = rowOf(m_workspace.queries[0].path), g = rowOf(m_workspace.gallery[5].path);
        const double expected = std::inner_product(q.begin(), q.end(), g.begin(), 0.0);
        QVERIFY(std::abs(double(engine->searchFile(m_workspace.queries[0].path, 1).scores[5]) - expected) < 1e-5);
    }

    void resultsArriveWhileTheRestIsComputed()
    {
        const auto engine = Engine::build(recipeNamed("phash"), m_workspace.gallery, nullptr, TaskContext::none());
        test::RecordingContext context;
        std::vector<std::int64_t> doneAtCall;
        bool ranked = true;
        engine->searchAll(m_workspace.queries, 1, context, [&](ImageId, const QueryResult &result) {
            doneAtCall.push_back(context.done());
            ranked = ranked && !result.ranking.empty();
        });
        const int calls = static_cast<int>(doneAtCall.size());
        QVERIFY(ranked);
        QVERIFY(doneAtCall.front() < m_workspace.queries.size() / 2); // not all at the end
        QCOMPARE(calls, m_workspace.queries.size());
        QCOMPARE(context.total(), std::int64_t(m_workspace.queries.size()));
    }

    void equalScoresRankByGalleryOrder()
    {
        const QTemporaryDir dir;
        const std::filesystem::path root = dir.path().toStdString();
        for (const char *name : {"c.jpg", "a.jpg", "b.jpg"})
            test::writeJpeg(root / name, renderScene(1, 2));
        const ImageSet images = ImageSet::scan(root);
        const auto engine = Engine::build(recipeNamed("phash"), images, nullptr, TaskContext::none());
        const QueryResult result = engine->searchFile(images[2].path, 3);
        QCOMPARE(result.ranking[0].image, 0);
        QCOMPARE(result.ranking[2].image, 2);
        QCOMPARE(result.ranking[0].margin, 0.0f); // all alike: nothing stands out
    }

    void marginStandsOutForTheCopyOnly()
    {
        const auto engine =
            Engine::build(recipeNamed("classical-best"), m_workspace.gallery, nullptr, TaskContext::none());
        const QueryResult result = engine->searchFile(m_workspace.gallery[7].path, 5);
        QVERIFY(result.ranking[0].margin > 4);
        QVERIFY(result.ranking[1].margin < result.ranking[0].margin);
    }

    void secondRunDecodesNothing()
    {
        const QTemporaryDir dir, photos;
        const std::filesystem::path root = photos.path().toStdString();
        for (int i = 0; i < 4; ++i)
            test::writeJpeg(root / (std::to_string(i) + ".jpg"), renderScene(1, i));
        const ImageSet images = ImageSet::scan(root);
        const auto cache = std::make_shared<FeatureCache>(dir.path().toStdString(), 1'000'000'000);
        Engine::build(recipeNamed("phash"), images, cache, TaskContext::none());
        // The same path, size and time, but nothing that could be decoded: only the cache can answer.
        for (const ImageRef &image : images.images()) {
            const auto time = std::filesystem::last_write_time(image.path);
            const auto size = std::filesystem::file_size(image.path);
            test::writeBytes(image.path, std::vector<std::uint8_t>(size, 0));
            std::filesystem::last_write_time(image.path, time);
        }
        test::RecordingContext context;
        Engine::build(recipeNamed("phash"), images, cache, context);
        QCOMPARE(context.problems.size(), std::size_t(0));
    }

    void otherParametersAreOtherCacheEntries()
    {
        const QTemporaryDir dir;
        const auto cache = std::make_shared<FeatureCache>(dir.path().toStdString(), 1'000'000'000);
        Recipe recipe = recipeNamed("seed-grey-histogram");
        const auto rows = [&] {
            return RecipeExtractor(recipe, cache).extractFile(m_workspace.gallery[0].path, Role::Gallery)[0].rows.cols;
        };
        QCOMPARE(rows(), 256);
        applyOverride(recipe, "histogram.bins=64");
        QCOMPARE(rows(), 64);
    }

    void overridesReachStagesByIdAliasAndNumber()
    {
        Recipe recipe = recipeNamed("seed-grey-histogram");
        applyOverride(recipe, "extractor.bins=64");
        QCOMPARE(std::get<std::int64_t>(recipe.branches[0].extractor.params.at("bins")), std::int64_t(64));
        const auto changes = overridesBetween(recipeNamed("seed-grey-histogram"), recipe);
        QCOMPARE(changes, (std::vector<std::string>{"histogram.bins=64"}));
        Recipe fusion = recipeNamed("hash-fusion");
        applyOverride(fusion, "perceptual-hash#2.bits=64");
        QCOMPARE(std::get<std::int64_t>(fusion.branches[2].extractor.params.at("bits")), std::int64_t(64));
    }

    void wrongOverridesSayWhatIsWrong()
    {
        const Recipe recipe = recipeNamed("seed-grey-histogram");
        QVERIFY(refusal(recipe, "histogram.bins=0").contains("2 .. 256"));
        QVERIFY(refusal(recipe, "histogram.bin=5").contains("\"bins\""));
        QVERIFY(refusal(recipe, "histgram.bins=5").contains("\"histogram\""));
        QVERIFY(refusal(recipe, "bins=5").contains("stage.key=value"));
        Recipe joint = recipeNamed("hsv-histogram");
        QVERIFY(refusal(joint, "histogram.bins=200").contains("2 .. 32"));
    }

    void wrongRecipesSayWhatIsWrong()
    {
        QVERIFY(jsonRefusal("{}").contains("mine.json is not a recipe"));
        QVERIFY(jsonRefusal(R"({"id":"x","branches":[]})").contains("mine.json"));
        QVERIFY(jsonRefusal(R"({"id":"x","branches":[{"extractor":{"id":"histogram"},"index":{"id":"hamming"}}]})")
                    .contains("cannot use the features"));
        QVERIFY(jsonRefusal(R"({"id":"x","branches":[{"extractor":{"id":"histogramm"},"index":{"id":"cosine"}}]})")
                    .contains("\"histogram\""));
        QVERIFY(
            jsonRefusal(
                R"({"id":"x","branches":[{"extractor":{"id":"histogram","params":{"bins":"many"}},"index":{"id":"cosine"}}]})")
                .contains("bins"));
        QVERIFY_THROWS_EXCEPTION(Error, recipeNamed("seed-gray-histogram"));
        QVERIFY_THROWS_EXCEPTION(Error, recipeNamed("/nowhere/recipe.json"));
    }
};

QTEST_GUILESS_MAIN(TestSearch)
#include "tst_search.moc"
