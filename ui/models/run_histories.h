#pragma once

#include "core/train/training_history.h"
#include "ui/util/latest_job.h"

#include <deque>
#include <filesystem>
#include <map>
#include <optional>

namespace likeness::ui {

/// What training runs have measured, read behind the window: a history may have 100,000 lines, or lie on a disk that
/// answers late. Lives on the GUI thread.
class RunHistories final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    /// Reads the histories in these folders of runs, in this order and before those that wait; again only where the
    /// file has changed.
    void read(const std::vector<std::filesystem::path> &folders);
    /// As far as it is read: empty before, and where there is none.
    const std::vector<HistoryPoint> &of(const std::filesystem::path &folder) const;

Q_SIGNALS:
    void arrived(const std::filesystem::path &folder); ///< of() has changed

private:
    struct Known {
        std::optional<std::filesystem::file_time_type> written; ///< when, of the file that was read
        std::vector<HistoryPoint> points;
    };
    void readNext();

    std::map<std::filesystem::path, Known> m_known;
    std::deque<std::filesystem::path> m_wanted;
    LatestJob m_job;
    bool m_reading = false;
};

} // namespace likeness::ui
