// Keypoints as features, codebooks, aggregated vectors, votes and geometric verification, against plain code.
#include "core/base/random.h"
#include "core/data/attacks.h"
#include "core/data/scene.h"
#include "core/features/aggregation.h"
#include "core/features/codebook.h"
#include "core/features/gaussian_mixture.h"
#include "core/features/keypoint_features.h"
#include "core/index/keypoint_votes.h"
#include "core/match/spatial_verification.h"
#include "core/search/feature_cache.h"
#include "tests/support/recording_context.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <opencv2/core.hpp>

using namespace likeness;

namespace {

cv::Mat randomUnitRows(int rows, int cols, std::uint64_t seed)
{
    Random random(seed);
    cv::Mat matrix(rows, cols, CV_32F);
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < cols; ++x)
            matrix.at<float>(y, x) = float(random.unit());
        matrix.row(y) /= cv::norm(matrix.row(y));
    }
    return matrix;
}

Features featuresOf(const cv::Mat &bgr, Role role, const KeypointOptions &options = {})
{
    const auto extractor = makeKeypointExtractor(options);
    return extractor->extract(decodeImage(encodeJpeg(bgr, 95), "test", extractor->decodeSpec()), role);
}

std::vector<Features> scenes(int count)
{
    std::vector<Features> all;
    for (int i = 0; i < count; ++i)
        all.push_back(featuresOf(renderScene(6, i), Role::Gallery));
    return all;
}

} // namespace

class TestAggregation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void productsAreThoseOfPlainCode()
    {
        for (const int width : {2, 61, 64, 128}) {
            const cv::Mat a = randomUnitRows(13, width, 1), b = randomUnitRows(37, width, 2);
            const DescriptorRows left(a);
            const DescriptorPanels right(b);
            const std::vector<int> rows{0, 3, 12, 5, 7, 1, 2, 9, 11};
            const int stride = right.panels() * DescriptorPanels::panelRows;
            std::vector<std::int32_t> products(rows.size() * std::size_t(stride));
            descriptorProducts(left, rows, right, products.data());
            for (std::size_t i = 0; i < rows.size(); ++i)
                for (int j = 0; j < b.rows; ++j) {
                    const float product = float(products[i * std::size_t(stride) + std::size_t(j)]) / productOne;
                    QVERIFY(std::abs(product - float(a.row(rows[i]).dot(b.row(j)))) < 1e-3f);
                }
        }
    }

    void productsOfBytesAreThoseOfTheirFloats()
    {
        for (const int width : {2, 61, 128}) {
            cv::Mat bytes(37, width, CV_8U);
            cv::RNG(5).fill(bytes, cv::RNG::UNIFORM, 0, 256);
            const cv::Mat floats = unitDescriptors(bytes);
            DescriptorPanels right(bytes.rows, width, true);
            for (int row = 0; row < bytes.rows; ++row)
                right.set(row, bytes.row(row));
            const DescriptorRows left(randomUnitRows(9, width, 1));
            const std::vector<int> rows{0, 3, 8, 5, 7, 1, 2, 4, 6};
            std::vector<std::int32_t> products(rows.size() * std::size_t(right.panels()) * 16), expected(products);
            descriptorProducts(left, rows, right, products.data());
            descriptorProducts(left, rows, DescriptorPanels(floats), expected.data());
            QCOMPARE(products, expected);
        }
    }

    void nearestWordsAreThoseOfPlainCode()
    {
        const cv::Mat words = randomUnitRows(50, 128, 3) * 0.8, points = randomUnitRows(40, 128, 4);
        const cv::Mat nearest = nearestWords(points, WordPanels(words), 3);
        for (int i = 0; i < points.rows; ++i) {
            std::vector<std::pair<double, int>> all;
            for (int w = 0; w < words.rows; ++w)
                all.emplace_back(cv::norm(points.row(i), words.row(w)), w);
            std::ranges::sort(all);
            for (int c = 0; c < 3; ++c) // rounding may swap what is equally near
                QVERIFY(std::abs(cv::norm(points.row(i), words.row(nearest.at<int>(i, c))) -
                                 all[std::size_t(c)].first) < 1e-3);
        }
    }

    void codebookIsTheSameEveryTimeAndKept()
    {
        const auto gallery = scenes(4);
        const QTemporaryDir dir;
        FeatureCache cache(dir.path().toStdString(), 1'000'000'000);
        FitContext fresh = FitContext::none(), stored{TaskContext::none(), &cache};
        const cv::Mat first = trainCodebook(gallery, 20, 1, fresh), second = trainCodebook(gallery, 20, 1, stored);
        QCOMPARE(first.rows, 20);
        QCOMPARE(cv::norm(first, second, cv::NORM_INF), 0.0);
        test::RecordingContext cancelsAtOnce(0);
        FitContext again{cancelsAtOnce, &cache};
        QCOMPARE(cv::norm(first, trainCodebook(gallery, 20, 1, again), cv::NORM_INF), 0.0); // not learned again
    }

    void cancelledTrainingLeavesNothingBehind()
    {
        test::RecordingContext cancelled(0);
        const auto gallery = scenes(2);
        const QTemporaryDir dir;
        FeatureCache cache(dir.path().toStdString(), 1'000'000'000);
        FitContext context{cancelled, &cache};
        QVERIFY_THROWS_EXCEPTION(Cancelled, trainCodebook(gallery, 20, 1, context));
        QVERIFY(!cache.fitted(fitKey(gallery, "k-means|words=20|seed=1")));
    }

    void moreWordsThanDescriptorsAreFewerWords()
    {
        Features few;
        few.rows = cv::Mat(5, 128, CV_8U, cv::Scalar(40));
        for (int i = 0; i < 5; ++i)
            few.rows.at<std::uint8_t>(i, i) = 200;
        FitContext fit = FitContext::none();
        QCOMPARE(trainCodebook(std::span<const Features>(&few, 1), 64, 1, fit).rows, 5);
        const Features none;
        QVERIFY_THROWS_EXCEPTION(Error, trainCodebook(std::span(&none, 1), 64, 1, fit));
    }

    void mixtureFindsTheGaussiansItWasDrawnFrom()
    {
        Random random(5);
        const auto normal = [&random] {
            return std::sqrt(-2 * std::log(1 - random.unit())) * std::cos(2 * CV_PI * random.unit());
        };
        cv::Mat samples(3000, 2, CV_32F);
        for (int i = 0; i < samples.rows; ++i) {
            const bool first = i % 3 == 0;
            samples.at<float>(i, 0) = float(first ? 2 + 0.3 * normal() : -1 + 0.6 * normal());
            samples.at<float>(i, 1) = float(first ? 0.5 * normal() : 1 + 0.2 * normal());
        }
        const cv::Mat start = (cv::Mat_<float>(2, 2) << 1, 0, 0, 1);
        const GaussianMixture mixture = fitMixture(samples, start, TaskContext::none());
        const auto close = [](float value, double truth, double tolerance) {
            return std::abs(double(value) - truth) < tolerance;
        };
        QVERIFY(close(mixture.weights.at<float>(0), 1 / 3.0, 0.02));
        QVERIFY(close(mixture.means.at<float>(0, 0), 2, 0.05) && close(mixture.means.at<float>(1, 1), 1, 0.05));
        QVERIFY(close(std::sqrt(mixture.variances.at<float>(0, 1)), 0.5, 0.03));
        QVERIFY(close(std::sqrt(mixture.variances.at<float>(1, 0)), 0.6, 0.03));
        const cv::Mat shares = posteriors(mixture, samples);
        for (int i = 0; i < samples.rows; i += 50) { // Bayes' rule, written out
            double joint[2];
            for (int w = 0; w < 2; ++w) {
                joint[w] = double(mixture.weights.at<float>(w));
                for (int d = 0; d < 2; ++d) {
                    const double v = double(mixture.variances.at<float>(w, d));
                    const double off = double(samples.at<float>(i, d) - mixture.means.at<float>(w, d));
                    joint[w] *= std::exp(-off * off / (2 * v)) / std::sqrt(2 * CV_PI * v);
                }
            }
            QVERIFY(close(shares.at<float>(i, 0), joint[0] / (joint[0] + joint[1]), 1e-3));
        }
    }

    void vladIsTheNormalisedSumOfDifferences()
    {
        const auto gallery = scenes(3);
        FitContext fit = FitContext::none();
        VladOptions options;
        options.words = 4;
        options.power = 1;
        options.intra = false;
        const auto vlad = makeVlad(options);
        vlad->fit(gallery, fit);
        const cv::Mat words = trainCodebook(gallery, 4, options.seed, fit);
        const cv::Mat descriptors = unitDescriptors(gallery[1].rows);
        cv::Mat sums = cv::Mat::zeros(4, 128, CV_32F);
        for (int i = 0; i < descriptors.rows; ++i) {
            int best = 0;
            for (int w = 1; w < 4; ++w)
                if (cv::norm(descriptors.row(i), words.row(w)) < cv::norm(descriptors.row(i), words.row(best)))
                    best = w;
            cv::Mat sum = sums.row(best);
            sum += descriptors.row(i) - words.row(best);
        }
        const cv::Mat expected = sums.reshape(1, 1) / cv::norm(sums), got = vlad->apply(gallery[1], Role::Gallery).rows;
        QVERIFY(cv::norm(expected, got) < 0.02); // a descriptor between two words may fall to the other
    }

    void aggregatedVectorsHaveLengthOne()
    {
        const auto gallery = scenes(4);
        FitContext fit = FitContext::none();
        AggregationOptions few;
        few.words = 8;
        VladOptions vladOptions;
        vladOptions.words = 8;
        FisherOptions fisherOptions;
        fisherOptions.words = 8;
        fisherOptions.pcaDims = 16;
        const auto vlad = makeVlad(vladOptions), fisher = makeFisher(fisherOptions);
        for (const auto *transform : {vlad.get(), fisher.get()}) {
            const_cast<Transform *>(transform)->fit(gallery, fit);
            const Features query = transform->apply(featuresOf(renderScene(6, 1), Role::Query), Role::Query);
            QCOMPARE(query.rows.rows, 2); // the image and its mirrored self
            QVERIFY(std::abs(cv::norm(query.rows.row(0)) - 1) < 1e-4);
            QVERIFY(transform->apply({}, Role::Query).rows.empty());
        }
        QCOMPARE(vlad->apply(gallery[0], Role::Gallery).rows.cols, 8 * 128);
        QCOMPARE(fisher->apply(gallery[0], Role::Gallery).rows.cols, 2 * 8 * 16);
    }

    void votesWithAllListsAreThoseOfPlainCode()
    {
        const auto gallery = scenes(5);
        KeypointVotesOptions options;
        options.lists = options.probes = 16;
        options.neighbours = 1;
        const auto index = makeKeypointVotes(options);
        FitContext fit = FitContext::none();
        index->build(gallery, fit);
        KeypointOptions unmirrored;
        unmirrored.mirror = false;
        unmirrored.count = 60;
        const Features query =
            featuresOf(applyAttack("crop", renderScene(6, 2), 0.4, 3, {}).pixels, Role::Query, unmirrored);
        std::vector<float> scores(gallery.size());
        index->scores(query, scores);
        std::vector<double> expected(gallery.size());
        const cv::Mat asked = unitDescriptors(query.rows);
        for (int i = 0; i < asked.rows; ++i) {
            std::vector<std::pair<double, std::size_t>> nearest; // squared distance to each image
            for (std::size_t image = 0; image < gallery.size(); ++image) {
                const cv::Mat rows = unitDescriptors(gallery[image].rows);
                double best = 1e9;
                for (int j = 0; j < rows.rows; ++j)
                    best = std::min(best, 2 - 2 * asked.row(i).dot(rows.row(j)));
                nearest.emplace_back(best, image);
            }
            std::ranges::sort(nearest);
            expected[nearest[0].second] += std::pow(nearest[1].first - nearest[0].first, 2);
        }
        for (std::size_t image = 0; image < gallery.size(); ++image)
            QVERIFY2(std::abs(double(scores[image]) - expected[image]) < 0.02 * (1 + expected[image]),
                     qPrintable(QStringLiteral("%1 %2").arg(double(scores[image])).arg(expected[image])));
        QCOMPARE(std::ranges::max_element(scores) - scores.begin(), 2);
    }

    void verificationFindsThePlantedTransform()
    {
        Random random(11);
        LocalFeatures a, b;
        std::vector<Correspondence> matches;
        const cv::Matx33d truth(0.6, -0.3, 120, 0.3, 0.6, 40, 0, 0, 1);
        for (int i = 0; i < 60; ++i) {
            const cv::Point2f at(float(random.uniform(0, 400)), float(random.uniform(0, 300)));
            const float size = float(random.uniform(3, 20)), angle = float(random.uniform(0, 360));
            a.keypoints.emplace_back(at, size, angle);
            const bool wrong = i % 3 != 0;
            const cv::Point2d moved = transferred(truth, at);
            const float turned = std::fmod(angle + float(std::atan2(0.3, 0.6) * 180 / CV_PI), 360.f);
            b.keypoints.emplace_back(wrong ? cv::Point2f(float(random.uniform(0, 400)), float(random.uniform(0, 300)))
                                           : cv::Point2f(moved),
                                     size * float(std::hypot(0.6, 0.3)), turned);
            matches.push_back({i, i, 0.1f, 0.5f});
        }
        const SpatialSupport support = verifySpatially(a, b, matches, 4);
        QVERIFY(support.inliers >= 19 && support.inliers <= 22);
        for (std::size_t i = 0; i < matches.size(); i += 3)
            QVERIFY(support.inlier[i]);
        QVERIFY(cv::norm(transferred(support.bFromA, {200, 150}) - transferred(truth, {200, 150})) < 1);
    }
};

QTEST_GUILESS_MAIN(TestAggregation)
#include "tst_aggregation.moc"
