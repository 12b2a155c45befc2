#pragma once

#include "core/train/training_runs.h"
#include "ui/tasks/task_runner.h"

#include <QObject>
#include <atomic>

namespace likeness::ui {

/// The training that runs behind the window, beside the searches: what it has measured so far, and how to steer it.
/// Lives on the GUI thread; the run is on a thread of low priority and comes back by deliveries.
class TrainingSession final : public QObject {
    Q_OBJECT

public:
    explicit TrainingSession(QObject *parent = nullptr);

    TaskRunner &tasks() { return m_tasks; }
    bool isRunning() const { return m_tasks.isRunning(); }
    bool isPaused() const { return m_wish == RunCommand::Pause; }
    bool isStopping() const { return m_wish == RunCommand::Stop; }
    /// Of the run that runs, or of the last one.
    const TrainingRun &run() const { return m_run; }
    const TrainingFacts &facts() const { return m_facts; }
    const std::vector<HistoryPoint> &points() const { return m_points; }
    const StepResult &pairs() const { return m_pairs; } ///< of the latest validation
    const QStringList &warnings() const { return m_warnings; }

    void start(const TrainingRun &run);
    void resume(const TrainingRun &run, std::int64_t step);
    void setPaused(bool paused);
    void stop(); ///< ends the run where it is; its state and model are written
    void saveNow();

Q_SIGNALS:
    void stateChanged(); ///< begun, paused, ended
    void pointsAdded();  ///< at most twenty times a second
    void warned(const QString &text);
    void saved(qint64 step);

private:
    class Observer;
    void launch(const TrainingRun &run, const QString &title,
                const std::function<TrainingOutcome(const TrainingRun &, UiTaskContext &, TrainingObserver &)> &work);
    void end(const TrainingOutcome &outcome);

    TaskRunner m_tasks;
    TrainingRun m_run;
    TrainingFacts m_facts;
    std::vector<HistoryPoint> m_points;
    StepResult m_pairs;
    QStringList m_warnings;
    std::atomic<RunCommand> m_wish = RunCommand::GoOn;
    std::atomic<bool> m_saveWanted = false;
};

} // namespace likeness::ui
