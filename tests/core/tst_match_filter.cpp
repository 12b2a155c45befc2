// Grid-based motion statistics against OpenCV's (fixtures.json) and a known warp.
#include "core/data/scene.h"
#include "core/match/grid_motion_statistics.h"
#include "core/match/homography.h"
#include "tests/support/pictures.h"

#include <QTest>
#include <algorithm>
#include <iterator>
#include <sstream>

using namespace likeness;

namespace {

cv::Mat greyScene()
{
    cv::Mat grey;
    cv::cvtColor(renderScene(4, 3), grey, cv::COLOR_BGR2GRAY);
    return grey;
}

template <class T> std::vector<T> numbers(const nlohmann::json &text)
{
    std::istringstream stream(text.get<std::string>());
    return {std::istream_iterator<T>(stream), {}};
}

} // namespace

class TestMatchFilter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void motionStatisticsKeepWhatOpenCvKeeps()
    {
        const auto rows = test::fixtures()["gms"];
        for (const auto &row : rows) {
            LocalFeatures sides[2];
            for (int side = 0; side < 2; ++side) {
                const auto values = numbers<float>(row[side == 0 ? "a" : "b"]);
                sides[side].imageSize = {640, 480};
                for (std::size_t i = 0; i < values.size(); i += 2)
                    sides[side].keypoints.emplace_back(values[i], values[i + 1], 1.f);
            }
            std::vector<Correspondence> pairs;
            for (int i = 0; i < int(sides[0].keypoints.size()); ++i)
                pairs.push_back({i, i});
            const auto flags = row["turned"].get<bool>() ? supportedByMotion(sides[0], sides[1], pairs)
                                                         : supportedByMotion(sides[0], sides[1], pairs, 0, 1);
            std::vector<int> kept;
            for (int i = 0; i < int(flags.size()); ++i)
                if (flags[std::size_t(i)])
                    kept.push_back(i);
            QVERIFY(kept.size() > 100);
            const auto theirs = numbers<int>(row["kept"]);
            if (row["turned"].get<bool>()) { // OpenCV keeps 4 of 252 more, at the rim
                QVERIFY(std::ranges::includes(theirs, kept));
                QVERIFY(kept.size() * 50 > theirs.size() * 49);
            } else {
                QCOMPARE(kept, theirs);
            }
        }
    }

    void neighbourhoodFilterKeepsInliersOfAWarp()
    {
        const cv::Mat scene = greyScene();
        const cv::Matx33d truth(0.8, -0.4, 90, 0.4, 0.8, -30, 0, 0, 1);
        cv::Mat warped;
        cv::warpPerspective(scene, warped, truth, scene.size());
        const LocalFeatures a = detectLocalFeatures(scene, {.detector = Detector::Orb, .count = 5000}),
                            b = detectLocalFeatures(warped, {.detector = Detector::Orb, .count = 5000});
        const auto right = [&](const std::vector<Correspondence> &matches) {
            const auto good = std::ranges::count_if(matches, [&](const Correspondence &m) {
                return cv::norm(transferred(truth, a.keypoints[std::size_t(m.a)].pt) -
                                cv::Point2d(b.keypoints[std::size_t(m.b)].pt)) < 8;
            });
            return double(good) / double(std::max<std::size_t>(1, matches.size()));
        };
        const auto plain = matchFeatures(a, b, {.ratio = 1, .mutual = false}),
                   filtered = matchFeatures(a, b, {.ratio = 1, .mutual = false, .filter = MatcherOptions::Filter::Gms});
        QVERIFY(filtered.size() > 50);
        QVERIFY2(right(filtered) > 0.97 && right(plain) < 0.9,
                 qPrintable(QStringLiteral("%1 %2").arg(right(filtered)).arg(right(plain))));
    }
};

QTEST_APPLESS_MAIN(TestMatchFilter)
#include "tst_match_filter.moc"
