#include "ui/models/run_histories.h"

#include <algorithm>

namespace likeness::ui {

void RunHistories::read(const std::vector<std::filesystem::path> &folders)
{
    std::erase_if(m_wanted, [&](const auto &waiting) { return std::ranges::find(folders, waiting) != folders.end(); });
    m_wanted.insert(m_wanted.begin(), folders.begin(), folders.end());
    if (!m_reading)
        readNext();
}

const std::vector<HistoryPoint> &RunHistories::of(const std::filesystem::path &folder) const
{
    static const std::vector<HistoryPoint> none;
    const auto found = m_known.find(folder);
    return found == m_known.end() ? none : found->second.points;
}

void RunHistories::readNext()
{
    m_reading = !m_wanted.empty();
    if (!m_reading)
        return;
    const std::filesystem::path folder = m_wanted.front();
    m_wanted.pop_front();
    m_job.start([this, folder, known = m_known[folder].written](const TaskContext &) -> std::function<void()> {
        const std::filesystem::path file = folder / "history.csv";
        std::error_code none;
        const auto now = std::make_shared<Known>();
        now->written = std::filesystem::last_write_time(file, none);
        if (now->written == known)
            return [this] { readNext(); };
        try {
            now->points = readHistory(file);
        } catch (const std::exception &) { // killed before its first step
        }
        return [this, folder, now] {
            m_known[folder] = std::move(*now);
            Q_EMIT arrived(folder);
            readNext();
        };
    });
}

} // namespace likeness::ui
