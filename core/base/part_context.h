#pragma once

#include "core/base/task.h"

namespace likeness {

/// A part of a longer task: its progress is that of the whole.
class PartContext final : public TaskContext {
public:
    PartContext(TaskContext &whole, std::int64_t done, std::int64_t total)
        : m_whole(whole), m_done(done), m_total(total)
    {
    }
    bool isCancelled() const override { return m_whole.isCancelled(); }
    void progress(std::int64_t done, std::int64_t) override { m_whole.progress(m_done + done, m_total); }
    void problem(const Problem &problem) override { m_whole.problem(problem); }

private:
    TaskContext &m_whole;
    std::int64_t m_done, m_total;
};

} // namespace likeness
