// Training runs on small pictures: what is written, how they go on, what bad input gets.
#include "core/base/folder_lock.h"
#include "core/nets/models/model_store.h"
#include "core/nets/network_extractor.h"
#include "core/train/checkpoint.h"
#include "core/train/held_out.h"
#include "core/train/initial_network.h"
#include "core/train/objective_stages.h"
#include "tests/support/full_disk.h"
#include "tests/support/recording_context.h"
#include "tests/support/sandbox.h"
#include "tests/support/training_support.h"

#include <QTest>
#include <cmath>
#include <numeric>
#include <opencv2/core.hpp>

using namespace likeness;
using namespace likeness::test;
namespace fs = std::filesystem;

class TestTraining : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void runWritesAModelThatSearches();
    void stoppedRunGoesOnWithTheSameNumbers();
    void cancelledRunKeepsItsState();
    void everyObjectiveLearns_data();
    void everyObjectiveLearns();
    void eightImagesAreLearntByHeart();
    void collapseIsToldWithItsNumber();
    void lossWithoutNumberStopsAndKeepsTheWeights();
    void damagedCheckpointIsNamedAndTheOneBeforeOffered();
    void refusedResumeChangesNothing();
    void olderStepKeepsWhatIsNewer();
    void oneFolderIsTrainedByOneProcess();
    void runOfOtherColumnsGoesOn();
    void fullDiskKeepsTheOldCheckpointAndTheRun();
    void badInputGetsAClearError();
    void unreadableImagesAreListedAndTheRunGoesOn();
    void installedModelIsTrainedOnWithFrozenParts();

private:
    Sandbox m_sandbox;
    fs::path m_images;
};

void TestTraining::initTestCase()
{
    m_images = writeScenes(m_sandbox.path() / "images", 48);
}

void TestTraining::runWritesAModelThatSearches()
{
    const TrainingRun run = smallRun(m_images, m_sandbox.path() / "run");
    Watcher watcher;
    const TrainingOutcome outcome = startRun(run, TaskContext::none(), watcher);
    QVERIFY(outcome.finished);
    QCOMPARE(watcher.facts.trained + watcher.facts.heldOut, 48);
    QCOMPARE(std::int64_t(watcher.points.size()), watcher.facts.steps);
    QCOMPARE(watcher.facts.parameters > 100'000, true);
    QCOMPARE(readHistory(run.folder / "history.csv").size(), watcher.points.size());
    QVERIFY(outcome.best.step > 0 && std::isfinite(outcome.best.uap) && std::isfinite(outcome.best.uniformity));
    const TrainingRun read = TrainingRun::read(run.folder);
    QCOMPARE(read.state, TrainingRun::State::Finished);
    QCOMPARE(read.recipe.assignments(), run.recipe.assignments());
    QCOMPARE(int(read.facts.heldOutNames.size()), watcher.facts.heldOut);

    QVERIFY(fs::exists(run.folder / "model.json"));
    const std::string id = useInSearch(read, TaskContext::none());
    const ModelCard card = ModelStore::user().card(id);
    QCOMPARE(card.dimension, 32);
    QCOMPARE(card.preprocessing.cropPx, 32);
    NetworkOptions options;
    options.model = id;
    const auto extractor = makeNetworkExtractor(options);
    const cv::Mat vector = extractor->extract(loadImage(m_images / "scene0.jpg"), Role::Query).rows;
    QVERIFY(std::abs(cv::norm(vector) - 1) < 1e-5);
    ModelStore::user().remove(id);
    QVERIFY(complaintOf([&] { startRun(run, TaskContext::none(), watcher); }).find("already") != std::string::npos);
}

void TestTraining::stoppedRunGoesOnWithTheSameNumbers()
{
    const std::vector<const char *> all{"train.memory=32", "train.average=0.9",   "train.entropy=1",
                                        "train.overlap=5", "network.dropout=0.1", "train.seed=9"};
    Watcher whole, first, second;
    startRun(smallRun(m_images, m_sandbox.path() / "whole", all), TaskContext::none(), whole);
    const TrainingRun run = smallRun(m_images, m_sandbox.path() / "broken", all);
    first.wishes = [](const auto &points) { return points.size() < 5 ? RunCommand::GoOn : RunCommand::Stop; };
    const TrainingOutcome stopped = startRun(run, TaskContext::none(), first);
    QVERIFY(!stopped.finished && !stopped.failure);
    QCOMPARE(TrainingRun::read(run.folder).state, TrainingRun::State::Stopped);
    // As if killed behind its last checkpoint: lines of later steps are there, one of them half written.
    std::ofstream(run.folder / "history.csv", std::ios::app) << "6,0.9,1.0,99,,,,,,,,,,,,\n7,1.1";
    resumeRun(TrainingRun::read(run.folder), std::nullopt, TaskContext::none(), second);
    std::vector<double> losses = lossesOf(first);
    const std::vector<double> rest = lossesOf(second);
    losses.insert(losses.end(), rest.begin(), rest.end());
    QCOMPARE(losses, lossesOf(whole)); // to the last bit
    const auto history = readHistory(run.folder / "history.csv");
    QCOMPARE(history.size(), whole.points.size());
    QCOMPARE(readTensors(readWeightFile(run.folder / "model.safetensors")),
             readTensors(readWeightFile(m_sandbox.path() / "whole/model.safetensors")));
    QVERIFY(checkpointsOf(run).size() <= 2);
}

void TestTraining::cancelledRunKeepsItsState()
{
    const TrainingRun run =
        smallRun(m_images, m_sandbox.path() / "cancelled", {"train.held_out=0", "train.checkpoint=1000"});
    RecordingContext context;
    Watcher watcher;
    watcher.wishes = [&](const auto &points) {
        if (points.size() == 3)
            context.cancel();
        return RunCommand::GoOn;
    };
    bool cancelled = false;
    try {
        startRun(run, context, watcher);
    } catch (const Cancelled &) {
        cancelled = true;
    }
    QVERIFY(cancelled);
    QVERIFY(!checkpointsOf(run).empty());
    QVERIFY(checkpointsOf(run).front() >= 3);
    QCOMPARE(TrainingRun::read(run.folder).state, TrainingRun::State::Stopped); // not as if it had been killed
}

void TestTraining::everyObjectiveLearns_data()
{
    QTest::addColumn<QString>("objective");
    for (const auto &stage : objectives())
        QTest::newRow(stage.id.c_str()) << QString::fromStdString(stage.id);
}

void TestTraining::everyObjectiveLearns()
{
    QFETCH(QString, objective);
    fs::path images = m_images;
    if (objective == "supcon") {
        images = m_sandbox.path() / "classes";
        for (const char *name : {"a", "b", "c"})
            writeScenes(images / name, 10, 10 * (name[0] - 'a'));
    }
    TrainingRun run = smallRun(images, m_sandbox.path() / objective.toStdString());
    run.recipe.chooseObjective(objective.toStdString());
    run.recipe.choosePreset("mild");
    // How fast a hinge of distances falls differs from processor to processor.
    run.recipe.set(objective == "triplet" ? "train.epochs=40" : "train.epochs=20");
    run.recipe.set("train.schedule=constant");
    if (objective == "simcse")
        run.recipe.set("network.dropout=0.2");
    Watcher watcher;
    QVERIFY(startRun(run, TaskContext::none(), watcher).finished);
    const std::vector<double> losses = lossesOf(watcher);
    const auto mean = [](auto begin, auto end) { return std::accumulate(begin, end, 0.0) / double(end - begin); };
    const double first = mean(losses.begin(), losses.begin() + 10), last = mean(losses.end() - 10, losses.end());
    // Three classes of eight images a batch: a network that knows them is still far from zero.
    QVERIFY2(last < (objective == "supcon" ? 0.98 : 0.9) * first, qPrintable(QString("%1 -> %2").arg(first).arg(last)));
    const bool pairs = objective == "siamese" || objective == "contrastive";
    QCOMPARE(!watcher.distances.negativeDistances.empty(), pairs);
    QCOMPARE(std::isfinite(watcher.points.back().validationAccuracy), objective == "siamese");
}

void TestTraining::eightImagesAreLearntByHeart()
{
    TrainingRun run = smallRun(writeScenes(m_sandbox.path() / "eight", 8), m_sandbox.path() / "by-heart",
                               {"train.held_out=0", "train.epochs=200", "augment.grow=0"});
    run.recipe.choosePreset("mild");
    Watcher watcher;
    startRun(run, TaskContext::none(), watcher);
    // Fresh views of the eight, among the eight.
    const auto files = imagesToTrainOn(run.sources, TaskContext::none());
    const LoadedImages loaded = loadTrainingImages(files, 32, TaskContext::none());
    const auto images = trainingImages(loaded, {0, 1, 2, 3, 4, 5, 6, 7});
    const TrainingSettings settings = run.recipe.settings();
    TrainableNetwork network = buildNetwork(settings.network, 1);
    network.tensors = readTensors(readWeightFile(run.folder / "model.safetensors"));
    const auto shareRight = [&](const TrainableNetwork &of) {
        const auto trainer = makeTrainer(of, {.objective = settings.objective});
        constexpr int rounds = 25;
        double right = 0;
        for (int round = 0; round < rounds; ++round) {
            const TrainingBatch batch = batchOf(*images, settings, 100'000 + round);
            const cv::Mat vectors = trainer->embed(batch.pixels, 16, 32);
            right += copyScores(vectors.rowRange(0, 8), vectors.rowRange(8, 16)).recall1 / rounds;
        }
        return right;
    };
    const double before = shareRight(buildNetwork(settings.network, 1)), after = shareRight(network);
    qInfo("%.3f right before, %.3f after", before, after);
    QVERIFY(after >= 0.93 && 1 - after < (1 - before) / 3);
}

void TestTraining::collapseIsToldWithItsNumber()
{
    // A head of two entries cannot tell images apart at this temperature.
    TrainingRun run = smallRun(m_images, m_sandbox.path() / "collapse",
                               {"network.dimension=2", "train.rate=1e-7", "train.epochs=12", "train.held_out=0"});
    run.recipe.set("objective.temperature=5");
    Watcher watcher;
    startRun(run, TaskContext::none(), watcher);
    QVERIFY(std::ranges::any_of(watcher.warnings, [](const std::string &warning) {
        return warning.find("2.708") != std::string::npos; // ln 15
    }));
}

void TestTraining::lossWithoutNumberStopsAndKeepsTheWeights()
{
    // The head of pairs has no norm that would hold it.
    TrainingRun run = smallRun(
        m_images, m_sandbox.path() / "nan",
        {"train.optimiser=sgd", "train.rate=100", "train.momentum=0.99", "train.warm_up=0", "train.epochs=40"});
    run.recipe.chooseObjective("siamese");
    Watcher watcher;
    const TrainingOutcome outcome = startRun(run, TaskContext::none(), watcher);
    QVERIFY(outcome.failure.has_value());
    QVERIFY(!outcome.failure->args.empty());
    QCOMPARE(TrainingRun::read(run.folder).state, TrainingRun::State::Failed);
    for (const auto &[name, tensor] : readTensors(readWeightFile(run.folder / "model.safetensors")))
        for (const float value : tensor.values)
            QVERIFY2(std::isfinite(value), name.c_str());
}

void TestTraining::damagedCheckpointIsNamedAndTheOneBeforeOffered()
{
    const TrainingRun run = smallRun(m_images, m_sandbox.path() / "damaged", {"train.held_out=0"});
    Watcher watcher;
    watcher.wishes = [](const auto &points) { return points.size() < 4 ? RunCommand::GoOn : RunCommand::Stop; };
    startRun(run, TaskContext::none(), watcher);
    const auto steps = checkpointsOf(run);
    QCOMPARE(steps, (std::vector<std::int64_t>{4, 2}));
    const fs::path newest = CheckpointFolder(run.folder / "checkpoint").fileOf(4);
    std::string bytes = readText(newest);
    bytes[bytes.size() - 100] ^= 1; // one bit of a tensor
    writeText(newest, bytes);
    const std::string complaint =
        complaintOf([&] { resumeRun(TrainingRun::read(run.folder), std::nullopt, TaskContext::none(), watcher); });
    QVERIFY2(complaint.find(newest.string()) != std::string::npos && complaint.find("of step 2") != std::string::npos,
             complaint.c_str());
    std::string header = readText(CheckpointFolder(run.folder / "checkpoint").fileOf(2));
    const auto at = header.find("\\\"step\\\":2");
    QVERIFY(at != std::string::npos);
    header[at + 9] = '7'; // what it says of itself is guarded too
    const std::string good = readText(CheckpointFolder(run.folder / "checkpoint").fileOf(2));
    writeText(CheckpointFolder(run.folder / "checkpoint").fileOf(2), header);
    QVERIFY(!complaintOf([&] { CheckpointFolder(run.folder / "checkpoint").read(2); }).empty());
    writeText(CheckpointFolder(run.folder / "checkpoint").fileOf(2), good);
    Watcher after;
    QVERIFY(resumeRun(TrainingRun::read(run.folder), 2, TaskContext::none(), after).finished);
    QCOMPARE(after.points.front().step, std::int64_t(3));
    // A course that was left for an older checkpoint is not gone on with later.
    const TrainingRun finished = TrainingRun::read(run.folder);
    const std::int64_t last = checkpointsOf(finished).front(), older = checkpointsOf(finished).back();
    QVERIFY(older < last);
    Watcher left;
    left.wishes = [](const auto &points) { return points.empty() ? RunCommand::GoOn : RunCommand::Stop; };
    resumeRun(finished, older, TaskContext::none(), left);
    QCOMPARE(checkpointsOf(finished).front(), older + 1);
    // Other images than those it began with would mix what is held out.
    TrainingRun moved = TrainingRun::read(run.folder);
    moved.sources = {writeScenes(m_sandbox.path() / "fewer", 30).string()};
    QVERIFY(complaintOf([&] { resumeRun(moved, std::nullopt, TaskContext::none(), left); }).find("train anew") !=
            std::string::npos);
}

void TestTraining::refusedResumeChangesNothing()
{
    const TrainingRun run = smallRun(m_images, m_sandbox.path() / "refused");
    Watcher watcher;
    QVERIFY(startRun(run, TaskContext::none(), watcher).finished);
    const auto content = [&] {
        std::map<fs::path, std::string> all;
        for (const auto &entry : fs::recursive_directory_iterator(run.folder))
            if (entry.is_regular_file())
                all[entry.path()] = readText(entry.path());
        return all;
    };
    const auto before = content();
    TrainingRun shorter = TrainingRun::read(run.folder);
    shorter.recipe.set("train.epochs=1");
    QVERIFY(complaintOf([&] { resumeRun(shorter, std::nullopt, TaskContext::none(), watcher); }).find("beyond") !=
            std::string::npos);
    QCOMPARE(content(), before);
    TrainingRun moved = TrainingRun::read(run.folder);
    moved.sources = {writeScenes(m_sandbox.path() / "thirty", 30).string()};
    QVERIFY(!complaintOf([&] { resumeRun(moved, checkpointsOf(run).back(), TaskContext::none(), watcher); }).empty());
    QCOMPARE(content(), before);
    QVERIFY(!fs::exists(m_sandbox.path() / ("refused-before-resume-" + std::to_string(checkpointsOf(run).back()))));
}

void TestTraining::olderStepKeepsWhatIsNewer()
{
    const TrainingRun run = smallRun(m_images, m_sandbox.path() / "left", {"train.validate=1", "train.rate=0.01"});
    Watcher watcher;
    QVERIFY(startRun(run, TaskContext::none(), watcher).finished);
    const std::string history = readText(run.folder / "history.csv"),
                      model = readText(run.folder / "model.safetensors");
    const auto steps = checkpointsOf(run);
    const TrainingRun before = TrainingRun::read(run.folder);
    RecordingContext context; // cancelled in its first step: even that save leaves what is newer alone
    Watcher left;
    left.wishes = [&](const auto &) {
        context.cancel();
        return RunCommand::GoOn;
    };
    try {
        resumeRun(before, steps.back(), context, left);
    } catch (const Cancelled &) {
    }
    const fs::path kept = m_sandbox.path() / ("left-before-resume-" + std::to_string(steps.back()));
    QVERIFY(std::ranges::any_of(left.warnings, [&](const std::string &text) { return text.ends_with(kept.string()); }));
    const TrainingRun copy = TrainingRun::read(kept);
    QCOMPARE(copy.name, toUtf8(kept.filename()));
    QCOMPARE(copy.state, TrainingRun::State::Finished);
    QCOMPARE(copy.best.step, before.best.step);
    QCOMPARE(readText(kept / "history.csv"), history);
    QCOMPARE(readText(kept / "model.safetensors"), model);
    QCOMPARE(checkpointsOf(copy), steps);
    QCOMPARE(checkpointsOf(before).front(), steps.back());
    QCOMPARE(TrainingRun::read(run.folder).state, TrainingRun::State::Stopped);
    QCOMPARE(readHistory(run.folder / "history.csv").size(), std::size_t(steps.back()));
    // The copy is a run like others.
    Watcher again;
    TrainingRun longer = copy;
    longer.recipe.set("train.epochs=4");
    QVERIFY(resumeRun(longer, std::nullopt, TaskContext::none(), again).finished);
    QCOMPARE(again.points.front().step, steps.front() + 1);
}

void TestTraining::oneFolderIsTrainedByOneProcess()
{
    const TrainingRun run = smallRun(m_images, m_sandbox.path() / "twice", {"train.epochs=1"});
    Watcher watcher, second;
    std::string complaint;
    watcher.wishes = [&](const auto &points) {
        if (points.size() == 2) {
            complaint = complaintOf(
                [&] { resumeRun(TrainingRun::read(run.folder), std::nullopt, TaskContext::none(), second); });
            if (!FolderLock::isHeld(run.folder))
                complaint.clear();
        }
        return RunCommand::GoOn;
    };
    QVERIFY(startRun(run, TaskContext::none(), watcher).finished);
    QVERIFY2(complaint.find("another process") != std::string::npos, complaint.c_str());
    QVERIFY(!FolderLock::isHeld(run.folder));
    const FolderLock held(run.folder);
    QVERIFY(complaintOf([&] {
                resumeRun(TrainingRun::read(run.folder), std::nullopt, TaskContext::none(), second);
            }).find("another process") != std::string::npos);
    QVERIFY(second.points.empty());
}

void TestTraining::runOfOtherColumnsGoesOn()
{
    const TrainingRun run = smallRun(m_images, m_sandbox.path() / "columns");
    Watcher watcher, second;
    watcher.wishes = [](const auto &points) { return points.size() < 3 ? RunCommand::GoOn : RunCommand::Stop; };
    startRun(run, TaskContext::none(), watcher);
    // As another version has it: a column more, one less, in another order.
    writeText(run.folder / "history.csv", "step,loss,temper,epoch\n1,3.5,0.1,0.2\n2,3.25,0.2,0.4\n3,3,0.3,0.6\n");
    QVERIFY(resumeRun(TrainingRun::read(run.folder), std::nullopt, TaskContext::none(), second).finished);
    const auto history = readHistory(run.folder / "history.csv");
    QCOMPARE(std::int64_t(history.size()), second.facts.steps);
    QCOMPARE(history[1].loss, 3.25);
    QCOMPARE(history[1].epoch, 0.4);
    QVERIFY(std::isnan(history[1].rate) && std::isfinite(history[3].rate));
}

void TestTraining::fullDiskKeepsTheOldCheckpointAndTheRun()
{
    const TrainingRun run = smallRun(m_images, m_sandbox.path() / "full", {"train.held_out=0"});
    Watcher watcher;
    std::optional<FullDisk> full;
    std::vector<std::int64_t> kept;
    watcher.wishes = [&](const std::vector<HistoryPoint> &points) {
        if (points.size() == 3)
            full.emplace(20'000); // a checkpoint is larger, the history is not
        if (points.size() == 6) {
            full.reset();
            kept = checkpointsOf(run);
        }
        return RunCommand::GoOn;
    };
    QVERIFY(startRun(run, TaskContext::none(), watcher).finished);
    QCOMPARE(kept, (std::vector<std::int64_t>{2}));
    QCOMPARE(std::ranges::count_if(
                 watcher.warnings,
                 [](const std::string &text) { return text.find("the ones before are kept") != std::string::npos; }),
             2);
    QVERIFY(checkpointsOf(run).front() > 6);
}

void TestTraining::badInputGetsAClearError()
{
    Watcher watcher;
    const auto complaintAbout = [&](std::vector<const char *> set, const char *objective = "nt-xent") {
        TrainingRun run = smallRun(m_images, m_sandbox.path() / "bad");
        return complaintOf([&] {
            run.recipe.chooseObjective(objective);
            for (const char *assignment : set)
                run.recipe.set(assignment);
            startRun(run, TaskContext::none(), watcher);
        });
    };
    QVERIFY(complaintAbout({"train.batch=64"}).find("fewer than the 64") != std::string::npos);
    QVERIFY(complaintAbout({"train.rate=0"}).find("rate") != std::string::npos);
    QVERIFY(complaintAbout({"train.rate=inf"}).find("rate") != std::string::npos);
    QVERIFY(complaintAbout({}, "supcon").find("sub-folders") != std::string::npos);
    QVERIFY(complaintAbout({}, "simcse").find("dropout") != std::string::npos);
    QVERIFY(complaintAbout({"network.network=installed", "network.model=nowhere"}).find("no model") !=
            std::string::npos);
    QVERIFY(!fs::exists(m_sandbox.path() / "bad"));
    TrainingRun one = smallRun(writeScenes(m_sandbox.path() / "one", 1), m_sandbox.path() / "bad");
    QVERIFY(complaintOf([&] { startRun(one, TaskContext::none(), watcher); }).find("fewer") != std::string::npos);
    QVERIFY(complaintOf([&] { resumeRun(one, std::nullopt, TaskContext::none(), watcher); }).find("no checkpoint") !=
            std::string::npos);

    // A checkpoint of another network.
    const TrainingRun run = smallRun(m_images, m_sandbox.path() / "shape", {"train.held_out=0"});
    startRun(run, TaskContext::none(), watcher);
    TrainingRun other = TrainingRun::read(run.folder);
    other.recipe.set("network.dimension=16");
    other.recipe.set("train.epochs=9");
    QVERIFY(complaintOf([&] { resumeRun(other, std::nullopt, TaskContext::none(), watcher); }).find("another shape") !=
            std::string::npos);
}

void TestTraining::unreadableImagesAreListedAndTheRunGoesOn()
{
    const fs::path folder = writeScenes(m_sandbox.path() / "mixed", 20);
    writeText(folder / "text.jpg", "no picture");
    writeText(folder / "empty.jpg", "");
    RecordingContext context;
    Watcher watcher;
    QVERIFY(startRun(smallRun(folder, m_sandbox.path() / "mixed-run"), context, watcher).finished);
    QCOMPARE(context.problems.size(), std::size_t(2));
    QCOMPARE(watcher.facts.trained + watcher.facts.heldOut, 20);
}

void TestTraining::installedModelIsTrainedOnWithFrozenParts()
{
    const ModelStore store = ModelStore::user();
    TaskContext &none = TaskContext::none();
    store.import(SOURCE_DIR "/tests/support/models/resnet.safetensors", "base", {}, none);
    TrainingRun run = smallRun(
        m_images, m_sandbox.path() / "tuned",
        {"network.network=installed", "network.model=base", "network.frozen=3", "train.held_out=0", "network.side=64"});
    Watcher watcher;
    QVERIFY(startRun(run, none, watcher).finished);
    const TrainableNetwork before = buildNetwork(run.recipe.settings().network, 1);
    QCOMPARE(partsOf(before.graph).front(), std::string("stem"));
    const TensorMap after = readTensors(readWeightFile(run.folder / "model.safetensors"));
    QCOMPARE(after.at("conv1.weight"), before.tensors.at("conv1.weight"));
    QCOMPARE(after.at("layer2.0.bn1.running_mean"), before.tensors.at("layer2.0.bn1.running_mean"));
    QVERIFY(after.at("layer4.1.conv2.weight").values != before.tensors.at("layer4.1.conv2.weight").values);
    QVERIFY(after.contains("embedding.weight"));
    const std::string id = useInSearch(TrainingRun::read(run.folder), none);
    QCOMPARE(store.card(id).dimension, 32);
    store.remove(id);
    store.remove("base");
}

QTEST_GUILESS_MAIN(TestTraining)
#include "tst_training.moc"
