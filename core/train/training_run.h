#pragma once

#include "core/base/stored_message.h"
#include "core/train/training.h"
#include "core/train/training_recipe.h"

namespace likeness {

/// A folder of a training run, as its run.json has it.
struct TrainingRun {
    static constexpr const char *fileName = "run.json";
    enum class State { Running, Finished, Stopped, Failed };

    std::filesystem::path folder;
    std::string name;
    TrainingRecipe recipe;
    std::vector<std::string> sources; ///< folders of images
    int rendered = 0;                 ///< or scenes an epoch
    State state = State::Running;     ///< one that was killed is still called running
    std::string created;              ///< "2026-11-24 20:15:30"
    TrainingFacts facts;
    HistoryPoint last, best;
    StoredMessage failure;

    static bool isIn(const std::filesystem::path &folder);
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
/// A folder of its own in `runs`, and a name that no other run there has: "name", "name-2" and on.
void chooseFreePlace(TrainingRun &run, const std::filesystem::path &runs);

} // namespace likeness
