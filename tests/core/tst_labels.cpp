// Zero-shot labels and the comparison of models, on a small random CLIP.
#include "core/base/parallel.h"
#include "core/data/sample_workspace.h"
#include "core/data/workspace.h"
#include "core/eval/families.h"
#include "core/eval/model_comparison.h"
#include "core/nets/models/model_store.h"
#include "core/nets/text/tokenizer.h"
#include "core/search/engine.h"
#include "core/search/labelling.h"
#include "core/search/recipe_store.h"
#include "tests/support/recording_context.h"
#include "tests/support/sandbox.h"

#include <QTest>
#include <cmath>
#include <fstream>
#include <opencv2/core.hpp>
#include <sstream>

using namespace likeness;

namespace {

const std::filesystem::path g_support = SOURCE_DIR "/tests/support";

} // namespace

class TestLabels : public QObject {
    Q_OBJECT
    const test::Sandbox m_sandbox;
    Workspace m_workspace;

private Q_SLOTS:
    void initTestCase()
    {
        const auto folder = m_sandbox.path() / "workspace";
        writeSampleWorkspace(folder, {10, 4, 2, 2}, TaskContext::none());
        std::ofstream(folder / "dataset/broken.jpg") << "no picture";
        m_workspace = Workspace::open(folder);
        const ModelStore store = ModelStore::user();
        const ModelCard card = store.import(g_support / "models/hf_clip_gelu", {}, {}, TaskContext::none());
        QVERIFY_THROWS_EXCEPTION(Error, store.addVocabulary(card.id, {g_support / "models"}));
        QVERIFY_THROWS_EXCEPTION(Error, store.addVocabulary(card.id, {g_support / "tokens/bert/vocab.txt", g_support}));
        store.addVocabulary(card.id, {g_support / "tokens/vocab.json", g_support / "tokens/merges.txt"});
        store.import(g_support / "models/resnet.pth", {}, {}, TaskContext::none());
        QVERIFY_THROWS_EXCEPTION(Error, store.addVocabulary("resnet", {g_support / "tokens"}));
    }

    void probabilitiesAreTheSoftmaxOfTheCosines()
    {
        const LabelOptions options{"hf_clip_gelu", {"a red bus", "dog", "house"}, "a photo of a %1"};
        test::RecordingContext task;
        const Labelling labelling = labelImages(m_workspace.gallery, options, nullptr, task);
        QCOMPARE(labelling.model, std::string("hf_clip_gelu"));
        QCOMPARE(labelling.probabilities.rows, m_workspace.gallery.size());
        // The same by hand, for one image.
        const auto model = ModelStore::user().load("hf_clip_gelu");
        const auto tokenizer = readTokenizer(ModelStore::user().folder() / "hf_clip_gelu");
        std::vector<std::vector<int>> sentences;
        for (const std::string &word : options.words)
            sentences.push_back(tokenizer->encoded("a photo of a " + word, model->contextLength));
        const cv::Mat texts = model->text->runText(sentences);
        const ImageId image = 3;
        const Preprocessing &how = model->card.preprocessing;
        const cv::Mat seen =
            model->image->run(preprocessed(loadImage(m_workspace.gallery[image].path).pixels, how), how.cropPx, false)
                .vectors;
        double sum = 0, wanted[3];
        for (int i = 0; i < 3; ++i)
            sum += wanted[i] =
                std::exp(model->logitScale * seen.dot(texts.row(i)) / cv::norm(seen) / cv::norm(texts.row(i)));
        for (int i = 0; i < 3; ++i)
            QVERIFY2(std::abs(labelling.probabilities.at<float>(image, i) - wanted[i] / sum) < 2e-3,
                     qPrintable(QString::number(wanted[i] / sum)));
    }

    void aBadImageIsAProblemAndHasNoLabel()
    {
        test::RecordingContext task;
        const Labelling labelling = labelImages(m_workspace.gallery, {"hf_clip_gelu", {"cat", "dog"}}, nullptr, task);
        QCOMPARE(task.problems.size(), std::size_t(1));
        int labelled = 0, without = 0;
        for (ImageId i = 0; i < m_workspace.gallery.size(); ++i) {
            const double sum = cv::sum(labelling.probabilities.row(i))[0];
            if (m_workspace.gallery[i].name == "broken.jpg") {
                QCOMPARE(labelling.best(i), -1);
                ++without;
            } else {
                QVERIFY(std::abs(sum - 1) < 1e-5);
                ++labelled;
            }
        }
        QCOMPARE(without, 1);
        const auto shares = labelling.shares();
        QCOMPARE(shares[0].images + shares[1].images, labelled);
        std::ostringstream csv;
        writeLabels(labelling, m_workspace.gallery, csv);
        QVERIFY(csv.str().starts_with("image,label,cat,dog\n"));
        QVERIFY(csv.str().find("broken.jpg,,,\n") != std::string::npos);
    }

    void whatCannotBeLabelledIsSaid()
    {
        const auto label = [&](const LabelOptions &options) {
            labelImages(m_workspace.gallery, options, nullptr, TaskContext::none());
        };
        QVERIFY_THROWS_EXCEPTION(Error, label({"hf_clip_gelu", {"cat"}}));
        QVERIFY_THROWS_EXCEPTION(Error, label({"resnet", {"cat", "dog"}}));
        QVERIFY_THROWS_EXCEPTION(Error, label({"nothing", {"cat", "dog"}}));
        test::RecordingContext task(0);
        QVERIFY_THROWS_EXCEPTION(Cancelled,
                                 labelImages(m_workspace.gallery, {"hf_clip_gelu", {"cat", "dog"}}, nullptr, task));
    }

    void noModelIsTakenSilently()
    {
        try {
            labelImages(m_workspace.gallery, {"", {"cat", "dog"}}, nullptr, TaskContext::none());
            QFAIL("a model was taken");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::InvalidArgument);
            const std::string said = error.message().english();
            QVERIFY2(said.ends_with(": hf_clip_gelu"), said.c_str()); // the others know no texts
        }
    }

    void wordsAreReadFromLinesAndCommas()
    {
        QCOMPARE(wordsIn(" cat, dog\r\n\n  red bus ;cat"), (std::vector<std::string>{"cat", "dog", "red bus"}));
        QCOMPARE(wordsIn("猫，狗、红色的公交车；"), (std::vector<std::string>{"猫", "狗", "红色的公交车"}));
        QVERIFY(wordsIn(" ,, \n").empty());
    }

    void modelsAreMeasuredHere()
    {
        for (const ModelCard &card : ModelStore::user().list()) {
            const ModelFigures figures = measureModel(card, &m_workspace, nullptr, TaskContext::none());
            QVERIFY(figures.imagesPerSecond > 0);
            QVERIFY(figures.evaluation && figures.evaluation->metrics.queries == m_workspace.queries.size());
            QCOMPARE(std::string(modelFamily(card.family).id), std::string(card.shipped ? "sscd"
                                                                           : card.text  ? "clip"
                                                                                        : "residual"));
            QVERIFY(!measureModel(card, nullptr, nullptr, TaskContext::none()).evaluation);
        }
    }

    void featuresDoNotDependOnTheNumberOfThreads()
    {
        for (const char *model : {"hf_clip_gelu", "resnet"}) {
            Recipe recipe = recipeNamed("network");
            applyOverride(recipe, std::string("network.model=") + model);
            const RecipeExtractor extractor(recipe, nullptr);
            std::vector<std::vector<BranchFeatures>> found;
            for (const int threads : {1, 64}) { // batches of four, and each image alone
                setThreadCount(threads);
                found.push_back(extractor.extractAll(m_workspace.gallery, Role::Gallery, TaskContext::none()));
            }
            setThreadCount(0);
            for (std::size_t i = 0; i < found[0].size(); ++i)
                if (!found[0][i][0].rows.empty())
                    QCOMPARE(cv::norm(found[0][i][0].rows, found[1][i][0].rows, cv::NORM_INF), 0.0);
        }
    }

    void aDeviceThatIsMissingIsOneMessageNotOneForEachImage()
    {
        setNetworkDevice(NetworkDevice::Cuda);
        test::RecordingContext task;
        bool thrown = false;
        try {
            labelImages(m_workspace.gallery, {"hf_clip_gelu", {"cat", "dog"}}, nullptr, task);
        } catch (const Error &error) {
            thrown = error.kind() == ErrorKind::Unavailable;
        }
        setNetworkDevice(NetworkDevice::Cpu);
        QVERIFY(thrown ? task.problems.empty() : task.problems.size() == 1); // broken.jpg, where there is CUDA
        Recipe recipe = recipeNamed("network");
        applyOverride(recipe, "network.model=resnet");
        setNetworkDevice(NetworkDevice::Cuda);
        try {
            RecipeExtractor(recipe, nullptr).extractAll(m_workspace.gallery, Role::Gallery, task);
            QVERIFY(!thrown);
        } catch (const Error &error) {
            QVERIFY(thrown && error.kind() == ErrorKind::Unavailable && task.problems.size() <= 1);
        }
        setNetworkDevice(NetworkDevice::Cpu);
    }

    void halfStorageGivesTheSameFromTheCache()
    {
        Recipe recipe = recipeNamed("network");
        applyOverride(recipe, "network.model=hf_clip_gelu");
        applyOverride(recipe, "network.half_storage=true");
        const auto cache = std::make_shared<FeatureCache>(m_sandbox.path() / "cache", FeatureCache::defaultLimitBytes);
        const RecipeExtractor cold(recipe, cache), none(recipe, nullptr);
        const auto &path = m_workspace.gallery[1].path;
        const cv::Mat first = cold.extractFile(path, Role::Gallery)[0].rows;
        cache->flush();
        const cv::Mat again = RecipeExtractor(recipe, cache).extractFile(path, Role::Gallery)[0].rows,
                      uncached = none.extractFile(path, Role::Gallery)[0].rows;
        QCOMPARE(again.type(), CV_32F);
        QCOMPARE(cv::norm(first, again, cv::NORM_INF), 0.0);
        QCOMPARE(cv::norm(first, uncached, cv::NORM_INF), 0.0);
        cv::Mat half, back;
        first.convertTo(half, CV_16F);
        half.convertTo(back, CV_32F);
        QCOMPARE(cv::norm(first, back, cv::NORM_INF), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestLabels)
#include "tst_labels.moc"
