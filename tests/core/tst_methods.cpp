// Conformance: runs unasked over every registered stage and every shipped recipe.
#include "core/base/file.h"
#include "core/base/parallel.h"
#include "core/data/attacks.h"
#include "core/data/scene.h"
#include "core/nets/models/model_store.h"
#include "core/search/engine.h"
#include "core/train/objective_stages.h"
#include "tests/support/generated_recipes.h"
#include "tests/support/locale_of.h"
#include "tests/support/pictures.h"
#include "tests/support/recording_context.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <set>

using namespace likeness;

namespace {

/// A gallery of eight scenes with what real folders hold beside them.
struct Gallery {
    QTemporaryDir dir;
    std::filesystem::path root = dir.path().toStdString();
    ImageSet images;

    Gallery()
    {
        for (int i = 0; i < 8; ++i)
            test::writeJpeg(root / ("scene" + std::to_string(i) + ".jpg"), renderScene(3, i), 92);
        images = ImageSet::scan(root);
    }
    /// The first ones, where no more is to be shown and time counts.
    ImageSet four() const { return ImageSet::of({images.images().begin(), images.images().begin() + 4}); }
};

template <class Each> void forEachPair(Each each)
{
    for (const auto &extractor : extractors())
        for (const auto &index : indexes()) {
            const auto made = extractor.create(checkedValues(extractor.params, {}, extractor.id));
            if (index.create(checkedValues(index.params, {}, index.id))->accepts(made->type()))
                each(extractor.id, index.id);
        }
}

/// The shipped ones, every extractor with every index that takes it, and one for each other stage.
std::vector<Recipe> allRecipes()
{
    std::vector<Recipe> recipes;
    for (Recipe recipe : shippedRecipes()) {
        if (recipe.id == "network") // asks for a model
            applyOverride(recipe, "network.model=resnet");
        recipes.push_back(std::move(recipe));
    }
    forEachPair([&](const std::string &extractor, const std::string &index) {
        recipes.push_back(test::recipeOf(extractor, index));
    });
    std::ranges::move(test::recipesOfEveryStage(), std::back_inserter(recipes));
    return recipes;
}

void addRecipeRows()
{
    QTest::addColumn<Recipe>("recipe");
    for (const Recipe &recipe : allRecipes())
        QTest::addRow("%s", recipe.id.c_str()) << recipe;
}

/// Diffusion ranks by how well the whole graph reaches an image: a neighbour that all point to may pass the copy.
bool putsCopiesFirst(const Recipe &recipe)
{
    return std::ranges::none_of(recipe.rankers, [](const auto &choice) { return choice.ranker.id == "diffusion"; });
}

void addExtractorRows()
{
    QTest::addColumn<QString>("id");
    for (const auto &extractor : extractors())
        QTest::addRow("%s", extractor.id.c_str()) << QString::fromStdString(extractor.id);
}

std::unique_ptr<Extractor> defaultExtractor(const QString &id)
{
    const auto &stage = extractorById(id.toStdString());
    return stage.create(checkedValues(stage.params, {}, stage.id));
}

bool equalRows(const Features &a, const Features &b)
{
    return a.rows.size() == b.rows.size() && a.rows.type() == b.rows.type() &&
           (a.rows.empty() || cv::norm(a.rows, b.rows, cv::NORM_INF) == 0) && a.imageSize == b.imageSize &&
           a.keypoints.size() == b.keypoints.size() &&
           (a.keypoints.empty() || cv::norm(a.keypoints, b.keypoints, cv::NORM_INF) == 0);
}

Image decodedFor(const Extractor &extractor, const cv::Mat &picture)
{
    return decodeImage(encodeJpeg(picture, 92), "test", extractor.decodeSpec());
}

} // namespace

Q_DECLARE_METATYPE(likeness::Recipe)

class TestMethods : public QObject {
    Q_OBJECT
    Gallery m_gallery;
    QTemporaryDir m_models;

    static std::vector<const StageInfo *> allStages()
    {
        std::vector<const StageInfo *> all;
        for (const auto &s : extractors())
            all.push_back(&s);
        for (const auto &s : indexes())
            all.push_back(&s);
        for (const auto &s : fusions())
            all.push_back(&s);
        for (const auto &s : transforms())
            all.push_back(&s);
        for (const auto &s : rankers())
            all.push_back(&s);
        for (const auto &s : objectives())
            all.push_back(&s);
        return all;
    }

private Q_SLOTS:
    void initTestCase()
    {
        ::setenv("LIKENESS_MODEL_DIR", m_models.path().toStdString().c_str(), 1);
        ModelStore::user().import(SOURCE_DIR "/tests/support/models/resnet.pth", {}, {}, TaskContext::none());
    }

    void everyStageDescribesItself()
    {
        static const QRegularExpression idForm("^[a-z][a-z0-9-]*$"), keyForm("^[a-z][a-z0-9_]*$");
        std::set<std::string> ids;
        for (const StageInfo *info : allStages()) {
            QVERIFY2(idForm.match(QString::fromStdString(info->id)).hasMatch(), info->id.c_str());
            QVERIFY2(ids.insert(info->id).second, info->id.c_str());
            QVERIFY(std::strlen(info->title) > 2 && std::strlen(info->summary) > 20 && info->version >= 1);
            std::set<std::string> keys;
            for (const ParamSpec &spec : info->params) {
                QVERIFY2(keyForm.match(QString::fromStdString(spec.key)).hasMatch(), spec.key.c_str());
                QVERIFY(keys.insert(spec.key).second);
                QVERIFY(std::strlen(spec.label) > 0 && std::strlen(spec.help) > 5);
                parseValue(spec, toText(spec.def)); // the default is allowed
            }
        }
    }

    void everyStageIsRunByARecipe()
    {
        std::set<std::string> run;
        std::vector<Recipe> recipes = test::recipesOfEveryStage();
        forEachPair([&](const std::string &extractor, const std::string &index) {
            recipes.push_back(test::recipeOf(extractor, index));
        });
        for (Recipe &recipe : recipes)
            for (const StageAddress &stage : stagesOf(recipe))
                run.insert(stage.info->id);
        for (const StageInfo *info : allStages())
            if (std::ranges::none_of(objectives(), [&](const auto &o) { return o.id == info->id; })) // tst_training's
                QVERIFY2(run.contains(info->id), info->id.c_str());
    }

    void shippedRecipesRoundTripAndExplainThemselves()
    {
        std::set<std::string> ids;
        for (const Recipe &recipe : shippedRecipes()) {
            QVERIFY(ids.insert(recipe.id).second);
            QCOMPARE(Recipe::fromJson(nlohmann::json::parse(recipe.toJson().dump()), "copy"), recipe);
            for (const char *language : {"en", "zh"})
                QVERIFY2(recipe.title.byLanguage.contains(language) && recipe.summary.in(language).size() > 10,
                         recipe.id.c_str());
            QVERIFY(recipe.title.in("en") != recipe.title.in("zh") || recipe.id == "pdq");
        }
    }

    void exactCopyRanksFirst_data() { addRecipeRows(); }
    void exactCopyRanksFirst()
    {
        QFETCH(Recipe, recipe);
        const auto engine = Engine::build(recipe, m_gallery.images, nullptr, TaskContext::none());
        for (ImageId id = 0; id < m_gallery.images.size(); ++id) {
            const QueryResult result = engine->searchFile(m_gallery.images[id].path, 3);
            QVERIFY(!result.ranking.empty());
            if (putsCopiesFirst(recipe))
                QCOMPARE(result.ranking[0].image, id);
            QVERIFY(std::isfinite(result.ranking[0].score) && std::isfinite(result.ranking[0].margin));
            QVERIFY(std::ranges::is_sorted(result.ranking, std::greater{}, &Hit::score));
        }
        QVERIFY(engine->indexBytes() > 0);
    }

    void threadsAndLocaleDoNotChangeTheRanking_data() { addRecipeRows(); }
    void threadsAndLocaleDoNotChangeTheRanking()
    {
        QFETCH(Recipe, recipe);
        const ImageSet few = m_gallery.four(); // one for each thread
        std::vector<std::vector<float>> scores;
        for (const auto &[threads, locale] : {std::pair(1, "C"), {4, "de_DE.UTF-8"}}) {
            const test::LocaleOf numbers(locale);
            QVERIFY(numbers.there());
            setThreadCount(threads);
            const auto engine = Engine::build(recipe, few, nullptr, TaskContext::none());
            std::vector<float> all;
            for (const QueryResult &result : engine->searchAll(few, 8, TaskContext::none()))
                for (const Hit &hit : result.ranking) {
                    all.push_back(float(hit.image));
                    all.push_back(hit.score);
                }
            scores.push_back(std::move(all));
        }
        setThreadCount(0);
        QCOMPARE(scores[0], scores[1]);
    }

    void extractionIsDeterministic_data() { addExtractorRows(); }
    void extractionIsDeterministic()
    {
        QFETCH(QString, id);
        for (const Role role : {Role::Gallery, Role::Query}) {
            const Image image = decodedFor(*defaultExtractor(id), renderScene(3, 1));
            const cv::Mat before = image.pixels.clone();
            QVERIFY(equalRows(defaultExtractor(id)->extract(image, role), defaultExtractor(id)->extract(image, role)));
            QVERIFY(cv::norm(before, image.pixels, cv::NORM_INF) == 0); // other extractors share it
        }
    }

    void awkwardPicturesGiveAResult_data() { addExtractorRows(); }
    void awkwardPicturesGiveAResult()
    {
        QFETCH(QString, id);
        const auto extractor = defaultExtractor(id);
        int width = 0;
        for (const cv::Size size :
             {cv::Size(1, 1), cv::Size(2, 1), cv::Size(3, 700), cv::Size(8000, 2), cv::Size(7, 7)})
            for (const bool plain : {false, true}) {
                cv::Mat picture = test::testPicture(0, size.width, size.height);
                if (plain)
                    picture.setTo(cv::Scalar(120, 10, 10));
                for (const Role role : {Role::Gallery, Role::Query}) {
                    const Features features = extractor->extract(decodedFor(*extractor, picture), role);
                    if (features.rows.empty())
                        continue;
                    QVERIFY(width == 0 || features.rows.cols == width); // one width for every picture
                    width = features.rows.cols;
                    QVERIFY(features.rows.type() == CV_8U || cv::checkRange(features.rows)); // no NaN, no infinity
                }
            }
    }

    void cacheRoundTripIsBitEqual_data() { addRecipeRows(); }
    void cacheRoundTripIsBitEqual()
    {
        QFETCH(Recipe, recipe);
        const QTemporaryDir dir;
        const auto cache = std::make_shared<FeatureCache>(dir.path().toStdString(), 1'000'000'000);
        const RecipeExtractor extractor(recipe, cache);
        const auto fresh = extractor.extractAll(m_gallery.images, Role::Query, TaskContext::none());
        const auto cached = extractor.extractAll(m_gallery.images, Role::Query, TaskContext::none());
        for (std::size_t i = 0; i < fresh.size(); ++i)
            for (std::size_t slot = 0; slot < fresh[i].size(); ++slot)
                QVERIFY(equalRows(fresh[i][slot], cached[i][slot]));
    }

    void imagesTogetherGiveWhatEachGivesAlone_data() { addRecipeRows(); }
    void imagesTogetherGiveWhatEachGivesAlone()
    {
        QFETCH(Recipe, recipe);
        const RecipeExtractor extractor(recipe, nullptr);
        const auto together = extractor.extractAll(m_gallery.images, Role::Gallery, TaskContext::none());
        for (ImageId i = 0; i < m_gallery.images.size(); ++i) {
            const auto alone = extractor.extractFile(m_gallery.images[i].path, Role::Gallery);
            for (std::size_t slot = 0; slot < alone.size(); ++slot) {
                const cv::Mat &a = alone[slot].rows, &b = together[std::size_t(i)][slot].rows;
                QCOMPARE(a.size(), b.size());
                QVERIFY(a.empty() || cv::norm(a, b, cv::NORM_INF) <= 1e-3); // half precision may round either way
            }
        }
    }

    void cancelStopsWithinOneBatch_data() { addRecipeRows(); }
    void cancelStopsWithinOneBatch()
    {
        QFETCH(Recipe, recipe);
        setThreadCount(1);
        test::RecordingContext context(2);
        QVERIFY_THROWS_EXCEPTION(Cancelled, Engine::build(recipe, m_gallery.images, nullptr, context));
        int batch = 1;
        for (const Branch &branch : recipe.branches)
            batch = std::max(batch, extractorById(branch.extractor.id).create(branch.extractor.params)->batchSize());
        QVERIFY(context.done() >= 2 && context.done() < 2 + batch);
        setThreadCount(0);
    }

    void badFilesAreListedAndTheRestIsRanked_data() { addRecipeRows(); }
    void badFilesAreListedAndTheRestIsRanked()
    {
        QFETCH(Recipe, recipe);
        const QTemporaryDir dir;
        const std::filesystem::path root = dir.path().toStdString();
        for (int i = 0; i < 4; ++i)
            test::writeJpeg(root / ("scene" + std::to_string(i) + ".jpg"), renderScene(3, i), 92);
        test::writeText(root / "empty.jpg", "");
        test::writeText(root / "text.png", "no image");
        test::writeJpeg(root / "uniform.jpg", cv::Mat(60, 80, CV_8UC3, cv::Scalar(10, 200, 30)));
        test::writeJpeg(root / "pixel.jpg", cv::Mat(1, 1, CV_8UC3, cv::Scalar(10, 200, 30)));
        test::RecordingContext context;
        const ImageSet images = ImageSet::scan(root);
        const auto engine = Engine::build(recipe, images, nullptr, context);
        QCOMPARE(context.problems.size(), std::size_t(2));
        const auto results = engine->searchAll(images, 10, context);
        QCOMPARE(context.problems.size(), std::size_t(4));
        for (ImageId id = 0; id < images.size(); ++id) {
            const QueryResult &result = results[std::size_t(id)];
            QCOMPARE(result.query, images[id].name);
            for (const Hit &hit : result.ranking)
                QVERIFY(std::isfinite(hit.score) && std::isfinite(hit.margin));
            if (images[id].name.starts_with("scene") && putsCopiesFirst(recipe))
                QCOMPARE(result.ranking[0].image, id);
        }
    }

    void queryAloneScoresAsAmongOthers_data() { addRecipeRows(); }
    void queryAloneScoresAsAmongOthers()
    {
        QFETCH(Recipe, recipe);
        const ImageSet few = m_gallery.four();
        const auto engine = Engine::build(recipe, few, nullptr, TaskContext::none());
        const auto together = engine->searchAll(few, 8, TaskContext::none());
        const QueryResult alone = engine->searchFile(few[3].path, 8);
        QCOMPARE(alone.ranking.size(), together[3].ranking.size());
        for (std::size_t i = 0; i < alone.ranking.size(); ++i)
            QVERIFY(alone.ranking[i].image == together[3].ranking[i].image &&
                    alone.ranking[i].score == together[3].ranking[i].score);
    }

    void rankingFromDiskIsThatFromMemory_data()
    {
        QTest::addColumn<Recipe>("recipe");
        for (const Recipe &recipe : allRecipes())
            QTest::addRow("%s", recipe.id.c_str()) << recipe;
    }

    void rankingFromDiskIsThatFromMemory()
    {
        QFETCH(Recipe, recipe);
        const QTemporaryDir dir;
        const std::filesystem::path folder = dir.filePath("index").toStdString(),
                                    images = dir.filePath("images").toStdString();
        std::filesystem::copy(m_gallery.root, images, std::filesystem::copy_options::recursive);
        const ImageSet gallery = ImageSet::scan(images);
        const auto cache = std::make_shared<FeatureCache>(dir.filePath("cache").toStdString(), 1'000'000'000);
        const auto expected = Engine::build(recipe, gallery, cache, TaskContext::none());
        Engine::buildAt(folder, recipe, images, cache, TaskContext::none());
        const auto onDisk = Engine::open(folder, cache);
        for (const ImageId id : {0, 3, 7})
            checkAlike(onDisk->searchFile(gallery[id].path, 8).ranking,
                       expected->searchFile(gallery[id].path, 8).ranking);
        // What is on disk is as good as an engine in memory for the next one, too.
        const auto again = Engine::build(recipe, gallery, cache, TaskContext::none(), onDisk);
        for (const StageReport &stage : again->stages())
            QVERIFY2(!stage.fresh, stage.stage.c_str());
        // An update leaves what was learned, and finds what came.
        const std::filesystem::path came = images / "zz-came.jpg";
        std::filesystem::copy_file(gallery[3].path, came);
        std::filesystem::remove(gallery[3].path);
        const GalleryChanges changes = Engine::update(folder, cache, TaskContext::none());
        QCOMPARE(changes.added, 1);
        QCOMPARE(changes.removed, 1);
        const auto updated = Engine::open(folder, cache);
        const Ranking found = updated->searchFile(came, 1).ranking;
        QVERIFY(!found.empty());
        if (putsCopiesFirst(recipe))
            QCOMPARE(updated->gallery()[found[0].image].path, came);
    }

private:
    static void checkAlike(const Ranking &answers, const Ranking &expected)
    {
        QCOMPARE(answers.size(), expected.size());
        for (std::size_t i = 0; i < answers.size(); ++i) {
            QCOMPARE(answers[i].image, expected[i].image);
            QCOMPARE(answers[i].score, expected[i].score);
            QCOMPARE(answers[i].inliers, expected[i].inliers);
        }
    }
};

QTEST_GUILESS_MAIN(TestMethods)
#include "tst_methods.moc"
