// What a training run is made of: split, batches, schedule, memory, history.
#include "core/train/batch_loader.h"
#include "core/train/initial_network.h"
#include "core/train/near_copies.h"
#include "tests/support/locale_of.h"
#include "tests/support/recording_context.h"
#include "tests/support/sandbox.h"
#include "tests/support/training_support.h"

#include <QTest>
#include <cmath>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <set>

using namespace likeness;

Q_DECLARE_METATYPE(double likeness::AugmentationOptions::*)
using namespace likeness::test;
namespace fs = std::filesystem;

class TestTrainingParts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void copiesNeverStraddleTheSplit();
    void differentObjectsOnOneBackgroundAreNoCopies();
    void nearCopiesDoNotChain();
    void flatPicturesOfOtherColoursAreNoCopies();
    void nearCopiesAreTold();
    void shareHeldOutIsOfImages();
    void hardNegativesShowOtherImages();
    void hardNegativesAreLookedForByAllThreads();
    void batchDependsOnItsNumberOnly();
    void partsOfABatchGiveTheMeanGradient();
    void memoryForgetsTheOldest();
    void aTrainingGivesItsMemoryBack();
    void stepWithoutNumberChangesNothing();
    void scheduleRisesStaysAndFalls();
    void renderedScenesChangeInTurns();
    void tracesLeadToThePlacesThatAViewShows_data();
    void tracesLeadToThePlacesThatAViewShows();
    void cellsShareWhatBothViewsShow();
    void aRunGoesOnInAnotherLocale();
    void historyReadsBackWithoutAHalfLine();

private:
    Sandbox m_sandbox;
    fs::path m_images;
};

void TestTrainingParts::initTestCase()
{
    m_images = writeScenes(m_sandbox.path() / "images", 48);
}

void TestTrainingParts::copiesNeverStraddleTheSplit()
{
    const fs::path folder = m_sandbox.path() / "copies";
    writeScenes(folder, 20);
    for (int i = 0; i < 20; ++i) { // the same in another file, lightly compressed, and mirrored
        const cv::Mat scene = renderProceduralScene(7, i, 64);
        cv::Mat mirrored, turned;
        cv::flip(scene, mirrored, 1);
        cv::rotate(mirrored, turned, cv::ROTATE_90_CLOCKWISE);
        writeJpeg(folder / ("again" + std::to_string(i) + ".jpg"), scene, 70);
        writeJpeg(folder / ("mirror" + std::to_string(i) + ".jpg"), mirrored);
        writeJpeg(folder / ("turned" + std::to_string(i) + ".jpg"), turned);
    }
    const auto files = imagesToTrainOn({folder.string()}, TaskContext::none());
    const LoadedImages loaded = loadTrainingImages(files, 64, TaskContext::none());
    const Split split = splitByGroup(loaded.groups, 0.3, 5);
    QCOMPARE(split.trained.size() + split.heldOut.size(), std::size_t(80));
    std::map<std::string, std::set<bool>> sides;
    const auto sceneOf = [&](int i) {
        const std::string &name = loaded.names[std::size_t(i)];
        return name.substr(name.find_first_of("0123456789"));
    };
    for (const int i : split.trained)
        sides[sceneOf(i)].insert(false);
    for (const int i : split.heldOut)
        sides[sceneOf(i)].insert(true);
    for (const auto &[scene, sidesOfScene] : sides)
        QVERIFY2(sidesOfScene.size() == 1, scene.c_str());
    QVERIFY(!split.heldOut.empty() && split.heldOut.size() <= 24);
    QCOMPARE(splitByGroup(loaded.groups, 0.3, 5).heldOut, split.heldOut);
    QVERIFY(splitByGroup(loaded.groups, 0.3, 6).heldOut != split.heldOut);
}

void TestTrainingParts::differentObjectsOnOneBackgroundAreNoCopies()
{
    // As products are photographed: one object on white, of another colour, size, form and texture each.
    const fs::path folder = m_sandbox.path() / "objects";
    Random random(3);
    for (int i = 0; i < 60; ++i) {
        cv::Mat picture(160, 160, CV_8UC3, cv::Scalar::all(255));
        const cv::Scalar colour(random.integer(0, 200), random.integer(0, 200), random.integer(0, 200));
        const int radius = random.integer(25, 60);
        if (i % 3 == 0)
            cv::circle(picture, {80, 80}, radius, colour, cv::FILLED);
        else
            cv::rectangle(picture, {80 - radius, 80 - radius / (i % 3)}, {80 + radius, 80 + radius / (i % 3)}, colour,
                          cv::FILLED);
        for (int line = 20; i % 2 == 0 && line < 160; line += random.integer(8, 20))
            cv::line(picture, {80 - radius / 2, line}, {80 + radius / 2, line}, cv::Scalar::all(255), 3);
        writeJpeg(folder / ("object" + std::to_string(i) + ".jpg"), picture);
    }
    const LoadedImages loaded =
        loadTrainingImages(imagesToTrainOn({folder.string()}, TaskContext::none()), 64, TaskContext::none());
    const std::set<int> groups(loaded.groups.begin(), loaded.groups.end());
    QVERIFY2(groups.size() >= 58, qPrintable(QString::number(groups.size())));
    QCOMPARE(splitByGroup(loaded.groups, 0.2, 1).heldOut.size(), std::size_t(12));
}

void TestTrainingParts::nearCopiesDoNotChain()
{
    std::vector<CopyTraits> pictures(4);
    for (CopyTraits &picture : pictures) {
        picture.hashes.fill(0xffff'0000'ffff'0000ULL); // of all other ways
        picture.colours = cv::Mat::zeros(6, 6, CV_32FC3);
    }
    for (auto [picture, hash] : {std::pair(0, 0x000ULL), {1, 0x03fULL}, {2, 0xfffULL}, {3, 0x03fULL}})
        pictures[std::size_t(picture)].hashes[0] = hash;
    QCOMPARE(groupsOfNearCopies(pictures, TaskContext::none()), (std::vector<int>{0, 0, 2, 0}));
    pictures[1].colours.at<cv::Vec3f>(0, 0) = {90, 0, 0}; // the hash alone is not enough
    QCOMPARE(groupsOfNearCopies(pictures, TaskContext::none()), (std::vector<int>{0, 1, 2, 0}));
}

void TestTrainingParts::flatPicturesOfOtherColoursAreNoCopies()
{
    std::vector<CopyTraits> pictures;
    for (const cv::Scalar &colour : {cv::Scalar(0, 0, 255), cv::Scalar(255, 0, 0), cv::Scalar(2, 1, 254)})
        pictures.push_back(copyTraits(cv::Mat(80, 80, CV_8UC3, colour)));
    RecordingContext task;
    QCOMPARE(groupsOfNearCopies(pictures, task), (std::vector<int>{0, 1, 0}));
    QCOMPARE(task.done(), std::int64_t(3));
    std::vector<CopyTraits> many(1500, pictures[0]); // more than are compared at a time
    many[1200] = pictures[1];
    std::vector<int> wanted(1500, 0);
    wanted[1200] = 1200;
    QCOMPARE(groupsOfNearCopies(many, TaskContext::none()), wanted);
}

void TestTrainingParts::nearCopiesAreTold()
{
    const fs::path folder = m_sandbox.path() / "told";
    writeScenes(folder, 16);
    for (int i = 0; i < 3; ++i)
        writeJpeg(folder / ("again" + std::to_string(i) + ".jpg"), renderProceduralScene(7, i, 64), 70);
    Watcher watcher;
    watcher.wishes = [](const auto &) { return RunCommand::Stop; };
    TrainingRun run = smallRun(folder, m_sandbox.path() / "told.run");
    startRun(run, TaskContext::none(), watcher);
    QVERIFY(std::ranges::any_of(watcher.warnings, [](const std::string &warning) {
        return warning.starts_with("3 of 19 images are near copies of others");
    }));
}

void TestTrainingParts::shareHeldOutIsOfImages()
{
    std::vector<int> groups(100);
    for (int i = 0; i < 100; ++i)
        groups[std::size_t(i)] = i < 60 ? 0 : i; // sixty pictures of one thing
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Split split = splitByGroup(groups, 0.2, seed);
        QCOMPARE(split.heldOut.size(), std::size_t(20));
        QVERIFY(split.heldOut.front() >= 60);
    }
}

void TestTrainingParts::hardNegativesShowOtherImages()
{
    TrainingSettings settings = smallRun(m_images, {}).recipe.settings();
    settings.objective.options = SimCseOptions{0.1, SimCseForm::Supervised, 0};
    settings.plan.batch = 24;
    const auto files = imagesToTrainOn({m_images.string()}, TaskContext::none());
    const LoadedImages loaded = loadTrainingImages(files, 32, TaskContext::none());
    std::vector<int> every(loaded.groups.size());
    std::iota(every.begin(), every.end(), 0);
    const auto fromFiles = trainingImages(loaded, every), rendered = renderedImages(3, 48, 48, 2);
    for (const TrainingImages *images : {fromFiles.get(), rendered.get()}) {
        TrainingBatch batch = batchOf(*images, settings, 1);
        QCOMPARE(batch.hardIds.size(), batch.ids.size());
        bool ofTheBatch = false;
        for (std::size_t i = 0; i < batch.ids.size(); ++i) {
            QVERIFY(batch.hardIds[i] != batch.ids[i]);
            ofTheBatch |= std::ranges::find(batch.ids, batch.hardIds[i]) != batch.ids.end();
        }
        QVERIFY(ofTheBatch); // so that some row would have a view of its own image as a negative
        const auto trainer =
            makeTrainer(buildNetwork(settings.network, 1), {.objective = settings.objective, .threads = 2});
        const double masked = trainer->evaluate(batch).loss;
        batch.hardIds.assign(batch.hardIds.size(), -1);
        QVERIFY(masked < trainer->evaluate(batch).loss);
    }
    // The similar one of a rendered scene is more alike than the next one is.
    double similar = 0, next = 0;
    for (int i = 0; i < 48; ++i) {
        const auto thumbnail = [&](int index) { return colourThumbnail(rendered->picture(index, 0)); };
        similar += cv::norm(thumbnail(i), thumbnail(rendered->similarTo(i, 0)));
        next += cv::norm(thumbnail(i), thumbnail((i + 1) % 48));
    }
    QVERIFY(similar < 0.8 * next);
}

namespace {

/// Whoever looks for a hard negative first waits until another thread does.
class Meeting final : public TrainingImages {
public:
    explicit Meeting(const TrainingImages &images) : m_images(images) {}
    int size() const override { return m_images.size(); }
    cv::Mat picture(int index, int epoch) const override { return m_images.picture(index, epoch); }
    int id(int index, int epoch) const override { return m_images.id(index, epoch); }
    int classOf(int index) const override { return m_images.classOf(index); }
    int similarTo(int index, int epoch) const override
    {
        {
            std::unique_lock lock(m_mutex);
            m_met.notify_all();
            if (++m_come == 1)
                met = m_met.wait_for(lock, std::chrono::seconds(20), [this] { return m_come > 1; });
        }
        return m_images.similarTo(index, epoch);
    }
    mutable bool met = false;

private:
    const TrainingImages &m_images;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_met;
    mutable int m_come = 0;
};

} // namespace

void TestTrainingParts::hardNegativesAreLookedForByAllThreads()
{
    const auto rendered = renderedImages(3, 40, 32, 2);
    TrainingSettings settings = smallRun(m_images, {}).recipe.settings();
    settings.objective.options = SimCseOptions{0.1, SimCseForm::Supervised, 0};
    const Meeting meeting(*rendered);
    BatchLoader one(*rendered, settings, 0, 1), several(meeting, settings, 0, 4);
    for (int step = 0; step < 7; ++step) {
        const TrainingBatch batch = one.next(), same = several.next();
        QCOMPARE(same.hardIds, batch.hardIds);
        QCOMPARE(same.pixels, batch.pixels);
    }
    QVERIFY(meeting.met);
}

void TestTrainingParts::batchDependsOnItsNumberOnly()
{
    const auto images = renderedImages(3, 40, 48, 2);
    const TrainingSettings settings = smallRun(m_images, {}).recipe.settings();
    BatchLoader one(*images, settings, 0, 1), several(*images, settings, 0, 4), later(*images, settings, 6, 3);
    std::set<std::string> different;
    for (int step = 0; step < 9; ++step) {
        const TrainingBatch batch = one.next();
        QCOMPARE(several.next().pixels, batch.pixels);
        if (step >= 6) {
            const TrainingBatch same = later.next();
            QCOMPARE(same.pixels, batch.pixels);
            QCOMPARE(same.ids, batch.ids);
            QCOMPARE(same.shift, batch.shift);
        }
        different.emplace(batch.pixels.begin(), batch.pixels.end());
    }
    QCOMPARE(different.size(), std::size_t(9));
}

void TestTrainingParts::partsOfABatchGiveTheMeanGradient()
{
    // Contrastive pairs do not cross parts where the shift is that of equal parts, so that only rounding differs.
    TrainingSettings settings = smallRun(m_images, {}, {"train.batch=4"}).recipe.settings();
    settings.objective.options = NtXentOptions{0.5};
    const auto images = renderedImages(3, 8, 48, 1);
    const TrainableNetwork network = buildNetwork(settings.network, 1);
    const TrainingBatch batch = batchOf(*images, settings, 0);
    TrainerOptions whole{.objective = settings.objective, .optimiser = {Optimiser::Sgd, 0, 0}}, parts = whole;
    parts.parts = 2;
    const auto a = makeTrainer(network, whole), b = makeTrainer(network, parts);
    const StepResult once = a->step(batch, 0.1), twice = b->step(batch, 0.1);
    QVERIFY(std::isfinite(twice.loss) && twice.loss < once.loss); // fewer negatives
    QVERIFY(a->weights() != b->weights());
    QVERIFY(b->weights().at("conv1.weight") != network.tensors.at("conv1.weight"));
}

void TestTrainingParts::memoryForgetsTheOldest()
{
    TrainingSettings settings = smallRun(m_images, {}, {"train.batch=4", "train.memory=16"}).recipe.settings();
    const auto images = renderedImages(3, 64, 48, 1);
    TrainerOptions options{.objective = settings.objective, .memory = 16};
    const auto trainer = makeTrainer(buildNetwork(settings.network, 1), options);
    for (int step = 0; step < 3; ++step) {
        const TrainingBatch batch = batchOf(*images, settings, step);
        trainer->step(batch, 1e-3);
        const auto ids = trainer->state().at("memory_images").values;
        // Two views of four images a step: the third step has taken the place of the first.
        const std::size_t from = std::size_t(step * 8 % 16);
        for (std::size_t i = 0; i < 8; ++i)
            QCOMPARE(int(ids[from + i]), batch.ids[i % 4]);
        QCOMPARE(std::ranges::count(ids, -1.0f), step == 0 ? 8 : 0);
    }
}

void TestTrainingParts::aTrainingGivesItsMemoryBack()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("a sanitizer keeps memory of its own");
#endif
    const auto megabytes = [] {
        std::ifstream status("/proc/self/statm");
        long pages = 0;
        status >> pages >> pages;
        return pages / 256;
    };
    const TrainingSettings settings =
        smallRun(m_images, {}, {"train.batch=96", "network.side=96", "network.width=2"}).recipe.settings();
    const auto images = renderedImages(3, 96, 96, 1);
    const TrainingBatch batch = batchOf(*images, settings, 0);
    long before = 0, during = 0;
    {
        const auto trainer =
            makeTrainer(buildNetwork(settings.network, 1), {.objective = settings.objective, .threads = 1});
        before = megabytes();
        trainer->step(batch, 1e-3);
        during = megabytes();
    }
    const long after = megabytes();
    qInfo("%ld MB before, %ld during, %ld after", before, during, after);
    QVERIFY(during - before > 1200); // more than any thread keeps
    QVERIFY(after - before < (during - before) / 2);
}

void TestTrainingParts::stepWithoutNumberChangesNothing()
{
    const TrainingSettings settings = smallRun(m_images, {}, {"train.batch=4"}).recipe.settings();
    const auto images = renderedImages(3, 64, 48, 1);
    TrainableNetwork network = buildNetwork(settings.network, 1);
    network.tensors.at("embedding.weight").values[0] = std::numeric_limits<float>::infinity();
    const auto trainer = makeTrainer(network, {.objective = settings.objective, .memory = 8});
    const TensorMap before = trainer->state();
    QVERIFY(std::isnan(trainer->step(batchOf(*images, settings, 0), 1e-3).loss));
    QCOMPARE(trainer->state(), before);
}

void TestTrainingParts::scheduleRisesStaysAndFalls()
{
    TrainingPlan plan;
    plan.rate = 1;
    plan.warmUp = 0.1;
    plan.coolDown = 0.5;
    QVERIFY(rateAt(plan, 0, 100) > 0 && rateAt(plan, 0, 100) < 0.2);
    QCOMPARE(rateAt(plan, 10, 100), 1.0);
    QVERIFY(std::abs(rateAt(plan, 55, 100) - 0.5) < 1e-12 && rateAt(plan, 99, 100) < 0.001);
    plan.schedule = Schedule::CoolDown;
    QCOMPARE(rateAt(plan, 49, 100), 1.0);
    QCOMPARE(rateAt(plan, 75, 100), 0.5);
    plan.schedule = Schedule::Constant;
    QCOMPARE(rateAt(plan, 99, 100), 1.0);
    AugmentationOptions augmentation;
    augmentation.grow = 0.5;
    QVERIFY(std::abs(strengthAt(augmentation, 0, 100) - 1.0 / 3) < 1e-12);
    QCOMPARE(strengthAt(augmentation, 50, 100), 1.0);
}

void TestTrainingParts::tracesLeadToThePlacesThatAViewShows_data()
{
    QTest::addColumn<double AugmentationOptions::*>("strength");
    QTest::newRow("crop") << &AugmentationOptions::crop;
    QTest::newRow("rotate") << &AugmentationOptions::rotate;
    QTest::newRow("quarter turn") << &AugmentationOptions::quarterTurn;
    QTest::newRow("flip") << &AugmentationOptions::flip;
    QTest::newRow("perspective") << &AugmentationOptions::perspective;
    QTest::newRow("pad") << &AugmentationOptions::pad;
    QTest::newRow("paste") << &AugmentationOptions::paste;
}

void TestTrainingParts::tracesLeadToThePlacesThatAViewShows()
{
    QFETCH(double AugmentationOptions::*, strength);
    AugmentationOptions options = augmentationPresets().back().options; // none
    options.*strength = 1;
    if (strength != &AugmentationOptions::crop) // together with another, so that their order counts
        options.flip = options.quarterTurn = 1;
    // Each pixel says where it lies: blue from the left, green from above; red tells the other picture.
    cv::Mat image(150, 200, CV_8UC3);
    for (int y = 0; y < image.rows; ++y)
        for (int x = 0; x < image.cols; ++x)
            image.at<cv::Vec3b>(y, x) = cv::Vec3b(static_cast<uchar>(cvRound((x + 0.5) / image.cols * 255)),
                                                  static_cast<uchar>(cvRound((y + 0.5) / image.rows * 255)), 0);
    const cv::Mat other(80, 80, CV_8UC3, cv::Scalar(40, 90, 255));
    Random random(3);
    int seen = 0, looked = 0;
    for (int pass = 0; pass < 60; ++pass) {
        const View view = augmented(
            image, [&] { return other; }, options, 1, 64, random);
        for (int y = 3; y < 64; y += 6)
            for (int x = 3; x < 64; x += 6) {
                const cv::Point2d place((x + 0.5) / 64, (y + 0.5) / 64);
                const cv::Vec3d at = view.trace.toImage * cv::Vec3d(place.x, place.y, 1);
                const cv::Vec3b pixel = view.pixels.at<cv::Vec3b>(y, x);
                const double across = at[0] / at[2], down = at[1] / at[2];
                ++looked;
                if (!view.trace.seen.contains(place)) // the other picture, or the bar of a screenshot
                    QVERIFY(pixel[2] > 100 || strength == &AugmentationOptions::pad);
                const cv::Rect2d within = cv::Rect2d(view.trace.seen.tl() + cv::Point2d(0.03, 0.03),
                                                     view.trace.seen.br() - cv::Point2d(0.03, 0.03));
                if (within.contains(place) && cv::Rect2d(0.04, 0.04, 0.92, 0.92).contains({across, down})) {
                    ++seen;
                    QVERIFY2(std::abs(pixel[0] / 255.0 - across) < 0.03 && std::abs(pixel[1] / 255.0 - down) < 0.03,
                             qPrintable(QString::asprintf("pass %d, %d %d: shows %.3f %.3f, trace says %.3f %.3f", pass,
                                                          x, y, pixel[0] / 255.0, pixel[1] / 255.0, across, down)));
                }
            }
    }
    QVERIFY2(seen > looked / 3, qPrintable(QString::number(seen)));
}

void TestTrainingParts::cellsShareWhatBothViewsShow()
{
    const auto equal = [](const cv::Mat &shares, std::initializer_list<float> expected) {
        return cv::norm(shares, cv::Mat(std::vector<float>(expected)).reshape(1, shares.rows), cv::NORM_INF) < 1e-6;
    };
    const ViewTrace whole;
    QVERIFY(equal(cellOverlaps(whole, whole, 2), {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}));
    ViewTrace mirrored;
    mirrored.toImage = cv::Matx33d(-1, 0, 1, 0, 1, 0, 0, 0, 1);
    QVERIFY(equal(cellOverlaps(whole, mirrored, 2), {0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0}));
    ViewTrace corner; // the upper left quarter fills the view
    corner.toImage = cv::Matx33d::diag({0.5, 0.5, 1});
    QVERIFY(equal(cellOverlaps(whole, corner, 2), {0.25F, 0.25F, 0.25F, 0.25F, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
    QVERIFY(equal(cellOverlaps(corner, whole, 2), {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0}));
    ViewTrace pasted; // into the lower right quarter of another picture
    pasted.placeAt({0.5, 0.5, 0.5, 0.5});
    QVERIFY(equal(cellOverlaps(pasted, whole, 2), {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.25F, 0.25F, 0.25F, 0.25F}));
    QVERIFY(equal(cellOverlaps(pasted, corner, 1), {1.0F / 16}));
}

void TestTrainingParts::renderedScenesChangeInTurns()
{
    const auto images = renderedImages(1, 8, 32, 4);
    for (int epoch = 0; epoch < 9; ++epoch) {
        int changed = 0;
        for (int i = 0; i < 8; ++i)
            changed += images->id(i, epoch) != images->id(i, epoch + 1);
        QCOMPARE(changed, 2);
    }
    const cv::Mat first = images->picture(0, 0).clone();
    QVERIFY(cv::norm(first, images->picture(0, 4)) > 0);
    QCOMPARE(cv::norm(first, images->picture(0, 0)), 0.0);
}

void TestTrainingParts::aRunGoesOnInAnotherLocale()
{
    const CheckpointFolder folder(m_sandbox.path() / "checkpoint");
    const fs::path history = m_sandbox.path() / "run.csv";
    HistoryPoint point;
    point.step = 7;
    point.epoch = 0.25;
    point.loss = 1.0 / 3;
    std::string inC, inGerman;
    const auto write = [&] {
        folder.write({7, 12.5, 0.625, 1.0 / 3, 2.0 / 3, {{"weight", {{2}, {0.5F, 1}}}}});
        HistoryWriter(history, 0).add(point);
        return readText(history);
    };
    {
        const LocaleOf c("C");
        inC = write();
    }
    {
        const LocaleOf german("de_DE.UTF-8");
        QVERIFY(german.there());
        QCOMPARE(folder.read(7).best, 0.625);
        QCOMPARE(readHistory(history).front().epoch, 0.25);
        inGerman = write();
    }
    QCOMPARE(inGerman, inC);
    const LocaleOf c("C");
    QCOMPARE(folder.read(7).best, 0.625);
    QVERIFY(std::abs(readHistory(history).front().loss - 1.0 / 3) < 1e-8);
    writeText(history, inC + "8,0,5,1,2,0,5,,,,,,,,,,\n"); // what earlier releases wrote: a row of other cells
    QCOMPARE(readHistory(history).size(), std::size_t(1));
}

void TestTrainingParts::historyReadsBackWithoutAHalfLine()
{
    const fs::path path = m_sandbox.path() / "history.csv";
    {
        HistoryWriter writer(path, 0);
        HistoryPoint point;
        for (int i = 1; i <= 3; ++i) {
            point.step = i;
            point.loss = 1.0 / 3 + i;
            QVERIFY(writer.add(point));
        }
    }
    std::ofstream(path, std::ios::app) << "4,1,2,3.5";
    const auto points = readHistory(path);
    QCOMPARE(points.size(), std::size_t(3));
    QVERIFY(std::abs(points[1].loss - (2 + 1.0 / 3)) < 1e-8 && std::isnan(points[1].uap));
    HistoryWriter(path, 2);
    QCOMPARE(readHistory(path).size(), std::size_t(2));
    writeText(path, "a,b,c\n1,2,3\n");
    QVERIFY(complaintOf([&] { readHistory(path); }).find("history") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestTrainingParts)
#include "tst_training_parts.moc"
