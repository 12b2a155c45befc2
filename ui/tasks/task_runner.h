#pragma once

#include "core/base/task.h"

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QTimer>
#include <atomic>
#include <deque>
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

/// A lane of work: one task at a time on one worker thread. Lives on the GUI thread; nothing here waits for the worker.
class TaskRunner final : public QObject {
    Q_OBJECT

public:
    using Work = std::function<void(UiTaskContext &)>;
    /// What becomes of a task that is started while another runs.
    enum class Second {
        Replaces, ///< short answers: the one that runs is cancelled, only the newest of those that wait is started
        Waits     ///< long jobs: every one has its turn, in order
    };

    explicit TaskRunner(Second second = Second::Replaces, QObject *parent = nullptr);
    ~TaskRunner() override;

    /// `done` runs on the GUI thread after the work ended well.
    void start(const QString &title, Work work, std::function<void()> done = {});
    /// For a page: deliveries and `done` are dropped once `receiver` is gone, as the window may be built anew
    /// meanwhile.
    void startFor(QObject &receiver, const QString &title, Work work, std::function<void()> done = {});
    void cancel();          ///< the one that runs; where the newest replaces, also the one that waits
    void cancelAll();       ///< those that wait are dropped, too
    void remove(int place); ///< of waiting(): it is not started
    Second second() const { return m_second; }
    bool isRunning() const { return m_running; }
    bool isCancelling() const { return m_running && m_context->isCancelled(); }
    const QString &title() const { return m_current.title; }            ///< of the task that runs, or ran last
    QStringList waiting() const;                                        ///< their titles; the first is next
    const std::vector<Problem> &problems() const { return m_problems; } ///< of the last task

Q_SIGNALS:
    void started(const QString &title);
    void progressed(const likeness::ui::TaskState &state);
    /// Exactly one of the three ends a task.
    void finished();
    void cancelled();
    void failed(const QString &message);
    void idle();         ///< after the end, when no other task follows
    void queueChanged(); ///< another task waits, or one less

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
    const Second m_second;
    Job m_current;
    std::deque<Job> m_waiting;
    std::vector<Problem> m_problems;
    bool m_running = false;
};

} // namespace likeness::ui
