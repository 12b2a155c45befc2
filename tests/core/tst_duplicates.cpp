// Groups of the same image, and what a score is worth: duplicates and calibration.
#include "core/base/random.h"
#include "core/data/image.h"
#include "core/data/scene.h"
#include "core/eval/calibration.h"
#include "core/rank/extreme_values.h"
#include "core/search/duplicates.h"
#include "core/search/recipe_store.h"
#include "tests/support/pictures.h"
#include "tests/support/recording_context.h"
#include "tests/support/sandbox.h"

#include <QTemporaryDir>
#include <QTest>
#include <opencv2/imgproc.hpp>

using namespace likeness;
using namespace likeness::test;
namespace fs = std::filesystem;

namespace {

/// Largest of many unrelated scores, by Gumbel's distribution.
float gumbel(Random &random, double mode, double scale)
{
    return float(mode - scale * std::log(-std::log(random.uniform(1e-12, 1))));
}

/// Best answers: right ones about 2, wrong ones about 0; probability of being right by a logistic curve.
std::vector<NamedRanking> logisticRankings(int count, GroundTruth &truth, std::uint64_t seed)
{
    Random random(seed);
    std::vector<NamedRanking> rankings;
    for (int i = 0; i < count; ++i) {
        const double score = random.uniform(-4, 6), probability = 1 / (1 + std::exp(-(2 * score - 1)));
        const bool right = random.uniform(0, 1) < probability;
        const std::string query = "q" + std::to_string(i);
        truth.sources[query] = {right ? "a" : "b"};
        rankings.push_back({query, {{"a", float(score)}, {"c", float(score - 1)}}});
    }
    return rankings;
}

std::vector<std::vector<std::string>> membersOf(const Duplicates &found)
{
    std::vector<std::vector<std::string>> groups;
    for (const DuplicateGroup &group : found.groups) {
        groups.emplace_back();
        for (const auto &member : group.members)
            groups.back().push_back(fs::path(member.name).filename().string());
    }
    return groups;
}

} // namespace

class TestDuplicates : public QObject {
    Q_OBJECT
    Sandbox m_sandbox;
    QTemporaryDir m_dir;
    fs::path photos() const { return m_dir.path().toStdString() + "/photos"; }

private Q_SLOTS:
    /// 24 scenes; the first as a smaller picture, the second as the same file, the third under two other qualities.
    void initTestCase()
    {
        fs::create_directories(photos() / "sub");
        for (int i = 0; i < 24; ++i)
            writeJpeg(photos() / ("scene" + std::to_string(10 + i) + ".jpg"), renderScene(3, i));
        cv::Mat small;
        cv::resize(renderScene(3, 0), small, {}, 0.5, 0.5, cv::INTER_AREA);
        writeJpeg(photos() / "sub" / "a-small.jpg", small);
        fs::copy_file(photos() / "scene11.jpg", photos() / "sub" / "b-same.jpg");
        writeBytes(photos() / "sub" / "c-60.jpg", encodeJpeg(renderScene(3, 2), 60));
        writeBytes(photos() / "sub" / "c-75.jpg", encodeJpeg(renderScene(3, 2), 75));
    }

    void chanceIsKeptInALargeCollection()
    {
        // The nearest twenty of two thousand unrelated scores each; a tenth of the images have a copy.
        Random random(5);
        constexpr std::size_t count = 2000;
        std::vector<ImageNeighbours> images(count);
        for (std::size_t i = 0; i < count; ++i) {
            std::vector<float> scores(count - 1);
            for (float &score : scores)
                score = float(0.1 - 0.05 * std::log(random.uniform(1e-12, 1)));
            std::ranges::partial_sort(scores, scores.begin() + 20, std::greater{});
            scores.resize(20);
            if (i % 10 == 0)
                scores.insert(scores.begin(), 1.5f);
            images[i].self = 2;
            for (std::size_t r = 0; r < 20; ++r)
                images[i].nearest.push_back({r, scores[r]});
        }
        const auto found = [&](double chance) {
            const std::vector<double> thresholds = chanceThresholds(images, chance);
            std::pair<int, int> unrelatedAndCopies{0, 0};
            for (std::size_t i = 0; i < count; ++i)
                for (const auto &[image, score] : images[i].nearest)
                    if (double(score) >= thresholds[i])
                        ++(score == 1.5f ? unrelatedAndCopies.second : unrelatedAndCopies.first);
            return unrelatedAndCopies;
        };
        QVERIFY2(found(1).first <= 6, qPrintable(QString::number(found(1).first)));
        QCOMPARE(found(1).second, 200);
        QVERIFY(found(300).first > 100 && found(300).first < 900);
        QVERIFY(chanceThresholds({}, 1).empty());
    }

    void largestValuesAreFitted()
    {
        Random random(9);
        std::vector<float> sample;
        for (int i = 0; i < 50'000; ++i)
            sample.push_back(gumbel(random, 2, 0.5));
        const LargestValues fitted = LargestValues::fromLowerHalf(sample);
        QVERIFY(std::abs(fitted.mode - 2) < 0.02 && std::abs(fitted.scale - 0.5) < 0.02);
        QVERIFY(std::abs(fitted.below(fitted.exceededBy(0.01)) - 0.99) < 1e-9);
        QVERIFY(LargestValues::fromLowerHalf({}).below(1) > 0.999);
    }

    void copiesFormGroupsAndOthersDoNot()
    {
        const fs::path folders[] = {photos()};
        const Duplicates found =
            findDuplicates(recipeNamed("likeness-small"), folders, nullptr, {}, TaskContext::none());
        QCOMPARE(found.images, std::int64_t(28));
        const std::vector<std::vector<std::string>> wanted{
            {"scene10.jpg", "a-small.jpg"}, {"scene11.jpg", "b-same.jpg"}, {"scene12.jpg", "c-60.jpg", "c-75.jpg"}};
        QCOMPARE(membersOf(found), wanted);
        QVERIFY(!found.groups[0].identical && found.groups[1].identical && !found.groups[2].identical);
    }

    void hashesAndOwnThresholdsWorkToo()
    {
        const fs::path folders[] = {photos()};
        DuplicateOptions options;
        options.threshold = 1; // no bit differs
        const Duplicates found = findDuplicates(recipeNamed("phash"), folders, nullptr, options, TaskContext::none());
        QVERIFY(found.groups.size() >= 2);
        for (const DuplicateGroup &group : found.groups)
            for (const auto &member : group.members)
                QCOMPARE(member.score, 1.f);
    }

    void vectorsOfAnyLengthGiveTheGroupsOfTheFolder()
    {
        const fs::path index = m_dir.path().toStdString() + "/whitened";
        Recipe recipe = recipeNamed("likeness-small");
        auto &branch = recipe.branches[0];
        branch.transforms.push_back({"pca", checkedValues(transformById("pca").params, {}, "pca")});
        const fs::path folders[] = {photos()};
        for (const char *whitening : {"pca", "none"})
            for (const bool normalised : {false, true}) {
                applyOverride(recipe, std::string("pca.whitening=") + whitening);
                recipe.rankers.clear();
                if (normalised)
                    recipe.rankers.push_back(
                        {{"score-normalisation", checkedValues(rankerById("score-normalisation").params, {}, "")}, {}});
                PersistentIndex::build(recipe, photos(), index, nullptr, TaskContext::none());
                const auto wanted = membersOf(findDuplicates(recipe, folders, nullptr, {}, TaskContext::none()));
                QCOMPARE(membersOf(findDuplicates(PersistentIndex(index), {}, TaskContext::none())), wanted);
                QVERIFY(!wanted.empty() && wanted[0].size() < 14); // not the whole collection
            }
    }

    void anIndexOnDiskGivesTheSameGroups()
    {
        const fs::path index = m_dir.path().toStdString() + "/index";
        Recipe recipe = recipeNamed("likeness-small");
        recipe.rankers.clear();
        PersistentIndex::build(recipe, photos(), index, nullptr, TaskContext::none());
        const fs::path folders[] = {photos()};
        const auto wanted = membersOf(findDuplicates(recipe, folders, nullptr, {}, TaskContext::none()));
        QCOMPARE(membersOf(findDuplicates(PersistentIndex(index), {}, TaskContext::none())), wanted);
        recipe.branches[0].index = {"ivf-pq", checkedValues(indexById("ivf-pq").params, {}, "ivf-pq")};
        PersistentIndex::build(recipe, photos(), index, nullptr, TaskContext::none());
        QCOMPARE(membersOf(findDuplicates(PersistentIndex(index), {}, TaskContext::none())), wanted);
        fs::remove_all(photos() / "sub" / "b-same.jpg"); // it went since
        QVERIFY(!findDuplicates(PersistentIndex(index), {}, TaskContext::none()).groups[1].identical);
        RecordingContext context;
        context.cancel();
        QVERIFY_THROWS_EXCEPTION(Cancelled, PersistentIndex(index).nearestOfEach(3, context));
    }

    void manyEqualImagesAreOneGroup()
    {
        const fs::path folder = m_dir.path().toStdString() + "/equal";
        fs::create_directories(folder);
        for (int i = 0; i < 60; ++i)
            writeJpeg(folder / (std::to_string(100 + i) + ".jpg"), renderScene(3, 5));
        const fs::path folders[] = {folder};
        DuplicateOptions options;
        options.threshold = 0.99;
        options.neighbours = 3;
        Recipe recipe = recipeNamed("likeness-small");
        recipe.rankers.clear();
        std::size_t grouped = 0;
        for (const DuplicateGroup &group :
             findDuplicates(recipe, folders, nullptr, options, TaskContext::none()).groups)
            grouped += group.members.size();
        QCOMPARE(grouped, std::size_t(60));
    }

    void probabilitiesAreThoseOfTheTruth()
    {
        GroundTruth truth, other;
        const auto rankings = logisticRankings(4000, truth, 1);
        const auto calibration = Calibration::fromTruth(rankings, truth);
        QVERIFY(calibration && calibration->isFromTruth());
        for (const double score : {-2.0, 0.0, 0.5, 1.0, 3.0})
            QVERIFY2(std::abs(calibration->probability(score) - 1 / (1 + std::exp(-(2 * score - 1)))) < 0.04,
                     qPrintable(QString::number(score)));
        // On other queries the expected precision holds.
        const auto unseen = logisticRankings(4000, other, 2);
        for (const double cut : {-1.0, 0.5, 2.0}) {
            int right = 0, all = 0;
            for (const NamedRanking &ranking : unseen)
                if (double(ranking.candidates[0].score) >= cut) {
                    ++all;
                    right += other.sourcesOf(ranking.query)->contains("a");
                }
            QVERIFY(std::abs(*calibration->precisionFrom(cut, unseen) - double(right) / all) < 0.03);
        }
        const double cut = *calibration->cutFor(0.95, rankings);
        QVERIFY(*calibration->precisionFrom(cut, rankings) >= 0.95);
        QVERIFY(*calibration->precisionFrom(cut - 0.2, rankings) < 0.95);
    }

    void withoutATruthTheBackgroundCounts()
    {
        Random random(3);
        std::vector<NamedRanking> rankings;
        for (int i = 0; i < 500; ++i)
            rankings.push_back({"q" + std::to_string(i), {{"a", 0.9f}, {"b", gumbel(random, 0.4, 0.05)}}});
        const auto calibration = Calibration::of(rankings, std::nullopt);
        QVERIFY(calibration && !calibration->isFromTruth());
        QVERIFY(calibration->probability(0.9) > 0.99);
        QVERIFY(calibration->probability(0.3) < 0.1);
        double before = 0;
        for (double score = 0; score < 1; score += 0.01) {
            QVERIFY(calibration->probability(score) >= before);
            before = calibration->probability(score);
        }
        QVERIFY(!Calibration::of({rankings.begin(), rankings.begin() + 5}, std::nullopt));
    }

    void answersThatAreAllRightOrEqualStayFinite()
    {
        GroundTruth truth;
        std::vector<NamedRanking> rankings;
        for (int i = 0; i < 30; ++i) {
            truth.sources["q" + std::to_string(i)] = {"a"};
            rankings.push_back({"q" + std::to_string(i), {{"a", 1.f}, {"b", 0.f}}});
        }
        const auto calibration = Calibration::fromTruth(rankings, truth);
        QVERIFY(calibration->probability(1) > 0.9 && calibration->probability(1) < 1);
        QVERIFY(!calibration->cutFor(0.9999, rankings));
    }
};

QTEST_GUILESS_MAIN(TestDuplicates)
#include "tst_duplicates.moc"
