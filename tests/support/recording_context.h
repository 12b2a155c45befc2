#pragma once

#include "core/base/task.h"

#include <atomic>
#include <mutex>
#include <vector>

namespace likeness::test {

/// Remembers what work reports, and cancels it after a number of steps.
class RecordingContext final : public TaskContext {
public:
    explicit RecordingContext(std::int64_t cancelAfter = -1) : m_cancelAfter(cancelAfter) {}
    bool isCancelled() const override { return m_cancelled || (m_cancelAfter >= 0 && m_done >= m_cancelAfter); }
    void cancel() { m_cancelled = true; }
    void progress(std::int64_t done, std::int64_t total) override
    {
        std::int64_t seen = m_done;
        while (seen < done && !m_done.compare_exchange_weak(seen, done)) {
        }
        m_total = total;
    }
    void problem(const Problem &problem) override
    {
        const std::lock_guard lock(m_mutex);
        problems.push_back(problem);
    }
    std::int64_t done() const { return m_done; }
    std::int64_t total() const { return m_total; }
    std::vector<Problem> problems;

private:
    std::int64_t m_cancelAfter;
    std::atomic<bool> m_cancelled = false;
    std::atomic<std::int64_t> m_done = 0, m_total = 0;
    std::mutex m_mutex;
};

} // namespace likeness::test
