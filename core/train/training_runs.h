#pragma once

#include "core/train/training_run.h"

namespace likeness {

/// The images of folders and of the galleries of workspaces; never their queries.
std::vector<ImageRef> imagesToTrainOn(const std::vector<std::string> &sources, TaskContext &task);

/// Trains a new run. Throws Error{InvalidArgument} where the folder holds a run or anything else, Error{Io} where
/// another process writes it. What is refused leaves the folder as it was; what ends otherwise says so in run.json.
TrainingOutcome startRun(TrainingRun run, TaskContext &task, TrainingObserver &observer);
/// Goes on from a checkpoint, the newest one where `step` is not given. Where there are newer ones, the run as it was
/// is kept beside its folder first, as a run of its own "FOLDER-before-resume-STEP". Errors as of startRun(); an
/// Error{Format} about a damaged checkpoint names the one before it.
TrainingOutcome resumeRun(TrainingRun run, std::optional<std::int64_t> step, TaskContext &task,
                          TrainingObserver &observer);
/// Steps that a run can go on from, the newest first.
std::vector<std::int64_t> checkpointsOf(const TrainingRun &run);

/// Installs the model of a run; its id.
std::string useInSearch(const TrainingRun &run, TaskContext &task);

} // namespace likeness
