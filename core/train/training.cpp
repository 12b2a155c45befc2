#include "core/train/training.h"

#include "core/base/file.h"
#include "core/base/json_text.h"
#include "core/base/parallel.h"
#include "core/nets/models/loaded_model.h"
#include "core/nets/run/network.h"
#include "core/train/held_out.h"
#include "core/train/initial_network.h"
#include "core/train/run_watch.h"
#include "core/train/training_plan.h"

#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

namespace fs = std::filesystem;

namespace likeness {

namespace {

using Clock = std::chrono::steady_clock;

constexpr const char *modelFile = "model.safetensors";

/// The pictures of a run, trained on and held out.
struct Pictures {
    LoadedImages files;
    std::unique_ptr<TrainingImages> trained, heldOut;
    std::vector<std::string> heldOutNames;
};

Pictures picturesFor(const TrainingSettings &settings, const TrainingSource &source, TaskContext &task)
{
    Pictures pictures;
    const auto seed = static_cast<std::uint64_t>(settings.plan.seed);
    if (source.rendered > 0) {
        const int side = settings.network.sidePx * 3 / 2;
        pictures.trained = renderedImages(seed, source.rendered, side, source.renderedEpochs);
        if (settings.plan.heldOut > 0)
            pictures.heldOut = renderedImages(~seed, std::clamp(source.rendered / 4, 2, 300), side, 1 << 30);
        return pictures;
    }
    pictures.files = loadTrainingImages(source.files, settings.network.sidePx, task);
    Split split = splitByGroup(pictures.files.groups, settings.plan.heldOut, seed);
    for (const int i : split.heldOut)
        pictures.heldOutNames.push_back(pictures.files.names[static_cast<std::size_t>(i)]);
    pictures.trained = trainingImages(pictures.files, std::move(split.trained));
    if (split.heldOut.size() > 1)
        pictures.heldOut = trainingImages(pictures.files, std::move(split.heldOut));
    return pictures;
}

void requireEnough(const TrainingSettings &settings, const Pictures &pictures)
{
    const int images = pictures.trained->size();
    if (images < settings.plan.batch)
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "there are %1 images to train on (%2 are held out), fewer than the %3 of "
                                              "a batch: add images or choose a smaller batch"),
                    {std::to_string(images), std::to_string(pictures.heldOutNames.size()),
                     std::to_string(settings.plan.batch)});
    if (settings.objective.usesClasses() && pictures.files.classNames.size() < 2)
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "this objective needs images in two sub-folders or more: the name of "
                                              "the folder is the class"),
                    {});
    if (settings.objective.dropoutOnly() && settings.network.dropout == 0)
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "SimCSE with dropout only needs dropout in the network: both views are "
                                              "the same picture"),
                    {});
}

TrainerOptions trainerOptions(const TrainingSettings &settings)
{
    const TrainingPlan &plan = settings.plan;
    TrainerOptions options;
    options.objective = settings.objective;
    options.additions = {.entropy = plan.entropy, .overlap = plan.overlap};
    options.optimiser = {plan.optimiser, plan.decay, plan.momentum};
    options.memory = plan.memory;
    options.dropout = settings.network.dropout;
    options.average = plan.average;
    options.bf16 = plan.precision == Precision::Bf16 || (plan.precision == Precision::Automatic && hasBf16());
    options.parts = plan.parts;
    options.threads = threadCount();
    options.seed = static_cast<std::uint64_t>(plan.seed);
    return options;
}

/// One run from its first step in this session to its last.
class Run {
public:
    Run(const TrainingSettings &settings, const fs::path &folder, TaskContext &task, TrainingObserver &observer)
        : m_settings(settings),
          m_folder(folder),
          m_checkpoints(folder / "checkpoint"),
          m_task(task),
          m_observer(observer)
    {
    }

    TrainingOutcome go(const TrainingSource &source, const std::optional<Checkpoint> &from)
    {
        const Pictures pictures = picturesFor(m_settings, source, m_task);
        requireEnough(m_settings, pictures);
        m_network = buildNetwork(m_settings.network, static_cast<std::uint64_t>(m_settings.plan.seed));
        const TrainerOptions options = trainerOptions(m_settings);
        m_trainer = makeTrainer(m_network, options);
        if (from)
            m_trainer->restore(from->tensors);
        if (pictures.heldOut)
            m_heldOut = std::make_unique<HeldOut>(*pictures.heldOut, m_settings, m_task);
        m_length = lengthOf(m_settings.plan, pictures.trained->size());
        const std::int64_t firstStep = from ? from->step : 0;
        tellFacts(pictures, options, firstStep); // what is written comes behind all that may be refused
        fs::create_directories(m_folder);
        HistoryWriter history(m_folder / "history.csv", firstStep);
        m_history = &history;
        if (from) {
            m_seconds = from->seconds;
            m_bestUap = from->best;
        }
        if (firstStep > 0) {
            m_watch.firstLoss = from->firstLoss;
            m_watch.meanLoss = from->meanLoss;
        }
        warnOfImages(pictures);
        m_task.stage(QT_TRANSLATE_NOOP("core", "Training"), 1, 1);
        BatchLoader loader(*pictures.trained, m_settings, firstStep, threadCount());
        loop(loader, firstStep);
        return m_outcome;
    }

private:
    void tellFacts(const Pictures &pictures, const TrainerOptions &options, std::int64_t firstStep)
    {
        TrainingFacts facts;
        facts.firstStep = firstStep;
        facts.steps = m_length.steps;
        facts.stepsAnEpoch = m_length.stepsAnEpoch;
        facts.trained = pictures.trained->size();
        facts.heldOut = pictures.heldOut ? pictures.heldOut->size() : 0;
        facts.heldOutNames = pictures.heldOutNames;
        facts.dimension = trainedWidth(m_network);
        for (const auto &[name, tensor] : m_network.tensors)
            if (!isStatistic(name))
                facts.parameters += static_cast<std::int64_t>(tensor.values.size());
        facts.device = networkDevice() == NetworkDevice::Cuda ? "cuda" : "cpu";
        facts.precision = options.bf16 ? "bf16" : "float32";
        facts.collapsedLoss = collapsedLoss(m_settings);
        m_watch = RunWatch(facts, options.additions);
        m_observer.begun(facts);
    }

    /// What a user should know before hours have passed.
    void warnOfImages(const Pictures &pictures)
    {
        const auto &groups = pictures.files.groups;
        const auto different = std::set<int>(groups.begin(), groups.end()).size();
        const auto warn = [this](Message message) { m_observer.warned(0, message); };
        if (different < groups.size())
            warn({QT_TRANSLATE_NOOP("core", "%1 of %2 images are near copies of others: they count as one image, which "
                                            "is held out or trained on as a whole"),
                  {std::to_string(groups.size() - different), std::to_string(groups.size())}});
        if (m_settings.plan.heldOut > 0 && !m_heldOut)
            warn({QT_TRANSLATE_NOOP("core", "too few different images to hold some out: nothing measures the network, "
                                            "and its last weights are kept"),
                  {}});
        constexpr std::int64_t fewest = 200;
        if (m_settings.network.network != Backbone::Installed && m_length.steps < fewest)
            warn(
                {QT_TRANSLATE_NOOP("core", "%1 steps teach a network from scratch next to nothing (%2 steps an epoch): "
                                           "choose more epochs, a smaller batch or an installed model"),
                 {std::to_string(m_length.steps), std::to_string(m_length.stepsAnEpoch)}});
    }

    void loop(BatchLoader &loader, std::int64_t firstStep)
    {
        m_lastStart = Clock::now();
        for (std::int64_t step = firstStep; step < m_length.steps; ++step) {
            if (!mayGoOn(step))
                return;
            const TrainingBatch batch = loader.next();
            const StepResult result = m_trainer->step(batch, rateAt(m_settings.plan, step, m_length.steps));
            HistoryPoint point = pointOf(step + 1, batch, result);
            if (const auto failure = m_watch.failureOf(point)) {
                m_outcome.failure = failure;
                end(step, false);
                return;
            }
            StepResult pairs;
            if (validatesAfter(step + 1))
                validate(point, pairs);
            if (!m_history->add(point) && !m_historyFailed) {
                m_historyFailed = true;
                m_observer.warned(step + 1,
                                  {QT_TRANSLATE_NOOP("core", "history.csv cannot be written: is the disk full?"), {}});
            }
            m_outcome.last = point;
            m_observer.point(point, pairs);
            for (const Message &warning : m_watch.warningsOf(point))
                m_observer.warned(step + 1, warning);
            m_task.progress(step + 1 - firstStep, m_length.steps - firstStep); // the rate is that of this session
            if ((step + 1) % m_settings.plan.checkpointSteps == 0 || m_observer.wantsSave())
                save(step + 1);
            keepEpoch(step + 1);
        }
        m_outcome.finished = true;
        end(m_length.steps, true);
    }

    /// Waits while paused; false where the run was stopped. Throws Cancelled; state and model are written in all cases.
    bool mayGoOn(std::int64_t step)
    {
        bool paused = false;
        while (!m_task.isCancelled() && m_observer.wish() == RunCommand::Pause) {
            if (!paused)
                save(step);
            paused = true;
            m_seconds += secondsSinceStart();
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            m_lastStart = Clock::now(); // pauses do not count
        }
        if (m_task.isCancelled()) {
            step > 0 ? end(step, true) : save(step);
            throw Cancelled{};
        }
        if (m_observer.wish() != RunCommand::Stop)
            return true;
        end(step, true);
        return false;
    }

    double secondsSinceStart() const { return std::chrono::duration<double>(Clock::now() - m_lastStart).count(); }

    HistoryPoint pointOf(std::int64_t step, const TrainingBatch &batch, const StepResult &result)
    {
        const double took = secondsSinceStart();
        m_seconds += took;
        m_lastStart = Clock::now();
        m_pace = m_pace == 0 ? took : m_pace + (took - m_pace) * 0.1;
        HistoryPoint point;
        point.step = step;
        point.epoch = static_cast<double>(step) / static_cast<double>(m_length.stepsAnEpoch);
        point.seconds = m_seconds;
        point.loss = result.loss;
        point.rate = rateAt(m_settings.plan, step - 1, m_length.steps);
        if (m_settings.plan.entropy > 0)
            point.entropy = result.entropy;
        if (m_settings.plan.overlap > 0)
            point.overlap = result.overlap;
        point.accuracy = result.accuracy;
        point.deviation = result.deviation;
        point.imagesPerSecond = batch.views * batch.images / std::max(1e-9, m_pace);
        return point;
    }

    bool validatesAfter(std::int64_t step) const
    {
        const std::int64_t every =
            m_settings.plan.validateSteps > 0 ? m_settings.plan.validateSteps : m_length.stepsAnEpoch;
        return m_heldOut && (step % every == 0 || step == m_length.steps);
    }

    void validate(HistoryPoint &point, StepResult &pairs)
    {
        m_heldOut->measure(*m_trainer, point, pairs);
        if (!(point.uap > m_bestUap))
            return;
        if (!writeWeights(modelFile, point.step))
            return;
        m_bestUap = point.uap;
        m_outcome.best = point;
    }

    bool writeWeights(const std::string &file, std::int64_t step)
    {
        try {
            writeNetwork(m_folder / file, m_network, m_trainer->weights(), m_settings.plan.half);
            return true;
        } catch (const Error &error) {
            m_observer.warned(step, error.message());
            return false;
        }
    }

    /// A full disk is no reason to lose a run.
    void save(std::int64_t step)
    {
        if (step == m_savedStep)
            return;
        try {
            m_checkpoints.write({step, m_seconds, m_bestUap, std::isnan(m_watch.meanLoss) ? 0 : m_watch.meanLoss,
                                 m_watch.firstLoss, m_trainer->state()});
            m_savedStep = step;
            m_observer.saved(step);
        } catch (const Error &error) {
            m_observer.warned(step, {QT_TRANSLATE_NOOP("core", "the checkpoint of step %1 could not be written, the "
                                                               "ones before are kept: %2"),
                                     {std::to_string(step), error.message()}});
        }
    }

    void keepEpoch(std::int64_t step)
    {
        const std::int64_t every = m_settings.plan.keepEvery * m_length.stepsAnEpoch;
        if (every == 0 || step % every != 0)
            return;
        writeWeights("epoch-" + std::to_string(step / m_length.stepsAnEpoch) + ".safetensors", step);
    }

    void end(std::int64_t step, bool good)
    {
        if (good)
            save(step);
        else if (const auto steps = m_checkpoints.steps(); !steps.empty()) // the steps before did harm already
            m_trainer->restore(m_checkpoints.read(steps.back()).tensors);
        if (!m_heldOut || !fs::exists(m_folder / modelFile))
            writeWeights(modelFile, step);
        writeCard();
    }

    /// A model that answers the same to all images is written too, with a warning.
    void writeCard()
    {
        try {
            auto model = openModel(m_folder / modelFile, {}, Trust::Untrusted, false);
            model->card.source = model->card.weights = modelFile;
            try {
                checkAnswers(*model->image, model->card);
            } catch (const Error &error) {
                m_observer.warned(m_outcome.last.step, error.message());
            }
            writeFileAside(m_folder / "model.json",
                           [&](std::ostream &out) { out << dumpJson(model->card.toJson()) << '\n'; });
        } catch (const Error &error) {
            m_observer.warned(m_outcome.last.step, error.message());
        }
    }

    const TrainingSettings &m_settings;
    fs::path m_folder;
    CheckpointFolder m_checkpoints;
    TaskContext &m_task;
    TrainingObserver &m_observer;
    TrainableNetwork m_network;
    std::unique_ptr<Trainer> m_trainer;
    std::unique_ptr<HeldOut> m_heldOut;
    RunLength m_length;
    RunWatch m_watch;
    HistoryWriter *m_history = nullptr;
    bool m_historyFailed = false;
    double m_seconds = 0, m_pace = 0, m_bestUap = -1;
    std::int64_t m_savedStep = -1;
    Clock::time_point m_lastStart;
    TrainingOutcome m_outcome;
};

} // namespace

TrainingOutcome train(const TrainingSettings &settings, const TrainingSource &source, const fs::path &folder,
                      const std::optional<Checkpoint> &from, TaskContext &task, TrainingObserver &observer)
{
    return Run(settings, folder, task, observer).go(source, from);
}

} // namespace likeness
