// Numbers of extractors, indexes and fusions against independent implementations (fixtures.json) and slow, obvious
// code.
#include "core/base/random.h"
#include "core/features/gradient_views.h"
#include "core/features/histogram.h"
#include "core/features/pdq.h"
#include "core/features/perceptual_hash.h"
#include "core/features/region_proposals.h"
#include "core/features/tiny_image.h"
#include "core/index/cosine_index.h"
#include "core/index/hamming_index.h"
#include "core/index/histogram_index.h"
#include "core/index/pixel_index.h"
#include "core/index/ssim.h"
#include "core/rank/fusion.h"
#include "tests/support/pictures.h"

#include <QTest>
#include <cmath>

using namespace likeness;
using test::testGrey;
using test::testPicture;

namespace {

cv::Mat randomRows(int rows, int cols, std::uint64_t seed)
{
    Random random(seed);
    cv::Mat mat(rows, cols, CV_32F);
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < cols; ++x)
            mat.at<float>(y, x) = float(random.uniform(-1, 1));
    return mat;
}

bool close(double a, double b, double tolerance)
{
    if (std::abs(a - b) <= tolerance)
        return true;
    qWarning("%.9g against %.9g", a, b);
    return false;
}

float scoreOf(Index &index, const cv::Mat &gallery, const cv::Mat &query, int blockSize = 0)
{
    const Features stored{gallery, blockSize};
    FitContext fit = FitContext::none();
    index.build(std::span<const Features>(&stored, 1), fit);
    float score = 0;
    index.scores({query, blockSize}, std::span(&score, 1));
    return score;
}

} // namespace

class TestMeasures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ssimMseAndPsnrAgreeWithScikitImage()
    {
        const auto rows = test::fixtures()["ssim"];
        for (const auto &row : rows) {
            const int side = row["side"];
            const cv::Mat a = testGrey(row["a"], side, side).reshape(1, 1),
                          b = testGrey(row["b"], side, side).reshape(1, 1);
            QVERIFY(
                close(scoreOf(*makePixelIndex({.metric = PixelIndexOptions::Metric::Ssim}), a, b), row["ssim"], 2e-5));
            QVERIFY(close(scoreOf(*makePixelIndex({.metric = PixelIndexOptions::Metric::Mse}), a, b),
                          -double(row["mse"]), 1e-3 * double(row["mse"]) + 1e-9));
            QVERIFY(
                close(scoreOf(*makePixelIndex({.metric = PixelIndexOptions::Metric::Psnr}), a, b), row["psnr"], 1e-4));
        }
    }

    void ssimMapOfEqualPicturesIsOne()
    {
        const cv::Mat grey = testGrey(1, 40, 30);
        double least = 0;
        cv::minMaxLoc(ssimMap(grey, grey), &least);
        QVERIFY(close(least, 1, 1e-5));
        QVERIFY(cv::mean(ssimMap(grey, testGrey(2, 40, 30)))[0] < 0.9);
    }

    void msSsimIsOneForEqualsAndFallsWithNoise()
    {
        const cv::Mat a = testGrey(1, 64, 64);
        cv::Mat noisy = a.clone();
        Random random(1);
        for (int i = 0; i < 64 * 64; ++i)
            noisy.data[i] = cv::saturate_cast<std::uint8_t>(noisy.data[i] + random.uniform(-60, 60));
        QVERIFY(close(msSsim(prepareMsSsim(a), prepareMsSsim(a)), 1, 1e-5));
        const double blurred = msSsim(prepareMsSsim(a), prepareMsSsim(noisy));
        QVERIFY(blurred < 0.98 && blurred > 0.2);
    }

    void histogramComparisonsAgreeWithScipyAndNumpy()
    {
        const auto rows = test::fixtures()["histogram"];
        const auto extractor = makeHistogram({.bins = 32, .normalise = HistogramOptions::Norm::L1});
        for (const auto &row : rows) {
            const Image a{testGrey(row["a"], 96, 64), {}}, b{testGrey(row["b"], 96, 64), {}};
            const cv::Mat p = extractor->extract(a, Role::Query).rows, q = extractor->extract(b, Role::Gallery).rows;
            for (int i = 0; i < 32; ++i)
                QVERIFY(close(p.at<float>(i), row["bins"][std::size_t(i)], 1e-6));
            for (const char *metric : {"correlation", "chi_square", "intersection", "hellinger", "emd"})
                QVERIFY2(close(scoreOf(*makeHistogramIndex(
                                           optionsFrom<HistogramIndexOptions>({{"metric", std::string(metric)}})),
                                       q, p, 32),
                               row[metric], 1e-5),
                         metric);
        }
    }

    void earthMovesWithinAHistogramOnly()
    {
        // Two histograms of two bins: each moves half of its mass by one bin, nothing crosses the border between them.
        const cv::Mat p = (cv::Mat_<float>(1, 4) << 1, 0, 1, 0), q = (cv::Mat_<float>(1, 4) << 0.5f, 0.5f, 0.5f, 0.5f);
        const auto index = makeHistogramIndex({.metric = HistogramIndexOptions::Metric::EarthMover});
        const Features stored{q, 2};
        FitContext fit = FitContext::none();
        index->build(std::span<const Features>(&stored, 1), fit);
        float score = 0;
        index->scores({p, 2}, std::span(&score, 1));
        QCOMPARE(score, -1.0f);
        QVERIFY(!index->accepts(FeatureType::JointHistogram));
        QVERIFY(makeHistogramIndex({.metric = HistogramIndexOptions::Metric::Hellinger})
                    ->accepts(FeatureType::JointHistogram));
    }

    void jointHistogramCountsWhatOccursTogether()
    {
        cv::Mat pixels(1, 2, CV_8UC3);
        pixels.at<cv::Vec3b>(0, 0) = {255, 0, 0};
        pixels.at<cv::Vec3b>(0, 1) = {0, 0, 255};
        const auto extractor = makeHistogram({.space = HistogramOptions::Space::Bgr,
                                              .layout = HistogramOptions::Layout::Joint,
                                              .bins = 2,
                                              .normalise = HistogramOptions::Norm::L1});
        const cv::Mat row = extractor->extract({pixels, {2, 1}}, Role::Gallery).rows;
        QCOMPARE(row.cols, 8);
        QCOMPARE(row.at<float>(4), 0.5f); // blue high, green and red low
        QCOMPARE(row.at<float>(1), 0.5f);
    }

    void gridHistogramKeepsPlaces()
    {
        cv::Mat left(8, 8, CV_8UC1, cv::Scalar(0)), right;
        left.colRange(0, 4).setTo(255);
        cv::flip(left, right, 1);
        const auto plain = makeHistogram({.bins = 2}), grid = makeHistogram({.bins = 2, .grid = 2});
        const auto rowOf = [](Extractor &e, const cv::Mat &m) { return e.extract({m, m.size()}, Role::Gallery).rows; };
        QCOMPARE(cv::norm(rowOf(*plain, left), rowOf(*plain, right)), 0.0);
        QVERIFY(cv::norm(rowOf(*grid, left), rowOf(*grid, right)) > 1);
    }

    void pdqAgreesWithItsAuthors()
    {
        const auto rows = test::fixtures()["pdq"];
        for (const auto &row : rows) {
            const PdqHash hash = pdqHash(testPicture(row["seed"], row["width"], row["height"]));
            std::string text;
            for (const std::uint8_t byte : hash.bits)
                text += QString::number(byte, 16).rightJustified(2, '0').toStdString();
            QCOMPARE(text, row["hash"].get<std::string>());
            QCOMPARE(hash.quality, row["quality"].get<int>());
        }
    }

    void pdqOfAPlainWallHasNoQuality()
    {
        const cv::Mat wall(100, 100, CV_8UC3, cv::Scalar(90, 120, 40));
        QCOMPARE(pdqHash(wall).quality, 0);
        QVERIFY(makePdq({.minQuality = 50})->extract({wall, wall.size()}, Role::Gallery).rows.empty());
    }

    void radialVarianceAgreesWithOpenCv()
    {
        const auto row = test::fixtures()["hash"][0];
        const auto extractor = makeRadialVariance({});
        const auto rows = [&](int seed, Role role) {
            return extractor->extract({testPicture(seed, 200, 160), {}}, role).rows;
        };
        QVERIFY(close(scoreOf(*makeCosineIndex({}), rows(row["b"], Role::Gallery), rows(row["a"], Role::Query)),
                      row["radial_variance"], 2e-3)); // OpenCV rounds its hash to bytes, and so may differ by a release
    }

    void differenceHashReadsNeighbours()
    {
        cv::Mat rising(8, 90, CV_8UC3);
        for (int x = 0; x < 90; ++x)
            rising.col(x).setTo(cv::Scalar::all(2 * x));
        const auto extractor = makePerceptualHash({.algorithm = HashAlgorithm::Difference});
        const cv::Mat bits = extractor->extract({rising, rising.size()}, Role::Gallery).rows;
        QCOMPARE(bits.cols, 8);
        QCOMPARE(cv::countNonZero(bits == 255), 8);
    }

    void hammingScoresAreSharesOfEqualBits_data()
    {
        QTest::addColumn<int>("bytes");
        for (const int bytes : {8, 32, 72}) // 72: Marr-Hildreth, no power of two
            QTest::addRow("%d", bytes) << bytes;
    }

    void hammingScoresAreSharesOfEqualBits()
    {
        QFETCH(int, bytes);
        Random random(4);
        std::vector<Features> gallery(50);
        for (std::size_t i = 0; i < gallery.size(); ++i) {
            const int views = int(i) % 4; // also none
            if (views > 0)
                gallery[i].rows.create(views, bytes, CV_8U);
            for (int v = 0; v < views * bytes; ++v)
                gallery[i].rows.data[v] = std::uint8_t(random.next());
        }
        cv::Mat query(2, bytes, CV_8U);
        for (int v = 0; v < 2 * bytes; ++v)
            query.data[v] = std::uint8_t(random.next());
        const auto index = makeHammingIndex({});
        FitContext fit = FitContext::none();
        index->build(gallery, fit);
        std::vector<float> scores(gallery.size());
        index->scores({query}, scores);
        for (std::size_t i = 0; i < gallery.size(); ++i) {
            float expected = noScore;
            for (int g = 0; g < gallery[i].rows.rows; ++g)
                for (int q = 0; q < 2; ++q) {
                    int different = 0;
                    for (int b = 0; b < bytes; ++b)
                        different += std::popcount(
                            unsigned(gallery[i].rows.at<std::uint8_t>(g, b) ^ query.at<std::uint8_t>(q, b)));
                    expected = std::max(expected, 1 - float(different) / float(8 * bytes));
                }
            QCOMPARE(scores[i], expected);
        }
    }

    void cosineTakesTheBestPairOfViews()
    {
        std::vector<Features> gallery(40);
        for (std::size_t i = 0; i < gallery.size(); ++i)
            if (i != 7)
                gallery[i].rows = randomRows(1 + int(i) * 13 % 300, 24, i); // more than one block of rows together
        const cv::Mat query = randomRows(5, 24, 99);
        const auto index = makeCosineIndex({});
        FitContext fit = FitContext::none();
        index->build(gallery, fit);
        std::vector<float> scores(gallery.size());
        index->scores({query}, scores);
        QCOMPARE(scores[7], noScore);
        for (std::size_t i = 0; i < gallery.size(); ++i) {
            double best = -1e9;
            for (int g = 0; g < gallery[i].rows.rows; ++g)
                for (int q = 0; q < query.rows; ++q)
                    best = std::max(best, gallery[i].rows.row(g).dot(query.row(q)));
            QVERIFY(i == 7 || close(scores[i], best, 1e-5));
        }
    }

    void emptyGalleryAndEmptyQueryScoreNothing()
    {
        for (auto &index : {makeCosineIndex({}), makeHammingIndex({}), makeHistogramIndex({}), makePixelIndex({})}) {
            std::vector<Features> gallery(3);
            FitContext fit = FitContext::none();
            index->build(gallery, fit);
            std::vector<float> scores(3, 1);
            index->scores({}, scores);
            QVERIFY(std::ranges::all_of(scores, [](float s) { return s == noScore; }));
        }
    }

    void gradientPermutationsAreThePictureTurned()
    {
        cv::Mat grey = testGrey(3, 32, 32);
        grey.convertTo(grey, CV_32F);
        for (int o = 0; o < 8; ++o) {
            cv::Mat turned = grey.clone();
            if (o & 1)
                cv::flip(turned.clone(), turned, 1);
            if (o & 2)
                cv::flip(turned.clone(), turned, 0);
            if (o & 4)
                cv::transpose(turned.clone(), turned);
            const GradientHistogram direct = gradientHistogram(turned),
                                    moved = permuted(gradientHistogram(grey), o & 1, o & 2, o & 4);
            double dot = 0;
            for (std::size_t i = 0; i < direct.size(); ++i)
                dot += double(direct[i]) * double(moved[i]);
            QVERIFY2(dot > 0.9999, qPrintable(QString::number(dot)));
        }
    }

    void framedRegionFindsThePaddedPicture()
    {
        cv::Mat canvas(150, 200, CV_8UC3, cv::Scalar(40, 80, 120));
        testPicture(2, 100, 70).copyTo(canvas(cv::Rect(30, 50, 100, 70)));
        const auto quads = framedRegions(canvas);
        QVERIFY(!quads.empty());
        QVERIFY(cv::norm(quads[0][0] - cv::Point2f(30, 50)) < 4);
        QVERIFY(cv::norm(quads[0][2] - cv::Point2f(130, 120)) < 4);
    }

    void straightEdgesFindThePastedPicture()
    {
        cv::Mat canvas = testPicture(0, 192, 144);
        cv::GaussianBlur(canvas, canvas, {}, 6);
        canvas(cv::Rect(60, 40, 90, 70)).setTo(cv::Scalar(250, 20, 200));
        const auto quads = straightEdgeRectangles(canvas, 3);
        QVERIFY(std::ranges::any_of(quads, [](const Quad &q) {
            return cv::norm(q[0] - cv::Point2f(60, 40)) < 6 && cv::norm(q[2] - cv::Point2f(150, 110)) < 6;
        }));
    }

    void zScoreFusionIsTheMeanOfStandardScores()
    {
        const std::vector<std::vector<float>> branches{{1, 2, 3, noScore}, {10, 10, 40, noScore}};
        std::vector<float> fused(4);
        makeZScoreFusion({})->fuse(branches, std::vector<double>{1, 1}, fused);
        // numpy: ((x - x.mean()) / x.std() + (y - y.mean()) / y.std()) / 2
        QVERIFY(close(fused[0], (-1.2247449 - 0.7071068) / 2, 1e-6));
        QVERIFY(close(fused[2], (1.2247449 + 1.4142136) / 2, 1e-6));
        QCOMPARE(fused[3], noScore);
    }

    void constantBranchIsNeutral()
    {
        std::vector<float> fused(2);
        makeZScoreFusion({})->fuse(std::vector<std::vector<float>>{{5, 5}, {0, 1}}, std::vector<double>{1, 1}, fused);
        QVERIFY(fused[1] > fused[0] && std::isfinite(fused[0]));
    }

    void reciprocalRanksAddUp()
    {
        std::vector<float> fused(3);
        makeReciprocalRankFusion({.k = 60})->fuse(std::vector<std::vector<float>>{{3, 2, 1}, {2, 2, noScore}},
                                                  std::vector<double>{1, 2}, fused);
        QVERIFY(close(fused[0], 1.0 / 61 + 2.0 / 61, 1e-7));
        QVERIFY(close(fused[1], 1.0 / 62 + 2.0 / 61, 1e-7)); // a tie shares the better rank
        QVERIFY(close(fused[2], 1.0 / 63, 1e-7));
    }
};

QTEST_APPLESS_MAIN(TestMeasures)
#include "tst_measures.moc"
