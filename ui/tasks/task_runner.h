#pragma once

#include "core/base/task.h"

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace likeness::ui {

/// Where a task stands; read on the GUI thread.
struct TaskState {
    QString title, stage;
    int stageIndex = 1, stageCount = 1;
    qint64 done = 0, total = 0;
    double seconds = 0; ///< since the stage began
    int problems = 0;
    Unit unit = Unit::Items;
};

/// The context of work that runs behind the window: buffers what happens, so that a tight loop costs the GUI thread
/// nothing.
class UiTaskContext final : public TaskContext {
public:
    bool isCancelled() const override { return m_cancelled; }
    void stage(const char *title, int index, int count, Unit unit = Unit::Items) override;
    void progress(std::int64_t done, std::int64_t total) override;
    void problem(const Problem &problem) override;
    /// Runs on the GUI thread within 50 ms, in order, before the end of the task is reported; not after a cancel.
    void deliver(std::function<void()> call);

private:
    friend class TaskRunner;
    std::atomic<bool> m_cancelled = false;
    std::mutex m_mutex;
    TaskState m_state;
    std::chrono::steady_clock::time_point m_stageStart;
    std::vector<Problem> m_problems;
    std::vector<std::function<void()>> m_deliveries;
};

/// One long task at a time on one worker thread. Lives on the GUI thread; nothing here waits for the worker. Starting
/// while a task runs cancels it and starts the newest one when it has ended.
class TaskRunner final : public QObject {
    Q_OBJECT

public:
    using Work = std::function<void(UiTaskContext &)>;

    explicit TaskRunner(QObject *parent = nullptr);
    ~TaskRunner() override;

    /// `done` runs on the GUI thread after the work ended well.
    void start(const QString &title, Work work, std::function<void()> done = {});
    /// For a page: deliveries and `done` are dropped once `receiver` is gone, as the window may be built anew
    /// meanwhile.
    void startFor(QObject &receiver, const QString &title, Work work, std::function<void()> done = {});
    void cancel();
    bool isRunning() const { return m_running; }
    const std::vector<Problem> &problems() const { return m_problems; } ///< of the last task

Q_SIGNALS:
    void started(const QString &title);
    void progressed(const likeness::ui::TaskState &state);
    /// Exactly one of the three ends a task.
    void finished();
    void cancelled();
    void failed(const QString &message);
    void idle(); ///< after the end, when no other task follows

private:
    enum class Outcome { Finished, Cancelled, Failed };
    struct Job {
        QString title;
        Work work;
        std::function<void()> done;
        std::optional<QPointer<QObject>> receiver{}; ///< nothing: whoever started it outlives the runner
        bool isReceived() const { return !receiver || *receiver; }
    };
    void begin(Job job);
    void launch(Job job);
    void drain();
    void end(Outcome outcome, const QString &message);

    std::shared_ptr<UiTaskContext> m_context;
    std::thread m_thread;
    QTimer m_timer;
    Job m_current, m_next;
    std::vector<Problem> m_problems;
    bool m_running = false;
};

} // namespace likeness::ui
