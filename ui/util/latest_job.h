#pragma once

#include "core/base/task.h"

#include <QObject>
#include <QThreadPool>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

namespace likeness::ui {

/// Small work behind the window of which only the newest matters: a picture to show, a comparison to draw. A newer one
/// cancels what runs; older results are dropped. One runs at a time. Lives on the GUI thread, which never waits for it:
/// what is still running when this is destroyed ends by itself and is heard by nobody, so it may use nothing of its
/// page on its thread.
class LatestJob final : public QObject {
    Q_OBJECT

public:
    /// Runs on another thread, should answer a cancel, and returns what is to be done on the GUI thread.
    using Work = std::function<std::function<void()>(const TaskContext &)>;

    explicit LatestJob(QObject *parent = nullptr) : QObject(parent), m_shared(std::make_shared<Shared>())
    {
        m_shared->owner = this;
        QThreadPool *pool = QThreadPool::globalInstance();
        pool->setMaxThreadCount(std::max(pool->maxThreadCount(), 8)); // a long job holds up no other one
    }
    ~LatestJob() override
    {
        drop();
        const std::lock_guard lock(m_shared->mutex);
        m_shared->owner = nullptr;
    }

    /// What `work` throws is logged and shows nothing.
    void start(Work work)
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->replace(std::make_shared<Job>(std::move(work)));
        if (!std::exchange(m_shared->running, true))
            QThreadPool::globalInstance()->start([shared = m_shared] { run(*shared); });
    }
    /// Nothing is wanted any more.
    void drop()
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->replace(nullptr);
    }

private:
    struct Job final : TaskContext {
        explicit Job(Work wanted) : work(std::move(wanted)) {}
        bool isCancelled() const override { return cancelled; }
        Work work;
        std::atomic<bool> cancelled = false;
    };
    /// Outlives whichever of the two threads lets go of it first.
    struct Shared {
        std::mutex mutex; // guards what follows
        LatestJob *owner = nullptr;
        std::shared_ptr<Job> next, newest;
        bool running = false;
        void replace(std::shared_ptr<Job> job)
        {
            if (newest)
                newest->cancelled = true;
            next = newest = std::move(job);
        }
    };

    static void run(Shared &shared)
    {
        while (true) {
            std::shared_ptr<Job> job;
            {
                const std::lock_guard lock(shared.mutex);
                job = std::exchange(shared.next, nullptr);
                if (!job) {
                    shared.running = false;
                    return;
                }
            }
            std::function<void()> show;
            try {
                show = job->work(*job);
            } catch (const Cancelled &) {
            } catch (const std::exception &error) {
                qWarning("%s", error.what());
            }
            const std::lock_guard lock(shared.mutex);
            if (shared.owner && show)
                QMetaObject::invokeMethod(
                    shared.owner,
                    [job, show = std::move(show)] {
                        if (!job->cancelled)
                            show();
                    },
                    Qt::QueuedConnection);
        }
    }

    const std::shared_ptr<Shared> m_shared;
};

} // namespace likeness::ui
