// Recipes that people make: chains of stages, their order, the files they are kept in.
#include "core/base/file.h"
#include "core/search/recipe_chain.h"
#include "core/search/recipe_store.h"
#include "tests/support/recording_context.h"
#include "tests/support/sandbox.h"

#include <QTest>
#include <nlohmann/json.hpp>
#include <ostream>

using namespace likeness;
using namespace likeness::test;

namespace {

std::vector<std::string> idsOf(const Chain &chain)
{
    std::vector<std::string> ids;
    for (const ChainStage &stage : chain)
        ids.push_back(stage.choice.id);
    return ids;
}

using Ids = std::vector<std::string>;

std::string refusalOf(const Chain &chain)
{
    try {
        recipeOf(chain, {});
    } catch (const Error &error) {
        return error.what();
    }
    return {};
}

Recipe named(const std::string &id)
{
    Recipe recipe = recipeNamed("task6-whiten");
    recipe.id = id;
    return recipe;
}

} // namespace

class TestRecipes : public QObject {
    Q_OBJECT
    Sandbox m_sandbox;

private Q_SLOTS:
    void everyShippedRecipeIsTheSameAfterBeingAChain()
    {
        for (const Recipe &recipe : shippedRecipes())
            QCOMPARE(recipeOf(chainOf(recipe), recipe).toJson().dump(), recipe.toJson().dump());
    }

    void movedTransformsChangeTheOrderOfTheRecipe()
    {
        Chain chain = chainOf(recipeNamed("task6-whiten"));
        QCOMPARE(idsOf(chain), (Ids{"network", "pca", "unit-length", "cosine", "score-normalisation"}));
        moveStage(chain, 1, 2);
        const Recipe moved = recipeOf(chain, {});
        QCOMPARE(moved.branches[0].transforms[0].id, std::string("unit-length"));
        QCOMPARE(moved.branches[0].transforms[1].id, std::string("pca"));
        moveStage(chain, 2, 1);
        QCOMPARE(chain, chainOf(recipeNamed("task6-whiten")));
    }

    void aStageThatCannotStandSomewhereIsNamed()
    {
        Chain chain = chainOf(recipeNamed("task6-whiten"));
        moveStage(chain, 1, 4); // PCA behind the ranker
        QVERIFY(refusalOf(chain).find("\"pca\" cannot stand here") != std::string::npos);
        chain = chainOf(recipeNamed("task6-whiten"));
        moveStage(chain, 0, 1); // the extractor behind PCA
        QVERIFY(refusalOf(chain).find("\"pca\" cannot stand here") != std::string::npos);
        chain = chainOf(recipeNamed("task6-whiten"));
        chain.erase(chain.begin() + 3);
        QVERIFY(refusalOf(chain).find("has no index") != std::string::npos);
        QVERIFY(refusalOf({}).find("needs") != std::string::npos || refusalOf({}).find("need") != std::string::npos);
    }

    void aTransformThatCannotUseItsInputIsNamed()
    {
        Chain chain = chainOf(recipeNamed("phash"));
        addTransform(chain, "pca", 0);
        QVERIFY(refusalOf(chain).find("\"pca\" cannot use the features of \"perceptual-hash\"") != std::string::npos);
    }

    void addedTransformsComeInFrontOfTheIndexOfTheirBranch()
    {
        Chain chain = chainOf(recipeNamed("likeness-small"));
        QCOMPARE(addTransform(chain, "centre", 0), std::size_t(1));
        QCOMPARE(addTransform(chain, "pca", 3), std::size_t(2)); // from among the rankers
        QCOMPARE(idsOf(chain), (Ids{"network", "centre", "pca", "cosine", "score-normalisation"}));
    }

    void aSecondBranchBringsAFusionAndTheLastButOneTakesItAway()
    {
        Chain chain = chainOf(recipeNamed("likeness-small"));
        addBranch(chain, "perceptual-hash");
        QVERIFY(refusalOf(chain).empty());
        QCOMPARE(idsOf(chain),
                 (Ids{"network", "cosine", "perceptual-hash", "hamming", "z-score", "score-normalisation"}));
        addBranch(chain, "histogram");
        QVERIFY(refusalOf(chain).empty());
        QCOMPARE(std::ranges::count(chain, StageKind::Fusion, &ChainStage::kind), 1);
        removeStage(chain, 0);
        QCOMPARE(std::ranges::count(chain, StageKind::Fusion, &ChainStage::kind), 1);
        removeStage(chain, 0);
        QVERIFY(refusalOf(chain).empty());
        QCOMPARE(std::ranges::count(chain, StageKind::Fusion, &ChainStage::kind), 0);
    }

    void everyRankerCanBeAddedToVectors()
    {
        for (const auto &ranker : rankers()) {
            Chain chain = chainOf(recipeNamed("likeness-small"));
            addRanker(chain, ranker.id);
            QVERIFY2(refusalOf(chain).empty(), refusalOf(chain).c_str());
        }
    }

    void savedRecipesAreFoundByNameAndComeBackEqual()
    {
        const Recipe recipe = named("my recipe 一");
        saveUserRecipe(recipe);
        QCOMPARE(userRecipes().size(), std::size_t(1));
        QVERIFY(recipeNamed("my recipe 一") == recipe);
        QVERIFY(allRecipes().back() == recipe);
        removeUserRecipe(recipe.id);
        QVERIFY(userRecipes().empty());
        QVERIFY_THROWS_EXCEPTION(Error, recipeNamed("my recipe 一"));
        const Recipe bytes = named("f\xf6"); // what is no UTF-8 comes back too
        saveUserRecipe(bytes);
        QVERIFY(recipeNamed("f\xf6") == bytes);
        removeUserRecipe(bytes.id);
    }

    void namesThatAreNoFilesOrShippedAreRefused()
    {
        for (const char *name : {"", "a/b", "..", ".hidden", "task6-whiten", "x.json", " x", "a\\b", "a\nb"})
            QVERIFY_THROWS_EXCEPTION(Error, saveUserRecipe(named(name)));
        QVERIFY_THROWS_EXCEPTION(Error, saveUserRecipe(named(std::string(101, 'a'))));
        QVERIFY(userRecipes().empty());
    }

    void aDamagedFileIsAProblemAndTheOthersAreThere()
    {
        saveUserRecipe(named("good"));
        const auto write = [](const char *name, const std::string &text) {
            writeFileAside(userRecipeFolder() / name, [&](std::ostream &out) { out << text; });
        };
        write("broken.json", "{\"id\": \"broken\", ");
        write("other.json", named("good").toJson().dump()); // not named by its id
        RecordingContext context;
        QCOMPARE(userRecipes(context).size(), std::size_t(1));
        QCOMPARE(context.problems.size(), std::size_t(2));
        for (const Problem &problem : context.problems)
            QVERIFY(problem.reason.english().find(".json") != std::string::npos);
        removeUserRecipe("good");
    }
};

QTEST_GUILESS_MAIN(TestRecipes)
#include "tst_recipes.moc"
