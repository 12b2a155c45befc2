// Keypoints of ONNX networks against numpy (tests/support/make_keypoint_nets.py), and files that are none.
#include "core/base/parallel.h"
#include "core/data/image.h"
#include "core/features/keypoint_features.h"
#include "core/features/local_features.h"
#include "core/features/network_program.h"
#include "core/match/image_match.h"
#include "tests/support/pictures.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <fstream>
#include <numeric>

using namespace likeness;

namespace {

const std::filesystem::path g_support = SOURCE_DIR "/tests/support";

std::string network(const char *kind)
{
    return (g_support / "keypoints" / (std::string(kind) + ".onnx")).string();
}

cv::Mat picture()
{
    return loadImage(g_support / "models/image0.png", {Colour::Grey, 0}).pixels;
}

} // namespace

class TestLearnedKeypoints : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pointsAndDescriptorsAreThoseOfNumpy_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"superpoint", "xfeat", "disk"})
            QTest::newRow(kind) << kind;
    }

    void pointsAndDescriptorsAreThoseOfNumpy()
    {
        QFETCH(QString, kind);
        const auto expected =
            nlohmann::json::parse(readText(g_support / "keypoints/expected.json"))[kind.toStdString()];
        // 90 x 70: what is beyond a multiple of 16 is not looked at.
        const LocalFeatures found =
            detectLocalFeatures(picture(), {.detector = Detector::Learned, .network = network(qPrintable(kind))});
        QCOMPARE(found.keypoints.size(), expected.size());
        QCOMPARE(found.descriptors.cols, 32);
        std::vector<int> order(found.keypoints.size()); // strongest first; numpy's are by place
        std::iota(order.begin(), order.end(), 0);
        std::ranges::sort(order, {}, [&](int i) {
            return std::pair(found.keypoints[std::size_t(i)].pt.x, found.keypoints[std::size_t(i)].pt.y);
        });
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const auto at = std::size_t(order[i]);
            QCOMPARE(found.keypoints[at].pt, cv::Point2f(expected[i]["x"].get<float>(), expected[i]["y"].get<float>()));
            for (int c = 0; c < 4; ++c)
                QVERIFY(std::abs(found.descriptors.at<float>(int(at), c) -
                                 expected[i]["descriptor"][std::size_t(c)].get<float>()) < 1e-4f);
        }
        QVERIFY(std::ranges::is_sorted(found.keypoints, std::greater{}, &cv::KeyPoint::response));
    }

    void manyThreadsFindTheSame()
    {
        const LocalFeatureOptions options{.detector = Detector::Learned, .network = network("superpoint")};
        const LocalFeatures alone = detectLocalFeatures(picture(), options);
        setThreadCount(4);
        std::vector<LocalFeatures> all(16);
        parallelFor(all.size(), TaskContext::none(),
                    [&](std::size_t i) { all[i] = detectLocalFeatures(picture(), options); });
        setThreadCount(0);
        for (const LocalFeatures &found : all)
            QCOMPARE(cv::norm(found.descriptors, alone.descriptors, cv::NORM_INF), 0.0);
    }

    void aPictureMatchesItselfAndItsShift()
    {
        const cv::Mat grey = picture();
        MatchOptions options;
        options.features = {.detector = Detector::Learned, .network = network("disk")};
        options.mirror = false;
        options.minInliers = 8;
        const ImageMatch match = matchImages(grey, grey, options);
        QVERIFY(match.supported() && match.inliers >= 8);
        QVERIFY(cv::norm(cv::Mat(*match.bFromA) - cv::Mat::eye(3, 3, CV_64F)) < 0.05);
    }

    void theFileIsPartOfTheCacheKey()
    {
        KeypointOptions options;
        options.detector = Detector::Learned;
        options.network = network("superpoint");
        const auto first = makeKeypointExtractor(options);
        options.network = network("xfeat");
        QVERIFY(!first->contentKey().empty() && first->contentKey() != makeKeypointExtractor(options)->contentKey());
    }

    void whatIsNoKeypointNetworkIsAnError()
    {
        const QTemporaryDir dir;
        const auto refusal = [&](const std::string &file) {
            try {
                detectLocalFeatures(picture(), {.detector = Detector::Learned, .network = file});
            } catch (const Error &error) {
                return QString::fromUtf8(error.what());
            }
            return QString();
        };
        const std::string text = dir.filePath("text.onnx").toStdString();
        std::ofstream(text) << "this is no network";
        QVERIFY(refusal(text).contains(QStringLiteral("text.onnx")));
        QVERIFY(refusal(dir.filePath("absent.onnx").toStdString()).contains(QStringLiteral("absent.onnx")));
        QVERIFY(!refusal({}).isEmpty());
        QVERIFY(detectLocalFeatures(cv::Mat(10, 10, CV_8UC1, cv::Scalar(3)),
                                    {.detector = Detector::Learned, .network = network("disk")})
                    .keypoints.empty());
    }
};

QTEST_APPLESS_MAIN(TestLearnedKeypoints)
#include "tst_learned_keypoints.moc"
