#include "core/base/error.h"
#include "core/eval/metrics.h"
#include "core/eval/picture_comparison.h"
#include "core/index/index.h"
#include "core/submit/submission_file.h"
#include "tests/support/pictures.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace likeness;

namespace {

GroundTruth truthOf(std::initializer_list<std::pair<std::string, std::set<std::string>>> entries)
{
    GroundTruth truth;
    for (const auto &[query, sources] : entries)
        truth.sources[query] = sources;
    return truth;
}

ImageSet named(std::initializer_list<const char *> names)
{
    std::vector<ImageRef> images;
    for (const char *name : names)
        images.push_back({name, name});
    return ImageSet::of(images);
}

} // namespace

class TestEvaluation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void perfectRankingScoresOne()
    {
        const auto truth = truthOf({{"q1", {"a"}}, {"q2", {"b"}}, {"q3", {}}});
        const Metrics m = evaluate({{"q1", {{"a", 0.9f}}}, {"q2", {{"b", 0.8f}}}, {"q3", {{"a", 0.1f}}}}, truth);
        QCOMPARE(m.queries, 3);
        QCOMPARE(m.queriesWithSource, 2);
        QCOMPARE(m.acc1, 1.0);
        QCOMPARE(m.uap, 1.0);
        QCOMPARE(m.map5, 1.0);
        QCOMPARE(m.recallAtPrecision90, 1.0);
    }

    void microApIsOneListOverAllQueries()
    {
        // By hand: 0.9 wrong, 0.8 right, 0.2 wrong, 0.15 right, two positives.
        const auto truth = truthOf({{"q1", {"a"}}, {"q2", {"b"}}, {"q3", {}}});
        const Metrics m =
            evaluate({{"q1", {{"a", 0.8f}}}, {"q2", {{"c", 0.2f}, {"b", 0.15f}}}, {"q3", {{"a", 0.9f}}}}, truth);
        QVERIFY(std::abs(m.uap - (1.0 / 2 + 2.0 / 4) / 2) < 1e-12);
        QCOMPARE(m.acc1, 0.5);
        QVERIFY(std::abs(m.map5 - 0.75) < 1e-12);
        QCOMPARE(m.recall5, 1.0);
    }

    void tiesCountAgainstTheMethod()
    {
        const auto truth = truthOf({{"q1", {"a"}}, {"q2", {}}});
        const Metrics m = evaluate({{"q1", {{"a", 1}}}, {"q2", {{"a", 1}}}}, truth);
        QCOMPARE(m.uap, 0.5);
        QCOMPARE(m.acc1, 1.0);
    }

    void scalingOneQueryChangesMicroApOnly()
    {
        const auto truth = truthOf({{"q1", {"a"}}, {"q2", {"b"}}});
        std::vector<NamedRanking> rankings{{"q1", {{"a", 0.9f}}}, {"q2", {{"c", 0.5f}, {"b", 0.4f}}}};
        const Metrics before = evaluate(rankings, truth);
        for (Candidate &candidate : rankings[1].candidates)
            candidate.score *= 4;
        const Metrics after = evaluate(rankings, truth);
        QCOMPARE(after.acc1, before.acc1);
        QVERIFY(after.uap < before.uap);
    }

    void onlyTenCandidatesCount()
    {
        const auto truth = truthOf({{"q", {"right"}}});
        NamedRanking ranking{"q", {}};
        for (int i = 0; i < 10; ++i)
            ranking.candidates.push_back({"wrong" + std::to_string(i), 1 - 0.01f * float(i)});
        ranking.candidates.push_back({"right", 0.1f});
        QCOMPARE(evaluate({ranking}, truth).uap, 0.0);
    }

    void missingQueriesCountAsMisses()
    {
        const auto truth = truthOf({{"q1", {"a"}}, {"q2", {"b"}}});
        QCOMPARE(evaluate({{"q1", {{"a", 1}}}}, truth).acc1, 0.5);
    }

    void doubledRowsCountOnce()
    {
        const auto truth = truthOf({{"q1", {"a"}}});
        const Metrics m = evaluate({{"q1", {{"a", 1}}}, {"q1", {{"a", 1}}}}, truth);
        QCOMPARE(m.acc1, 1.0);
        QCOMPARE(m.uap, 1.0);
        QCOMPARE(m.recall5, 1.0);
    }

    void thresholdLeavesSourcesEmpty()
    {
        const ImageSet gallery = named({"a", "b"});
        const std::vector<QueryResult> results{
            {.query = "q1", .ranking = {{1, 0.5f, 0}}}, {.query = "q2", .ranking = {{0, 0.49f, 0}}}, {.query = "q3"}};
        const Submission submission = makeSubmission(results, gallery, 0.5f);
        QCOMPARE(submission.rows[0].source, std::string("b"));
        QCOMPARE(submission.rows[1].source, std::string());
        QCOMPARE(submission.unanswered, (std::vector<std::string>{"q2", "q3"}));
        QCOMPARE(makeSubmission(results, gallery, std::nullopt).unanswered.size(), std::size_t(1));
    }

    void submissionRoundTripsAwkwardNames()
    {
        const QTemporaryDir dir;
        const std::filesystem::path path = dir.filePath("s.csv").toStdString();
        const std::vector<SourceQueryRow> rows{
            {2, "a,b.jpg", "q\"1\".jpg"}, {3, "", "图片 查询.jpg"}, {4, "x\ny.jpg", "🙂.jpg"}};
        writeSourceQueryCsv(path, rows);
        const auto read = readSourceQueryCsv(path);
        QCOMPARE(read.size(), rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            QCOMPARE(read[i].source, rows[i].source);
            QCOMPARE(read[i].query, rows[i].query);
        }
    }

    void aWrongSubmissionIsNotWritten()
    {
        const QTemporaryDir dir;
        const std::filesystem::path path = dir.filePath("s.csv").toStdString();
        const ImageSet gallery = named({"a"}), queries = named({"q1", "q2"});
        for (const std::vector<SourceQueryRow> &rows : {std::vector<SourceQueryRow>{{2, "a", "q1"}},
                                                        {{2, "a", "q1"}, {3, "a", "q1"}},
                                                        {{2, "a", "q1"}, {3, "gone", "q2"}}})
            QVERIFY_THROWS_EXCEPTION(Error, writeSubmission(path, rows, gallery, queries));
        QVERIFY(!std::filesystem::exists(path));
        writeSubmission(path, {{2, "a", "q1"}, {3, "", "q2"}}, gallery, queries);
        QCOMPARE(readSourceQueryCsv(path).size(), std::size_t(2));
    }

    void everyDefectOfASubmissionIsReportedAtOnce()
    {
        const ImageSet gallery = named({"a"}), queries = named({"q1", "q2", "Q1"});
        const auto problems =
            checkSubmission({{2, "a", "q1"}, {3, "zz", "q1"}, {4, "a", "nope"}}, gallery, queries, "s.csv");
        QStringList texts;
        for (const Problem &problem : problems)
            texts << QString::fromStdString(problem.reason.english());
        const QString all = texts.join('\n');
        QVERIFY2(all.contains("line 3: the query q1 was answered in line 2"), qPrintable(all));
        QVERIFY(all.contains("line 3: there is no gallery image zz"));
        QVERIFY(all.contains("line 4: there is no query nope"));
        QVERIFY(all.contains("the query q2 has no row"));
        QVERIFY(all.contains("the query Q1 has no row"));
        QCOMPARE(texts.size(), 5);
    }

    void wrongHeaderAndFieldCountNameTheLine()
    {
        const QTemporaryDir dir;
        const std::filesystem::path path = dir.filePath("s.csv").toStdString();
        const auto reason = [&](const char *text) {
            test::writeText(path, text);
            try {
                readSourceQueryCsv(path);
            } catch (const Error &error) {
                return QString::fromUtf8(error.what());
            }
            return QString();
        };
        QVERIFY(reason("query,source\n").contains("line 1"));
        QVERIFY(reason("").contains("line 1"));
        QVERIFY(reason("source,query\na,b\nc\n").contains("line 3"));
    }

    void comparisonOfEqualPicturesIsPerfect()
    {
        const cv::Mat picture = test::testPicture(1, 50, 40);
        const PictureComparison same = comparePictures(picture, picture);
        QCOMPARE(same.mse, 0.0);
        QVERIFY(std::isinf(same.psnr));
        QVERIFY(same.ssim > 0.9999);
        const PictureComparison other = comparePictures(picture, test::testPicture(2, 100, 20));
        QCOMPARE(other.bAtA.size(), picture.size());
        QVERIFY(other.mse > 100 && other.ssim < 0.9);
        QVERIFY(std::abs(std::accumulate(other.histogramB.begin(), other.histogramB.end(), 0.0) - 1) < 1e-9);
    }

    void aScoreThatIsNoNumberHasNoRank()
    {
        const std::vector<float> scores{0.5f, std::nanf(""), 0.75f, noScore};
        QCOMPARE(rankOf(scores, 1), 0);
        QCOMPARE(rankOf(scores, 3), 0);
        QCOMPARE(rankOf(scores, 2), 1);
        QCOMPARE(rankOf(scores, 0), 2);
    }

    void onePixelPicturesCompare()
    {
        const cv::Mat one(1, 1, CV_8UC3, cv::Scalar(1, 2, 3));
        QVERIFY(std::isfinite(comparePictures(one, test::testPicture(0, 300, 2)).ssim));
        QVERIFY(std::isfinite(comparePictures(test::testPicture(0, 300, 2), one).ssim));
    }
};

QTEST_GUILESS_MAIN(TestEvaluation)
#include "tst_evaluation.moc"
