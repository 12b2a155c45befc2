#include "core/base/random.h"
#include "core/data/image.h"
#include "core/data/scene.h"
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
        std::vector<Engine::Neighbours> images(count);
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
                images[i].nearest.push_back({int(r), scores[r]});
        }
        const auto found = [&](double chance) {
            const std::vector<double> thresholds = chanceThresholds(images, chance);
            std::pair<int, int> unrelatedAndCopies{0, 0};
            for (std::size_t i = 0; i < count; ++i)
                for (const Hit &hit : images[i].nearest)
                    if (double(hit.score) >= thresholds[i])
                        ++(hit.score == 1.5f ? unrelatedAndCopies.second : unrelatedAndCopies.first);
            return unrelatedAndCopies;
        };
        QVERIFY2(found(1).first <= 6, qPrintable(QString::number(found(1).first)));
        QCOMPARE(found(1).second, 200);
        QVERIFY(found(300).first > 100 && found(300).first < 900);
        QVERIFY(chanceThresholds({}, 1).empty());
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
        applyOverride(recipe, "pca.dims=8"); // with as many as images, whitening leaves all equally far from each other
        const fs::path folders[] = {photos()};
        for (const char *whitening : {"pca", "none"})
            for (const bool normalised : {false, true}) {
                applyOverride(recipe, std::string("pca.whitening=") + whitening);
                recipe.rankers.clear();
                if (normalised)
                    recipe.rankers.push_back(
                        {{"score-normalisation", checkedValues(rankerById("score-normalisation").params, {}, "")}, {}});
                Engine::buildAt(index, recipe, photos(), nullptr, TaskContext::none());
                const auto wanted = membersOf(findDuplicates(recipe, folders, nullptr, {}, TaskContext::none()));
                QCOMPARE(membersOf(findDuplicates(*Engine::open(index, nullptr), {}, TaskContext::none())), wanted);
                const std::size_t most = wanted.empty() ? 0 : wanted[0].size();
                QVERIFY2(most > 0 && most < 14, // not the whole collection
                         qPrintable(QStringLiteral("%1 %2: %3").arg(whitening).arg(normalised).arg(most)));
            }
    }

    void aFusionHoldsInAnIndexToo()
    {
        const fs::path index = m_dir.path().toStdString() + "/fused";
        Recipe recipe = recipeNamed("likeness-small");
        recipe.rankers.clear();
        recipe.fusion = {"z-score", {}};
        DuplicateOptions options;
        options.threshold = 2.5; // deviations
        const fs::path folders[] = {photos()};
        const Duplicates wanted = findDuplicates(recipe, folders, nullptr, options, TaskContext::none());
        QVERIFY(!wanted.groups.empty());
        for (const char *id : {"cosine", "scalar-quantised"}) {
            recipe.branches[0].index = {id, checkedValues(indexById(id).params, {}, id)};
            Engine::buildAt(index, recipe, photos(), nullptr, TaskContext::none());
            const Duplicates found = findDuplicates(*Engine::open(index, nullptr), options, TaskContext::none());
            QCOMPARE(membersOf(found), membersOf(wanted));
            for (std::size_t g = 0; g < found.groups.size(); ++g)
                for (std::size_t i = 0; i < found.groups[g].members.size(); ++i)
                    QVERIFY(std::abs(found.groups[g].members[i].score - wanted.groups[g].members[i].score) < 0.05f);
        }
    }

    void everyCopyIsInItsGroupWhateverEndsASearch()
    {
        // Four equal pictures: a verification that ends at the first clear answer would link them two by two.
        const fs::path folder = m_dir.path().toStdString() + "/four",
                       index = m_dir.path().toStdString() + "/four.index";
        fs::create_directories(folder);
        for (int i = 0; i < 4; ++i)
            writeJpeg(folder / ("same" + std::to_string(i) + ".jpg"), renderScene(6, 4));
        for (int i = 0; i < 10; ++i)
            writeJpeg(folder / ("other" + std::to_string(i) + ".jpg"), renderScene(6, 20 + i));
        const fs::path folders[] = {folder};
        for (const char *id : {"large", "local-best"}) {
            const Recipe recipe = recipeNamed(id);
            const auto inMemory = findDuplicates(recipe, folders, nullptr, {}, TaskContext::none());
            Engine::buildAt(index, recipe, folder, nullptr, TaskContext::none());
            const auto onDisk = findDuplicates(*Engine::open(index, nullptr), {}, TaskContext::none());
            for (const Duplicates &found : {inMemory, onDisk}) {
                QCOMPARE(found.groups.size(), std::size_t(1));
                QCOMPARE(found.groups[0].members.size(), std::size_t(4));
                QVERIFY(found.groups[0].identical);
            }
        }
    }

    void anIndexOnDiskGivesTheSameGroups()
    {
        const fs::path index = m_dir.path().toStdString() + "/index";
        Recipe recipe = recipeNamed("likeness-small");
        recipe.rankers.clear();
        Engine::buildAt(index, recipe, photos(), nullptr, TaskContext::none());
        const fs::path folders[] = {photos()};
        const auto wanted = membersOf(findDuplicates(recipe, folders, nullptr, {}, TaskContext::none()));
        QCOMPARE(membersOf(findDuplicates(*Engine::open(index, nullptr), {}, TaskContext::none())), wanted);
        recipe.branches[0].index = {"ivf-pq", checkedValues(indexById("ivf-pq").params, {}, "ivf-pq")};
        Engine::buildAt(index, recipe, photos(), nullptr, TaskContext::none());
        QCOMPARE(membersOf(findDuplicates(*Engine::open(index, nullptr), {}, TaskContext::none())), wanted);
        fs::remove_all(photos() / "sub" / "b-same.jpg"); // it went since
        QVERIFY(!findDuplicates(*Engine::open(index, nullptr), {}, TaskContext::none()).groups[1].identical);
        RecordingContext context;
        context.cancel();
        QVERIFY_THROWS_EXCEPTION(Cancelled, Engine::open(index, nullptr)->neighbours(3, context));
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
};

QTEST_GUILESS_MAIN(TestDuplicates)
#include "tst_duplicates.moc"
