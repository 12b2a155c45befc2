#pragma once

#include "core/learn/model_card.h"
#include "core/learn/train/training.h"
#include "core/search/training_recipe.h"

namespace likeness {

/// A folder of a training run, as its run.json has it.
struct TrainingRun {
    enum class State { Running, Finished, Stopped, Failed };

    std::filesystem::path folder;
    std::string name;
    TrainingRecipe recipe;
    std::vector<std::string> sources; ///< folders of images
    int rendered = 0;                 ///< or scenes an epoch
    State state = State::Running;     ///< one that was killed is still called running
    std::string created;              ///< "2026-11-24 20:15"
    TrainingFacts facts;
    HistoryPoint last, best;
    StoredMessage failure;

    /// Throws Error{NotFound|Format|InvalidArgument}.
    static TrainingRun read(const std::filesystem::path &folder);
    void write() const;
};

/// Of a point: the columns of history.csv that were measured.
nlohmann::ordered_json toJson(const HistoryPoint &point);

/// The runs in the sub-folders of `folder`, the newest first; what is no run is left out.
std::vector<TrainingRun> listRuns(const std::filesystem::path &folder);
/// "runs" in the user's data folder.
std::filesystem::path userRunsFolder();
/// A folder for a new run that does not exist yet.
std::filesystem::path freeRunFolder(const std::filesystem::path &runs, const std::string &name);

/// The images of folders and of the galleries of workspaces; never their queries.
std::vector<ImageRef> imagesToTrainOn(const std::vector<std::string> &sources, TaskContext &task);

/// Trains a new run. Throws Error{InvalidArgument} where the folder holds a run or anything else.
TrainingOutcome startRun(TrainingRun run, TaskContext &task, TrainingObserver &observer);
/// Goes on from a checkpoint, the newest one where `step` is not given. An Error{Format} about a damaged one names the
/// one before it.
TrainingOutcome resumeRun(TrainingRun run, std::optional<std::int64_t> step, TaskContext &task,
                          TrainingObserver &observer);
/// Steps that a run can go on from, the newest first.
std::vector<std::int64_t> checkpointsOf(const TrainingRun &run);

/// Installs the model of a run; its id.
std::string useInSearch(const TrainingRun &run, TaskContext &task);

} // namespace likeness
