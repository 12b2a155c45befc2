// An engine takes what did not change from the one before, and answers as one that was built from nothing.
#include "core/base/file.h"
#include "core/data/sample_workspace.h"
#include "core/data/workspace.h"
#include "core/search/engine.h"
#include "core/search/recipe_chain.h"
#include "core/search/recipe_store.h"
#include "tests/support/recording_context.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace likeness;
using likeness::test::RecordingContext;

namespace fs = std::filesystem;

namespace {

std::shared_ptr<const Engine> built(const Recipe &recipe, const ImageSet &gallery,
                                    const std::shared_ptr<const Engine> &previous = nullptr,
                                    TaskContext &task = TaskContext::none())
{
    return Engine::build(recipe, gallery, nullptr, task, previous);
}

Recipe with(Recipe recipe, const std::string &assignment)
{
    applyOverride(recipe, assignment);
    return recipe;
}

/// Two branches, a transform that learns, a fusion, and rankers with features of the branch and of their own.
Recipe everything()
{
    Recipe recipe;
    recipe.id = "everything";
    const auto choice = [](StageKind kind, const char *id) { return newStage(kind, id).choice; };
    recipe.branches.push_back({choice(StageKind::Extractor, "tiny-image"),
                               choice(StageKind::Index, "cosine"),
                               1,
                               {choice(StageKind::Transform, "pca"), choice(StageKind::Transform, "unit-length")}});
    recipe.branches.push_back({choice(StageKind::Extractor, "perceptual-hash"), choice(StageKind::Index, "hamming")});
    recipe.fusion = choice(StageKind::Fusion, "z-score");
    recipe.rankers = {{choice(StageKind::Ranker, "query-expansion"), {}},
                      {choice(StageKind::Ranker, "geometric"), choice(StageKind::Extractor, "keypoints")},
                      {choice(StageKind::Ranker, "score-normalisation"), {}}};
    for (const char *smaller : {"pca.dims=12", "keypoints.count=150", "geometric.candidates=5"})
        applyOverride(recipe, smaller);
    return recipe;
}

QStringList freshStages(const Engine &engine)
{
    QStringList fresh;
    for (const StageReport &stage : engine.stages())
        if (stage.fresh)
            fresh << QString::fromStdString(stage.stage);
    return fresh;
}

} // namespace

class TestEngine : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;
    Workspace m_workspace;

    void compareAnswers(const Engine &a, const Engine &b) const
    {
        for (const ImageRef &query : m_workspace.queries.images()) {
            const QueryResult one = a.searchFile(query.path, 10), other = b.searchFile(query.path, 10);
            QCOMPARE(one.scores, other.scores);
            QCOMPARE(one.ranking.size(), other.ranking.size());
            for (std::size_t i = 0; i < one.ranking.size(); ++i) {
                QCOMPARE(one.ranking[i].image, other.ranking[i].image);
                QCOMPARE(one.ranking[i].inliers, other.ranking[i].inliers);
            }
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        const fs::path root = m_dir.path().toStdString();
        writeSampleWorkspace(root, {24, 6, 2, 9}, TaskContext::none());
        m_workspace = Workspace::open(root);
    }

    void onlyWhatAParameterTouchesIsBuiltAnew_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QStringList>("fresh");
        const auto row = [](const char *change, const QStringList &fresh) { QTest::newRow(change) << change << fresh; };
        row("geometric.ratio=0.8", {"geometric"});
        row("score-normalisation.count=5", {"score-normalisation"});
        row("query-expansion.answers=2", {"query-expansion"});
        row("keypoints.count=120", {"keypoints", "geometric"});
        row("pca.dims=10", {"tiny-image", "pca", "unit-length", "cosine", "query-expansion"});
        row("perceptual-hash.bits=256", {"perceptual-hash", "hamming"});
    }

    void onlyWhatAParameterTouchesIsBuiltAnew()
    {
        QFETCH(QString, change);
        QFETCH(QStringList, fresh);
        const auto first = built(everything(), m_workspace.gallery);
        QCOMPARE(freshStages(*first).size(), qsizetype(first->stages().size()));
        const Recipe changed = with(everything(), change.toStdString());
        const auto second = built(changed, m_workspace.gallery, first);
        QCOMPARE(freshStages(*second), fresh);
        compareAnswers(*second, *built(changed, m_workspace.gallery));
        // And back again, from an engine that itself took from another one.
        compareAnswers(*built(everything(), m_workspace.gallery, second), *first);
    }

    void theSameRecipeBuildsNothing()
    {
        const auto first = built(everything(), m_workspace.gallery);
        RecordingContext context;
        const auto second = built(everything(), m_workspace.gallery, first, context);
        QCOMPARE(freshStages(*second), QStringList());
        QCOMPARE(context.done(), 0); // no image was looked at
        compareAnswers(*second, *first);
    }

    void anotherIndexTakesTheTransforms()
    {
        const auto first = built(everything(), m_workspace.gallery);
        Recipe changed = everything();
        changed.branches[0].index = newStage(StageKind::Index, "scalar-quantised").choice;
        const auto second = built(changed, m_workspace.gallery, first);
        QCOMPARE(freshStages(*second), QStringList{"scalar-quantised"}); // the ranker kept the column before it
        compareAnswers(*second, *built(changed, m_workspace.gallery));
    }

    void aStageThatIsRemovedLeavesTheOthers()
    {
        const auto first = built(everything(), m_workspace.gallery);
        Recipe changed = everything();
        changed.branches.pop_back();
        changed.fusion.reset();
        changed.rankers.erase(changed.rankers.begin() + 1);
        const auto second = built(changed, m_workspace.gallery, first);
        QCOMPARE(freshStages(*second), QStringList());
        compareAnswers(*second, *built(changed, m_workspace.gallery));
    }

    void aFileThatWasWrittenSinceIsReadAgain()
    {
        QTemporaryDir folder;
        const fs::path root = folder.path().toStdString();
        fs::copy(m_workspace.gallery[0].path, root / "a.jpg");
        fs::copy(m_workspace.gallery[1].path, root / "b.jpg");
        const ImageSet images = ImageSet::scan(root);
        const auto first = built(everything(), images);
        fs::remove(root / "b.jpg");
        fs::copy(m_workspace.gallery[2].path, root / "b.jpg");
        const auto second = built(everything(), images, first);
        for (const StageReport &stage : second->stages()) // the last one looks at scores only
            QCOMPARE(stage.fresh, stage.stage != "score-normalisation");
        compareAnswers(*second, *built(everything(), images));
    }

    void aBrokenImageIsAProblemEachTime()
    {
        QTemporaryDir folder;
        const fs::path root = folder.path().toStdString();
        fs::copy(m_workspace.gallery[0].path, root / "a.jpg");
        std::ofstream(root / "broken.jpg") << "no picture";
        const ImageSet images = ImageSet::scan(root);
        RecordingContext one, other;
        const auto first = built(everything(), images, nullptr, one);
        QCOMPARE(one.problems.size(), std::size_t(1));
        const auto second = built(with(everything(), "geometric.ratio=0.8"), images, first, other);
        QCOMPARE(other.problems.size(), std::size_t(1));
        QCOMPARE(other.problems[0].file, std::string("broken.jpg"));
        QCOMPARE(QString::fromStdString(other.problems[0].reason.english()),
                 QString::fromStdString(one.problems[0].reason.english()));
    }

    void anExtractorThatCannotUseAnImageLeavesItToTheOthers()
    {
        // A picture of one colour has no keypoints, which is no fault; one that cannot be decoded has nothing at all.
        const auto engine = built(everything(), m_workspace.gallery);
        QVERIFY(engine->indexBytes() > 0);
        QTemporaryDir folder;
        const fs::path root = folder.path().toStdString();
        fs::copy(m_workspace.gallery[0].path, root / "a.jpg");
        std::ofstream(root / "broken.jpg") << "no picture";
        const auto result = built(everything(), ImageSet::scan(root))->searchFile(root / "a.jpg", 5);
        QCOMPARE(result.ranking.size(), std::size_t(1));
        QCOMPARE(result.ranking[0].image, 0);
    }

    void aMemoOfTheQueryChangesNoAnswer()
    {
        std::shared_ptr<const Engine> engine = built(everything(), m_workspace.gallery);
        std::shared_ptr<const QueryMemo> memo;
        const QueryPart one{.image = m_workspace.queries[0].path}, other{.image = m_workspace.queries[1].path};
        for (const QueryPart &part : {one, other, other})
            QCOMPARE(engine->searchParts({&part, 1}, {}, 5, &memo).scores,
                     engine->searchParts({&part, 1}, {}, 5).scores);
        const auto before = memo;
        engine->searchParts({&other, 1}, {}, 5, &memo);
        QCOMPARE(memo, before); // was taken
        for (const char *change : {"geometric.ratio=0.8", "keypoints.count=120", "pca.dims=10"}) {
            engine = built(with(everything(), change), m_workspace.gallery, engine);
            QCOMPARE(engine->searchParts({&other, 1}, {}, 5, &memo).scores,
                     engine->searchParts({&other, 1}, {}, 5).scores);
            QCOMPARE(memo == before, change == std::string_view("geometric.ratio=0.8"));
        }
    }

    void aGeometricRankerStandsBehindAnyBranch()
    {
        nlohmann::json json = recipeNamed("hsv-histogram").toJson();
        json["rankers"] = {{{"id", "geometric"}, {"params", {{"candidates", 5}}}}};
        const Recipe recipe = Recipe::fromJson(json, "verified");
        QCOMPARE(recipe.rankers[0].extractor->id, std::string("keypoints")); // its own: a histogram has none
        const auto engine = built(recipe, m_workspace.gallery);
        const QueryResult itself = engine->searchFile(m_workspace.gallery[3].path, 5);
        QCOMPARE(itself.ranking.front().image, 3);
        QVERIFY(itself.ranking.front().inliers >= 25);
        // Those of a branch, if one has some, wherever it stands.
        json["branches"].push_back(nlohmann::json(recipeNamed("local-votes").toJson()["branches"][0]));
        json["fusion"] = {{"id", "z-score"}};
        const Recipe both = Recipe::fromJson(json, "verified");
        QVERIFY(!both.rankers[0].extractor);
        QCOMPARE(both.inputOf(0).branch, std::size_t(1));
        QVERIFY(built(both, m_workspace.gallery)->searchFile(m_workspace.gallery[3].path, 5).ranking[0].inliers >= 25);
    }

    void aCancelledBuildLeavesTheOldEngineWhole()
    {
        const auto first = built(everything(), m_workspace.gallery);
        RecordingContext context;
        context.cancel();
        QVERIFY_THROWS_EXCEPTION(Cancelled,
                                 built(with(everything(), "keypoints.count=120"), m_workspace.gallery, first, context));
        compareAnswers(*built(everything(), m_workspace.gallery, first), *first);
    }
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
