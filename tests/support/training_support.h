#pragma once

#include "core/data/procedural_scene.h"
#include "core/train/training_runs.h"
#include "tests/support/pictures.h"

#include <functional>

namespace likeness::test {

/// Notes everything, and wishes what a test says.
class Watcher final : public TrainingObserver {
public:
    void begun(const TrainingFacts &told) override { facts = told; }
    void point(const HistoryPoint &point, const StepResult &pairs) override
    {
        points.push_back(point);
        if (!pairs.positiveDistances.empty())
            distances = pairs;
    }
    void warned(std::int64_t, const Message &message) override { warnings.push_back(message.english()); }
    RunCommand wish() override { return wishes ? wishes(points) : RunCommand::GoOn; }

    TrainingFacts facts;
    std::vector<HistoryPoint> points;
    std::vector<std::string> warnings;
    StepResult distances;
    std::function<RunCommand(const std::vector<HistoryPoint> &)> wishes;
};

inline std::filesystem::path writeScenes(const std::filesystem::path &folder, int count, int first = 0)
{
    for (int i = 0; i < count; ++i)
        writeJpeg(folder / ("scene" + std::to_string(first + i) + ".jpg"), renderProceduralScene(7, first + i, 64));
    return folder;
}

inline TrainingRun smallRun(const std::filesystem::path &images, const std::filesystem::path &out,
                            std::vector<const char *> assignments = {})
{
    TrainingRun run;
    run.folder = out;
    run.sources = {images.string()};
    for (const char *set : {"network.side=32", "network.width=0.5", "network.dimension=32", "train.batch=8",
                            "train.epochs=3", "train.precision=float", "train.held_out=0.25", "train.checkpoint=2"})
        run.recipe.set(set);
    for (const char *set : assignments)
        run.recipe.set(set);
    return run;
}

inline std::vector<double> lossesOf(const Watcher &watcher)
{
    std::vector<double> losses;
    for (const HistoryPoint &point : watcher.points)
        losses.push_back(point.loss);
    return losses;
}

inline std::string complaintOf(const std::function<void()> &work)
{
    try {
        work();
    } catch (const Error &error) {
        return error.message().english();
    }
    return {};
}

} // namespace likeness::test
