#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace likeness {

/// Threads that stay, so that each keeps the memory of its tensors from step to step.
class ShardWorkers {
public:
    explicit ShardWorkers(int count)
    {
        for (int i = 1; i < count; ++i)
            m_threads.emplace_back([this, i](const std::stop_token &stop) { work(stop, i); });
    }
    ~ShardWorkers()
    {
        for (std::jthread &thread : m_threads)
            thread.request_stop();
        m_changed.notify_all();
    }
    int count() const { return static_cast<int>(m_threads.size()) + 1; }

    /// Calls task(0) here and task(i) on the others; returns when all are done. The first exception is thrown here.
    void run(const std::function<void(int)> &task)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_task = &task;
            m_left = static_cast<int>(m_threads.size());
            m_failure = nullptr;
            ++m_round;
        }
        m_changed.notify_all();
        attempt(task, 0);
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_left == 0; });
        if (m_failure)
            std::rethrow_exception(m_failure);
    }

private:
    void attempt(const std::function<void(int)> &task, int shard)
    {
        try {
            task(shard);
        } catch (...) {
            const std::lock_guard lock(m_mutex);
            m_failure = std::current_exception();
        }
    }
    void work(const std::stop_token &stop, int shard)
    {
        int seen = 0;
        for (;;) {
            const std::function<void(int)> *task = nullptr;
            {
                std::unique_lock lock(m_mutex);
                if (!m_changed.wait(lock, stop, [&] { return m_round != seen; }))
                    return;
                seen = m_round;
                task = m_task;
            }
            attempt(*task, shard);
            const std::lock_guard lock(m_mutex);
            if (--m_left == 0)
                m_changed.notify_all();
        }
    }

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    const std::function<void(int)> *m_task = nullptr;
    std::exception_ptr m_failure;
    int m_round = 0, m_left = 0;
    std::vector<std::jthread> m_threads; // last: they end before what they use
};

} // namespace likeness
