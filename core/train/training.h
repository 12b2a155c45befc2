#pragma once

#include "core/base/task.h"
#include "core/data/image_set.h"
#include "core/train/checkpoint.h"
#include "core/train/step_result.h"
#include "core/train/training_history.h"

#include <filesystem>
#include <optional>

namespace likeness {

struct TrainingSettings; // core/train/training_plan.h

/// What a run learns from: files, or so many rendered scenes an epoch.
struct TrainingSource {
    std::vector<ImageRef> files;
    int rendered = 0;
    int renderedEpochs = 4; ///< in which a rendered scene is seen before another takes its place
};

/// What is known when a run begins.
struct TrainingFacts {
    std::int64_t firstStep = 0, steps = 0, stepsAnEpoch = 0;
    int trained = 0, heldOut = 0;              ///< images
    std::vector<std::string> heldOutNames;     ///< of files
    int dimension = 0;                         ///< of the vectors that the objective sees
    std::int64_t parameters = 0;               ///< weights that are trained
    std::string device, precision;             ///< "cpu", "bf16"
    double collapsedLoss = HistoryPoint::none; ///< of an objective of logits where all vectors are equal
};

enum class RunCommand { GoOn, Pause, Stop };

/// Who watches and steers a run. Called from its thread; wishes may change at any time.
class TrainingObserver {
public:
    virtual ~TrainingObserver() = default;
    /// Before anything is written; what it throws refuses the run.
    virtual void begun(const TrainingFacts &) {}
    /// After every step; `pairs` has the distances of the held-out pairs where the point is a validation.
    virtual void point(const HistoryPoint &, const StepResult &) {}
    /// Something to tell the user: collapse, a checkpoint that could not be written.
    virtual void warned(std::int64_t, const Message &) {}
    virtual void saved(std::int64_t) {}
    virtual RunCommand wish() { return RunCommand::GoOn; }
    /// True once where the state shall be written now.
    virtual bool wantsSave() { return false; }
};

struct TrainingOutcome {
    bool finished = false;          ///< all steps were made; otherwise it was stopped
    std::optional<Message> failure; ///< not a number, or a loss that grew without end; the last good weights are kept
    HistoryPoint last;              ///< the newest step
    HistoryPoint best;              ///< the validation whose weights are in model.safetensors; step 0 without any
};

/// Trains and writes into `folder`: history.csv, checkpoint/, model.safetensors (the best weights by the µAP of copies
/// of held-out images, the last ones without held-out images) and model.json. `from` is what to continue from: the
/// numbers are then those of a run without a break, with the same number of threads on one machine.
/// Throws Error{InvalidArgument} for too few images, Error as buildNetwork() does, and
/// Cancelled, before which the state is written.
TrainingOutcome train(const TrainingSettings &settings, const TrainingSource &source,
                      const std::filesystem::path &folder, const std::optional<Checkpoint> &from, TaskContext &task,
                      TrainingObserver &observer);

} // namespace likeness
