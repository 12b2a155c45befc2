// Transforms, compressed indexes and rankers of vectors, against scikit-learn, SciPy, numpy (tests/support/
// make_vectors.py) and plain code.
#include "core/base/file.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/eval/scale_benchmark.h"
#include "core/index/approximate_index.h"
#include "core/index/cosine_index.h"
#include "core/rank/diffusion.h"
#include "core/rank/query_expansion.h"
#include "core/rank/ranking.h"
#include "core/rank/reciprocal_neighbours.h"
#include "core/rank/score_normalisation.h"
#include "core/search/recipe.h"
#include "core/search/recipe_store.h"
#include "core/vectors/pca.h"
#include "core/vectors/vector_transforms.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>

using namespace likeness;
using Json = nlohmann::json;

namespace {

cv::Mat matrixOf(const Json &numbers, int width)
{
    const auto values = numbers.get<std::vector<float>>();
    return cv::Mat(values, true).reshape(1, int(values.size()) / width);
}

std::vector<Features> rowByRow(const cv::Mat &rows)
{
    std::vector<Features> all;
    for (int i = 0; i < rows.rows; ++i)
        all.push_back({rows.row(i)});
    return all;
}

/// Clustered rows of unit length with decaying directions, as embeddings have them.
cv::Mat embeddings(int rows, int width, std::uint64_t seed)
{
    Random random(seed);
    cv::Mat matrix(rows, width, CV_32F);
    for (int y = 0; y < rows; ++y) {
        Random centre(std::uint64_t(y) % 40 + 1000);
        for (int x = 0; x < width; ++x)
            matrix.at<float>(y, x) = float((centre.unit() - 0.5 + 0.6 * (random.unit() - 0.5)) * std::pow(0.97, x));
        matrix.row(y) /= cv::norm(matrix.row(y));
    }
    return matrix;
}

cv::Mat applied(Transform &transform, const cv::Mat &gallery, const cv::Mat &rows, Role role)
{
    FitContext context = FitContext::none();
    transform.fit(rowByRow(gallery), context);
    return transform.apply({rows}, role).rows;
}

double largestDifference(const cv::Mat &a, const cv::Mat &b)
{
    return a.size() == b.size() ? cv::norm(a, b, cv::NORM_INF) : 1e9;
}

std::vector<float> scoresOf(Index &index, const cv::Mat &gallery, const cv::Mat &query)
{
    FitContext context = FitContext::none();
    index.build(rowByRow(gallery), context);
    std::vector<float> scores(std::size_t(gallery.rows));
    index.scores({query}, scores);
    return scores;
}

std::vector<std::unique_ptr<Index>> compressedIndexes()
{
    std::vector<std::unique_ptr<Index>> all;
    all.push_back(makeScalarQuantisedIndex({}));
    PqOptions pq;
    pq.bytes = 16;
    all.push_back(makePqIndex(pq));
    pq.opq = true;
    all.push_back(makePqIndex(pq));
    IvfPqOptions lists;
    lists.bytes = 16;
    all.push_back(makeIvfPqIndex(lists));
    all.push_back(makeHnswIndex({}));
    all.push_back(makeBinaryCodeIndex({}));
    return all;
}

} // namespace

class TestVectors : public QObject {
    Q_OBJECT
    Json m_fixture = Json::parse(readText(SOURCE_DIR "/tests/support/vectors.json"));

    cv::Mat gallery() const { return matrixOf(m_fixture.at("gallery"), m_fixture.at("width")); }
    cv::Mat query() const { return matrixOf(m_fixture.at("query"), m_fixture.at("width")); }

    /// Of the fixture's query and gallery, behind a ranker.
    cv::Mat rerankedBy(Ranker &ranker) const
    {
        FitContext context = FitContext::none();
        std::vector<float> scores = scoresOf(*makeCosineIndex({}), gallery(), query());
        const std::vector<Features> all = rowByRow(gallery());
        ranker.build(all, FeatureType::Vector, context);
        ranker.rerank({query()}, scores);
        return cv::Mat(scores, true).reshape(1, 1);
    }
    cv::Mat expected(const char *key) const { return matrixOf(m_fixture.at(key), gallery().rows); }

private Q_SLOTS:
    void aForgedStateIsRefusedBeforeItIsAllocated()
    {
        const auto transform = transformById("centre").create(checkedValues(transformById("centre").params, {}, ""));
        const std::int64_t shape[] = {1 << 20, 1 << 20}; // 4 TB in 16 bytes
        const auto *bytes = reinterpret_cast<const std::uint8_t *>(shape);
        QVERIFY_THROWS_EXCEPTION(Error, transform->restore({bytes, sizeof shape}));
    }

    void pcaAndWhiteningAreThoseOfScikitLearn()
    {
        for (const Json &wanted : m_fixture.at("pca")) {
            const int width = wanted.at("width"), dims = wanted.at("dims");
            const cv::Mat rows = matrixOf(wanted.at("rows"), width);
            const Pca pca = fitPca(rowsInMemory(rows.ptr<float>(), rows.rows, width), dims, TaskContext::none());
            QCOMPARE(int(pca.components.rows()), dims);
            const cv::Mat components(dims, width, CV_32F, const_cast<float *>(pca.components.data()));
            QVERIFY(largestDifference(components, matrixOf(wanted.at("components"), width)) < 1e-4);
            for (int i = 0; i < dims; ++i)
                QVERIFY(std::abs(pca.variances[i] / wanted.at("variances")[std::size_t(i)].get<double>() - 1) < 1e-4);
            QVERIFY(std::abs(pca.totalVariance / wanted.at("total").get<double>() - 1) < 1e-4);
            QVERIFY(std::abs(pca.shrinkage - wanted.at("shrinkage").get<double>()) < 1e-4);
            using Whitening = PcaOptions::Whitening;
            for (const auto &[whitening, key] : {std::pair(Whitening::None, "none"),
                                                 {Whitening::Pca, "pca"},
                                                 {Whitening::Zca, "zca"},
                                                 {Whitening::Shrinkage, "shrunk"}}) {
                const auto transform = makePca({.dims = dims, .whitening = whitening});
                const cv::Mat got = applied(*transform, rows, rows.rowRange(0, 5), Role::Query);
                QVERIFY2(largestDifference(got, matrixOf(wanted.at(key), got.cols)) < 1e-4, key);
            }
        }
    }

    void pcaKeepsNoDirectionThatTheRowsDoNotHave()
    {
        cv::Mat rows = cv::Mat::zeros(300, 10, CV_32F); // all but three dimensions are constant
        Random random(3);
        for (int y = 0; y < rows.rows; ++y)
            for (int x = 0; x < 10; ++x)
                rows.at<float>(y, x) = x < 3 ? float(random.unit()) : 7.f;
        for (const int count : {300, 6}) {
            const auto transform = makePca({.dims = 8, .whitening = PcaOptions::Whitening::Pca});
            const cv::Mat got = applied(*transform, rows.rowRange(0, count), rows, Role::Query);
            QCOMPARE(got.cols, 3);
            QVERIFY(cv::checkRange(got));
        }
        QVERIFY_THROWS_EXCEPTION(Error, fitPca(rowsInMemory(rows.ptr<float>(), 1, 10), 2, TaskContext::none()));
    }

    void pcaIsTheSameForEveryNumberOfThreads()
    {
        const cv::Mat rows = embeddings(5000, 130, 7);
        const auto fitted = [&](int threads) {
            setThreadCount(threads);
            return fitPca(rowsInMemory(rows.ptr<float>(), rows.rows, rows.cols), 20, TaskContext::none());
        };
        const Pca one = fitted(1), two = fitted(2);
        setThreadCount(0);
        QVERIFY(one.components == two.components && one.variances == two.variances);
    }

    void lengthsPowersAndMeansAreThoseOfTheFormula()
    {
        const cv::Mat rows = (cv::Mat_<float>(3, 2) << 3, -4, 0, 0, 1, 0);
        QVERIFY(largestDifference(applied(*makeUnitLength({}), rows, rows, Role::Query),
                                  (cv::Mat_<float>(3, 2) << 0.6f, -0.8f, 0, 0, 1, 0)) < 1e-6);
        QVERIFY(largestDifference(applied(*makePowerLaw({.power = 0.5}), rows, rows, Role::Query),
                                  (cv::Mat_<float>(3, 2) << std::sqrt(3.f), -2, 0, 0, 1, 0)) < 1e-6);
        QVERIFY(largestDifference(applied(*makeCentre({}), rows, rows.rowRange(0, 1), Role::Query),
                                  (cv::Mat_<float>(1, 2) << 3 - 4 / 3.f, -4 + 4 / 3.f)) < 1e-6);
    }

    void randomProjectionKeepsDistances()
    {
        const cv::Mat rows = embeddings(60, 400, 1);
        const cv::Mat got = applied(*makeRandomProjection({.dims = 2000}), rows, rows, Role::Query);
        for (int i = 1; i < rows.rows; ++i)
            QVERIFY(std::abs(cv::norm(got.row(0), got.row(i)) / cv::norm(rows.row(0), rows.row(i)) - 1) < 0.12);
    }

    void augmentationMixesTheGalleryAndLeavesQueries()
    {
        const auto transform = makeDatabaseAugmentation({.neighbours = 4, .alpha = 3});
        QVERIFY(largestDifference(applied(*transform, gallery(), gallery(), Role::Gallery),
                                  matrixOf(m_fixture.at("augmentation"), gallery().cols)) < 1e-5);
        QCOMPARE(largestDifference(transform->apply({query()}, Role::Query).rows, query()), 0.0);
    }

    void transformsSayThatVectorsDoNotFit()
    {
        for (const auto &transform : {makePca({.dims = 3}), makeCentre({}), makeRandomProjection({})}) {
            applied(*transform, gallery(), gallery(), Role::Query);
            QVERIFY_THROWS_EXCEPTION(Error, transform->apply({cv::Mat::zeros(1, 5, CV_32F)}, Role::Query));
            QVERIFY(transform->apply({}, Role::Query).rows.empty());
        }
    }

    void rankersAreThoseOfTheirFormulas()
    {
        QVERIFY(largestDifference(rerankedBy(*makeQueryExpansion({.answers = 3, .alpha = 0})),
                                  expected("average_expansion")) < 1e-5);
        QVERIFY(largestDifference(rerankedBy(*makeQueryExpansion({.answers = 5, .alpha = 3})),
                                  expected("alpha_expansion")) < 1e-5);
        QVERIFY(largestDifference(rerankedBy(*makeScoreNormalisation({.skip = 2, .count = 10})),
                                  expected("normalisation")) < 1e-5);
        QVERIFY(
            largestDifference(rerankedBy(*makeDiffusion({.neighbours = 8, .candidates = 40, .gamma = 3, .alpha = 0.9})),
                              expected("diffusion")) < 1e-5);
        QVERIFY(largestDifference(rerankedBy(*makeReciprocalNeighbours(
                                      {.neighbours = 8, .average = 4, .candidates = 40, .weight = 0.7})),
                                  expected("reciprocal")) < 1e-5);
    }

    void rankersKeepTheOthersBelowTheirCandidates()
    {
        const std::vector<float> before = scoresOf(*makeCosineIndex({}), gallery(), query());
        const Ranking all = ranked(before, gallery().rows);
        std::vector<std::unique_ptr<Ranker>> rankers;
        rankers.push_back(makeDiffusion({.neighbours = 5, .candidates = 10}));
        rankers.push_back(makeReciprocalNeighbours({.neighbours = 5, .average = 2, .candidates = 10}));
        for (const auto &ranker : rankers) {
            const cv::Mat after = rerankedBy(*ranker);
            const Ranking again = ranked({after.ptr<float>(), std::size_t(after.cols)}, gallery().rows);
            for (std::size_t i = 10; i < all.size(); ++i)
                QCOMPARE(again[i].image, all[i].image);
        }
    }

    void normalisationKeepsEveryOrder()
    {
        const std::vector<float> before = scoresOf(*makeCosineIndex({}), gallery(), query());
        const cv::Mat after = rerankedBy(*makeScoreNormalisation({}));
        const Ranking a = ranked(before, 40), b = ranked({after.ptr<float>(), std::size_t(after.cols)}, 40);
        for (std::size_t i = 0; i < a.size(); ++i)
            QCOMPARE(b[i].image, a[i].image);
    }

    void flatSearchIsThatOfPlainCode()
    {
        const cv::Mat rows = embeddings(40'000, 24, 1), asked = embeddings(3, 24, 2);
        const RowSource source = rowsInMemory(rows.ptr<float>(), rows.rows, rows.cols);
        for (const int queries : {1, 3}) {
            const Eigen::Map<const FloatRows> q(asked.ptr<float>(), queries, asked.cols);
            const auto found = nearestByProduct(source, q, 7, TaskContext::none());
            for (int i = 0; i < queries; ++i) {
                std::vector<std::pair<double, int>> plain;
                for (int row = 0; row < rows.rows; ++row)
                    plain.emplace_back(-rows.row(row).dot(asked.row(i)), row);
                std::ranges::sort(plain);
                QCOMPARE(int(found[std::size_t(i)].size()), 7);
                for (std::size_t k = 0; k < 7; ++k)
                    QVERIFY(std::abs(found[std::size_t(i)][k].score + plain[k].first) < 1e-5);
            }
        }
    }

    void compressedIndexesFindTheNearest()
    {
        const cv::Mat rows = embeddings(2000, 32, 1), asked = embeddings(40, 32, 9);
        const auto exact = makeCosineIndex({});
        for (const auto &index : compressedIndexes()) {
            int found = 0;
            scoresOf(*index, rows, asked.row(0));
            for (int q = 0; q < asked.rows; ++q) {
                const Ranking best = ranked(scoresOf(*exact, rows, asked.row(q)), 1);
                std::vector<float> scores(std::size_t(rows.rows));
                index->scores({asked.row(q)}, scores);
                const Ranking got = ranked(scores, 10);
                found += std::ranges::find(got, best[0].image, &Hit::image) != got.end();
            }
            QVERIFY2(found >= 32, std::to_string(found).c_str());
            QVERIFY(index->bytes() > 0);
        }
    }

    void exactScoresComeBackForTheBest()
    {
        const cv::Mat rows = embeddings(2000, 32, 1), asked = embeddings(1, 32, 9);
        PqOptions options;
        options.bytes = 4;
        options.rescore = 200;
        const std::vector<float> exact = scoresOf(*makeCosineIndex({}), rows, asked),
                                 got = scoresOf(*makePqIndex(options), rows, asked);
        const Ranking ranking = ranked(got, 1000);
        for (std::size_t i = 0; i < 200; ++i)
            QVERIFY(std::abs(ranking[i].score - exact[std::size_t(ranking[i].image)]) < 1e-6);
        QVERIFY(ranking[200].score <= ranking[199].score);
    }

    void recallIsReached()
    {
        const cv::Mat rows = embeddings(3000, 32, 1);
        VectorIndexPlan plan{.kind = VectorIndexPlan::Kind::Hnsw, .neighbours = 4, .buildEffort = 8, .recall = 0.95};
        VectorIndex index(plan);
        const RowSource source = rowsInMemory(rows.ptr<float>(), rows.rows, rows.cols);
        index.train(source, TaskContext::none());
        index.add(source, TaskContext::none());
        index.tune(source, TaskContext::none());
        QVERIFY(index.tunedRecall() >= 0.95);
        QVERIFY(index.effort() > 1);
    }

    void sameSeedGivesTheSameIndex()
    {
        const cv::Mat rows = embeddings(1000, 32, 1), asked = embeddings(1, 32, 9);
        const auto first = compressedIndexes(), second = compressedIndexes();
        for (std::size_t i = 0; i < first.size(); ++i)
            QVERIFY(scoresOf(*first[i], rows, asked) == scoresOf(*second[i], rows, asked));
    }

    void emptyListsDoNotHideTheRows()
    {
        // Equal rows fill one list; a query on the other side probes an empty one.
        cv::Mat rows(300, 30, CV_32F);
        const cv::Mat two = embeddings(2, 30, 1);
        for (int i = 0; i < rows.rows; ++i)
            two.row(i < 150 ? 0 : 1).copyTo(rows.row(i));
        for (const bool opq : {false, true}) {
            VectorIndex index({.kind = VectorIndexPlan::Kind::IvfPq, .bytes = 4, .opq = opq, .lists = 64, .probes = 1});
            const RowSource source = rowsInMemory(rows.ptr<float>(), rows.rows, rows.cols);
            index.train(source, TaskContext::none());
            index.add(source, TaskContext::none());
            for (int q = 0; q < 40; ++q) {
                const cv::Mat asked = embeddings(1, 30, 100 + q);
                QVERIFY(!index.search(Eigen::Map<const Eigen::RowVectorXf>(asked.ptr<float>(), 30), 5).empty());
            }
        }
    }

    void fewEqualAndEmptyVectorsAreSearched()
    {
        cv::Mat few = embeddings(5, 30, 1), equal(3000, 30, CV_32F), zero = cv::Mat::zeros(20, 30, CV_32F);
        for (int i = 0; i < equal.rows; ++i)
            few.row(0).copyTo(equal.row(i));
        for (const cv::Mat &rows : {few, equal, zero})
            for (const auto &index : compressedIndexes()) {
                const std::vector<float> scores = scoresOf(*index, rows, few.row(0));
                QVERIFY(std::ranges::none_of(scores, [](float s) { return std::isnan(s); }));
                QVERIFY(!ranked(scores, 1).empty());
            }
        for (const auto &index : compressedIndexes()) {
            const std::vector<float> none = scoresOf(*index, cv::Mat(0, 30, CV_32F), few.row(0));
            QVERIFY(none.empty());
        }
    }

    void scaleBenchmarkComparesAtTheRecallWanted()
    {
        const ScaleReport report = benchmarkScale({.rows = 4000, .width = 32, .queries = 20}, TaskContext::none());
        QCOMPARE(report.rows.size(), std::size_t(4));
        QVERIFY(report.streamGBs > 0 && report.peakBytes > 0);
        for (const ScaleRow &row : report.rows)
            QVERIFY(row.batchMs > 0 && row.singleMs > 0 && row.bytes > 0);
        QVERIFY(report.rows[2].recall10 >= report.rows[1].recall10); // exact scores only add
        QVERIFY(report.rows[3].recall10 >= 0.95);
    }

    void writtenIndexIsReadBack()
    {
        QTemporaryDir folder;
        const cv::Mat rows = embeddings(1000, 32, 1), asked = embeddings(1, 32, 9);
        const RowSource source = rowsInMemory(rows.ptr<float>(), rows.rows, rows.cols);
        const Eigen::Map<const Eigen::RowVectorXf> query(asked.ptr<float>(), 32);
        for (const auto kind :
             {VectorIndexPlan::Kind::ScalarQuantised, VectorIndexPlan::Kind::Pq, VectorIndexPlan::Kind::IvfPq,
              VectorIndexPlan::Kind::Hnsw, VectorIndexPlan::Kind::Binary}) {
            const VectorIndexPlan plan{
                .kind = kind, .bits = kind == VectorIndexPlan::Kind::Binary ? 64 : 8, .bytes = 8, .opq = true};
            VectorIndex index(plan);
            index.train(source, TaskContext::none());
            index.add(source, TaskContext::none());
            const std::filesystem::path file = folder.filePath("index").toStdString();
            index.write(file);
            for (const bool mapped : {false, true}) {
                const VectorIndex again = VectorIndex::read(file, plan, mapped);
                std::filesystem::remove(file.string() + ".gone");
                std::filesystem::rename(file, file.string() + ".gone"); // an open one does not need its name
                const auto a = index.search(query, 10), b = again.search(query, 10);
                QCOMPARE(a.size(), std::size_t(10));
                for (std::size_t i = 0; i < a.size(); ++i)
                    QVERIFY(a[i].row == b[i].row && a[i].score == b[i].score);
                std::filesystem::rename(file.string() + ".gone", file);
            }
        }
    }

    void rankerTakesTheLastFeaturesThatItAccepts()
    {
        Recipe recipe = recipeNamed("vlad-geometric");
        QCOMPARE(recipe.inputOf(0).transforms, std::size_t(0)); // keypoints, before VLAD
        recipe.rankers.push_back(
            {{"query-expansion", checkedValues(rankerById("query-expansion").params, {}, "")}, {}});
        QCOMPARE(recipe.inputOf(1).transforms, std::size_t(1)); // vectors, behind it
        recipe.rankers.back().extractor = recipe.branches[0].extractor;
        QVERIFY_THROWS_EXCEPTION(Error, checkRecipe(recipe));
    }
};

QTEST_APPLESS_MAIN(TestVectors)
#include "tst_vectors.moc"
