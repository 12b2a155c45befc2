// Keypoint matching and homographies: known warps, independent slow code, awkward pictures.
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/data/attacks.h"
#include "core/data/scene.h"
#include "core/features/sift.h"
#include "core/match/image_match.h"
#include "tests/support/pictures.h"

#include <QTest>
#include <opencv2/features2d.hpp>
#include <set>

using namespace likeness;

namespace {

cv::Mat greyScene(int index)
{
    cv::Mat grey;
    cv::cvtColor(renderScene(4, index), grey, cv::COLOR_BGR2GRAY);
    return grey;
}

cv::Mat greyOf(const cv::Mat &bgr)
{
    cv::Mat grey;
    cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
    return grey;
}

double cornerError(const cv::Matx33d &found, const cv::Matx33d &truth, cv::Size size)
{
    double worst = 0;
    for (const cv::Point2d corner :
         {cv::Point2d(0, 0), {size.width - 1.0, 0}, {0, size.height - 1.0}, {size.width - 1.0, size.height - 1.0}})
        worst = std::max(worst, cv::norm(transferred(found, corner) - transferred(truth, corner)));
    return worst;
}

LocalFeatures randomFeatures(int rows, int cols, int type, std::uint64_t seed)
{
    Random random(seed);
    LocalFeatures features;
    features.descriptors.create(rows, cols, type);
    for (int y = 0; y < rows; ++y) {
        features.keypoints.emplace_back(float(random.uniform(0, 300)), float(random.uniform(0, 200)), 6.0f);
        for (int x = 0; x < cols; ++x)
            type == CV_8U ? void(features.descriptors.at<std::uint8_t>(y, x) = std::uint8_t(random.next()))
                          : void(features.descriptors.at<float>(y, x) = float(random.uniform(-1, 1)));
        if (type == CV_32F)
            features.descriptors.row(y) /= cv::norm(features.descriptors.row(y));
    }
    return features;
}

} // namespace

class TestMatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void matcherFindsWhatPlainCodeFinds_data()
    {
        QTest::addColumn<int>("type");
        QTest::newRow("L2") << CV_32F;
        QTest::newRow("Hamming") << CV_8U;
    }

    void matcherFindsWhatPlainCodeFinds()
    {
        QFETCH(int, type);
        const LocalFeatures a = randomFeatures(300, 20, type, 1), b = randomFeatures(280, 20, type, 2);
        const auto distance = [&](const LocalFeatures &p, int i, const LocalFeatures &q, int j) {
            return type == CV_8U ? cv::norm(p.descriptors.row(i), q.descriptors.row(j), cv::NORM_HAMMING) / 160
                                 : cv::norm(p.descriptors.row(i), q.descriptors.row(j));
        };
        const auto nearest = [&](const LocalFeatures &p, int i, const LocalFeatures &q) {
            std::vector<std::pair<double, int>> all;
            for (int j = 0; j < q.descriptors.rows; ++j)
                all.emplace_back(distance(p, i, q, j), j);
            std::ranges::stable_sort(all);
            return all;
        };
        const auto matches = matchFeatures(a, b, {.ratio = 0.97, .mutual = true});
        QVERIFY(matches.size() > 5);
        std::size_t expected = 0;
        for (int i = 0; i < a.descriptors.rows; ++i) {
            const auto own = nearest(a, i, b);
            expected += own[0].first < 0.97 * own[1].first - 1e-6 && nearest(b, own[0].second, a)[0].second == i;
        }
        QVERIFY(std::abs(double(matches.size()) - double(expected)) <= 1); // a rounding on the edge of the ratio
        for (const Correspondence &match : matches)
            QCOMPARE(nearest(a, match.a, b)[0].second, match.b);
        QVERIFY(std::ranges::is_sorted(matches, {}, &Correspondence::ratio));
    }

    void flannFindsMostOfWhatExactSearchFinds()
    {
        const AttackedImage copy = applyAttack("rotate", renderScene(4, 2), 0.4, 5);
        for (const auto &[detector, name] : {std::pair(Detector::RootSift, "rootsift"), {Detector::Orb, "orb"}}) {
            const LocalFeatures a = detectLocalFeatures(greyScene(2), {.detector = detector}),
                                b = detectLocalFeatures(greyOf(copy.pixels), {.detector = detector});
            const auto exact = matchFeatures(a, b, {}),
                       fast = matchFeatures(a, b, {.search = MatcherOptions::Search::Flann});
            QVERIFY(fast == matchFeatures(a, b, {.search = MatcherOptions::Search::Flann})); // seeded
            std::set<std::pair<int, int>> known;
            for (const Correspondence &m : exact)
                known.emplace(m.a, m.b);
            const auto same = std::ranges::count_if(fast, [&](const Correspondence &m) {
                return known.contains({m.a, m.b});
            });
            QVERIFY2(double(same) > 0.8 * double(exact.size()),
                     qPrintable(QStringLiteral("%1: %2 of %3").arg(QLatin1String(name)).arg(same).arg(exact.size())));
        }
    }

    void everyVerifierFindsEveryModel_data()
    {
        QTest::addColumn<QString>("verifier");
        QTest::addColumn<QString>("model");
        for (const char *verifier : {"magsac", "usac", "prosac", "ransac", "lmeds"})
            for (const char *model : {"homography", "affine", "similarity", "fundamental"})
                QTest::newRow(qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(verifier), QLatin1String(model))))
                    << verifier << model;
    }

    void everyVerifierFindsEveryModel()
    {
        QFETCH(QString, verifier);
        QFETCH(QString, model);
        const AttackedImage copy = applyAttack("rotate", renderScene(4, 2), 0.4, 5); // a similarity: all models hold
        const auto options =
            optionsFrom<MatchOptions>({{"verifier", verifier.toStdString()}, {"model", model.toStdString()}});
        const ImageMatch match = matchImages(greyScene(2), greyOf(copy.pixels), options);
        QVERIFY2(match.supported(), match.refusal ? match.refusal->english().c_str() : "");
        QVERIFY(match.inliers > 50);
        QCOMPARE(match.fundamental.has_value(), model == "fundamental");
        if (match.bFromA)
            QVERIFY(cornerError(*match.bFromA, *copy.attackedFromSource, greyScene(2).size()) < 2);
        for (std::size_t i = 0; i < match.matches.size(); ++i)
            QCOMPARE(bool(match.inlier[i]), residualPx(match, i) <= options.finalPx);
    }

    void slantedViewIsFoundByAffineSimulation()
    {
        const cv::Mat scene = greyScene(2);
        cv::Mat slanted; // as from the side: squeezed to a fourth
        cv::resize(scene, slanted, {scene.cols / 4, scene.rows}, 0, 0, cv::INTER_AREA);
        QVERIFY(!matchImages(scene, slanted, matchPreset("default")).supported());
        const ImageMatch match = matchImages(scene, slanted, matchPreset("accurate"));
        QVERIFY(match.supported() && match.simulated);
        QVERIFY(cornerError(*match.bFromA, cv::Matx33d(0.25, 0, -0.375, 0, 1, 0, 0, 0, 1), scene.size()) < 3);
    }

    void matchingAnswersACancel()
    {
        /// Cancelled when it is asked for the nth time.
        struct Cancelling : TaskContext {
            explicit Cancelling(int after) : left(after) {}
            bool isCancelled() const override { return --left < 0; }
            mutable std::atomic<int> left;
        };
        const cv::Mat a = greyScene(2), b = greyScene(7); // unrelated: every stage of "accurate" has its turn
        Cancelling never(1'000'000);
        const ImageMatch whole = matchImages(a, b, matchPreset("accurate"), never);
        const int asked = 1'000'000 - never.left;
        QVERIFY2(asked > 40, qPrintable(QString::number(asked))); // two images, each view of both, the stages
        for (const int after : {0, 1, asked / 4, asked / 2}) {
            Cancelling soon(after);
            QVERIFY_THROWS_EXCEPTION(Cancelled, (void)PairMatcher(a, b).match(matchPreset("accurate"), soon));
        }
        PairMatcher matcher(a, b);
        Cancelling halfway(asked / 2);
        QVERIFY_THROWS_EXCEPTION(Cancelled, (void)matcher.match(matchPreset("accurate"), halfway));
        QVERIFY(matcher.match(matchPreset("accurate"), TaskContext::none()).matches == whole.matches);
    }

    void twoHundredRepeatsGiveOneAnswer()
    {
        const AttackedImage copy = applyAttack("perspective", renderScene(4, 2), 0.6, 5);
        cv::Mat a, b;
        cv::resize(greyScene(2), a, {}, 0.5, 0.5, cv::INTER_AREA);
        cv::resize(greyOf(copy.pixels), b, {}, 0.5, 0.5, cv::INTER_AREA);
        std::optional<ImageMatch> first;
        for (int i = 0; i < 200; ++i) {
            setThreadCount(1 << i % 3);
            const ImageMatch match = matchImages(a, b, matchPreset("default"));
            if (!first)
                first = match;
            QVERIFY(match.bFromA && match.bFromA == first->bFromA && match.matches == first->matches &&
                    match.inlier == first->inlier);
        }
        setThreadCount(0);
    }

    void mutualMatchesAreTheSameFromTheOtherSide()
    {
        const LocalFeatures a = randomFeatures(200, 16, CV_32F, 3), b = randomFeatures(150, 16, CV_32F, 4);
        std::set<std::pair<int, int>> forward, backward;
        for (const Correspondence &m : matchFeatures(a, b, {.ratio = 1, .mutual = true}))
            forward.emplace(m.a, m.b);
        for (const Correspondence &m : matchFeatures(b, a, {.ratio = 1, .mutual = true}))
            backward.emplace(m.b, m.a);
        QVERIFY(forward.size() > 20);
        QCOMPARE(forward, backward);
    }

    void sidesWithoutARatioMatchNothing()
    {
        const LocalFeatures many = randomFeatures(20, 16, CV_32F, 5);
        for (const int few : {0, 1}) {
            QVERIFY(matchFeatures(randomFeatures(few, 16, CV_32F, 6), many, {}).empty());
            QVERIFY(matchFeatures(many, randomFeatures(few, 16, CV_32F, 6), {}).empty());
        }
    }

    void siftAgreesWithOpenCv()
    {
        const cv::Mat grey = greyScene(2);
        const SiftFeatures own = detectSift(grey, {.count = 400, .contrast = 0.02});
        std::vector<cv::KeyPoint> keypoints;
        cv::Mat descriptors;
        cv::SIFT::create(400, 3, 0.02, 10, 1.6)->detectAndCompute(grey, {}, keypoints, descriptors);
        QVERIFY(own.keypoints.size() > 100);
        int same = 0;
        for (std::size_t i = 0; i < own.keypoints.size(); ++i)
            for (std::size_t j = 0; j < keypoints.size(); ++j) {
                // OpenCV leaves the quarter pixel of the doubled image in.
                const cv::Point2f at = keypoints[j].pt - cv::Point2f(0.25f, 0.25f);
                if (cv::norm(own.keypoints[i].pt - at) < 0.1 &&
                    std::abs(own.keypoints[i].size / keypoints[j].size - 1) < 0.02 &&
                    std::abs(own.keypoints[i].angle - keypoints[j].angle) < 1 &&
                    cv::norm(own.descriptors.row(int(i)), descriptors.row(int(j))) < 20) {
                    ++same;
                    break;
                }
            }
        QVERIFY2(same > 0.97 * double(own.keypoints.size()), qPrintable(QString::number(same)));
    }

    void mirroredDescriptorsAreThoseOfTheMirroredImage()
    {
        const cv::Mat grey = greyScene(2);
        cv::Mat flipped;
        cv::flip(grey, flipped, 1);
        const LocalFeatureOptions options{.detector = Detector::Sift, .count = 300};
        const LocalFeatures permuted = mirroredFeatures(detectLocalFeatures(grey, options), grey, options);
        const LocalFeatures detected = detectLocalFeatures(flipped, options);
        // Octaves sample other pixels of a mirrored image, so that some keypoints come out differently.
        int same = 0;
        const auto matches = matchFeatures(permuted, detected, {});
        for (const Correspondence &match : matches) {
            const cv::KeyPoint &a = permuted.keypoints[std::size_t(match.a)],
                               &b = detected.keypoints[std::size_t(match.b)];
            same += cv::norm(a.pt - b.pt) < 1 && std::abs(a.angle - b.angle) < 10 && match.distance < 0.3f;
        }
        QVERIFY2(
            same > 0.75 * double(matches.size()) && same > 0.4 * double(permuted.keypoints.size()),
            qPrintable(
                QStringLiteral("%1 of %2, %3 keypoints").arg(same).arg(matches.size()).arg(permuted.keypoints.size())));
    }

    void spreadKeypointsCoverMoreOfTheImage()
    {
        const cv::Mat grey = greyScene(2);
        const auto cells = [&](bool spread) {
            std::set<std::pair<int, int>> seen;
            for (const Detector detector : {Detector::Sift, Detector::Orb})
                for (const cv::KeyPoint &k :
                     detectLocalFeatures(grey, {.detector = detector, .count = 60, .spread = spread}).keypoints)
                    seen.emplace(int(k.pt.x) / 60, int(k.pt.y) / 45);
            return seen.size();
        };
        QVERIFY(cells(true) > cells(false));
    }

    void uprightKeypointsHaveNoAngle()
    {
        const LocalFeatures features = detectLocalFeatures(greyScene(2), {.upright = true});
        QVERIFY(features.keypoints.size() > 50);
        for (const cv::KeyPoint &keypoint : features.keypoints)
            QCOMPARE(keypoint.angle, 0.f);
    }

    void refinementFindsTheTrueHomographyFromABadStart()
    {
        const cv::Matx33d truth(1.1, -0.2, 30, 0.15, 0.9, -12, 1e-4, -2e-4, 1);
        Random random(7);
        std::vector<PointPair> pairs;
        for (int i = 0; i < 60; ++i) {
            const cv::Point2d a(random.uniform(0, 400), random.uniform(0, 300));
            pairs.push_back({a, transferred(truth, a), 1});
        }
        cv::Matx33d start = truth;
        start(0, 2) += 2;
        start(2, 0) *= 0.8;
        QVERIFY(cornerError(refinedHomography(start, pairs, 1), truth, {400, 300}) < 1e-3);
        for (int i = 0; i < 6; ++i)
            pairs[std::size_t(i)].b += cv::Point2d(6, -5); // still wrong: weighted down
        QVERIFY(cornerError(refinedHomography(start, pairs, 1), truth, {400, 300}) < 0.1);
    }

    void implausibleModelsSayWhy()
    {
        const cv::Size size(400, 300);
        QVERIFY(!implausible(cv::Matx33d::eye(), size));
        QVERIFY(implausible({-1, 0, 399, 0, 1, 0, 0, 0, 1}, size));    // mirrored
        QVERIFY(implausible({0.01, 0, 0, 0, 0.01, 0, 0, 0, 1}, size)); // collapsed
        QVERIFY(implausible({1, 0, 0, 0, 1, 0, -0.01, 0, 1}, size));   // torn
    }

    void knownWarpsAreFound_data()
    {
        QTest::addColumn<QString>("attack");
        QTest::addColumn<QString>("detector");
        for (const char *attack :
             {"crop", "resize", "rotate", "quarter_turn", "pad", "perspective", "paste", "flip", "blur"})
            QTest::addRow("%s rootsift", attack) << attack << "rootsift";
        for (const char *detector : {"sift", "orb", "akaze", "kaze", "brisk"})
            QTest::addRow("rotate %s", detector) << "rotate" << detector;
    }

    void knownWarpsAreFound()
    {
        QFETCH(QString, attack);
        QFETCH(QString, detector);
        const AttackedImage copy = applyAttack(attack.toStdString(), renderScene(4, 2), 0.4, 5, renderScene(4, 8));
        const auto options = optionsFrom<MatchOptions>({{"detector", detector.toStdString()}});
        const ImageMatch match = matchImages(greyScene(2), greyOf(copy.pixels), options);
        QVERIFY2(match.bFromA, match.refusal ? match.refusal->english().c_str() : "");
        QCOMPARE(match.mirrored, attack == "flip");
        const double error = cornerError(*match.bFromA, *copy.attackedFromSource, greyScene(2).size());
        QVERIFY2(error < 3, qPrintable(QString::number(error)));
        QCOMPARE(match.inlier.size(), match.matches.size());
        QCOMPARE(int(std::ranges::count(match.inlier, true)), match.inliers);
        for (const Correspondence &pair : match.matches)
            QVERIFY(pair.a < int(match.a.keypoints.size()) && pair.b < int(match.b.keypoints.size()));
    }

    void unrelatedPicturesHaveNoSupport()
    {
        for (const int other : {3, 5, 9}) {
            const ImageMatch match = matchImages(greyScene(2), greyScene(other), {});
            QVERIFY(!match.bFromA);
            QVERIFY(match.refusal && match.refusal->english().find("needed") != std::string::npos);
        }
    }

    void anImageMatchesItselfByTheIdentity()
    {
        const ImageMatch match = matchImages(greyScene(2), greyScene(2), {});
        QVERIFY(match.bFromA && cornerError(*match.bFromA, cv::Matx33d::eye(), {480, 360}) < 0.05);
    }

    void sameAnswerOnAnyNumberOfThreads()
    {
        const AttackedImage copy = applyAttack("perspective", renderScene(4, 2), 0.6, 5);
        std::vector<cv::Matx33d> answers;
        for (const int threads : {1, 2, 4, 1, 4}) {
            setThreadCount(threads);
            const ImageMatch match = matchImages(greyScene(2), greyOf(copy.pixels), {});
            QVERIFY(match.bFromA);
            answers.push_back(*match.bFromA);
        }
        setThreadCount(0);
        for (const cv::Matx33d &answer : answers)
            QVERIFY(answer == answers.front()); // to the last bit
    }

    void awkwardPicturesGiveAClearAnswer()
    {
        const cv::Mat scene = greyScene(2);
        for (const cv::Size size : {cv::Size(1, 1), cv::Size(8000, 2), cv::Size(9, 9), cv::Size(200, 200)}) {
            const cv::Mat uniform(size, CV_8UC1, cv::Scalar(90));
            for (const Detector detector :
                 {Detector::RootSift, Detector::Orb, Detector::Akaze, Detector::Kaze, Detector::Brisk}) {
                MatchOptions options;
                options.features.detector = detector;
                for (const auto &match : {matchImages(uniform, scene, options), matchImages(scene, uniform, options)}) {
                    QVERIFY(!match.bFromA);
                    QVERIFY(match.refusal);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestMatch)
#include "tst_match.moc"
