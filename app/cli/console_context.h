#pragma once

#include "core/base/task.h"

#include <chrono>
#include <mutex>

namespace likeness {

/// Progress on stderr (one line that is rewritten on a terminal), problems collected, cancelled by Ctrl-C.
class ConsoleContext final : public TaskContext {
public:
    ConsoleContext();
    bool isCancelled() const override;
    void stage(const char *title, int index, int count, Unit unit = Unit::Items) override;
    void progress(std::int64_t done, std::int64_t total) override;
    void problem(const Problem &problem) override;
    /// Ends the progress line; problems are listed on stderr.
    void finish();
    const std::vector<Problem> &problems() const { return m_problems; }

private:
    using Clock = std::chrono::steady_clock;
    std::mutex m_mutex;
    std::vector<Problem> m_problems;
    std::string m_title;
    Unit m_unit = Unit::Items;
    Clock::time_point m_stageStart = Clock::now(), m_lastLine = m_stageStart;
    bool m_terminal, m_lineOpen = false;
};

} // namespace likeness
