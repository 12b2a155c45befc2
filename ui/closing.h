#pragma once

#include "ui/session.h"

#include <QPointer>

class QMessageBox;

namespace likeness::ui {

/// What becomes of work when the window is closed: asks about long jobs, then lets them finish or stops them, and
/// closes the window when that has come about. Nothing here waits for a worker.
class Closing final : public QObject {
    Q_OBJECT

public:
    Closing(Session &session, QWidget &window);
    /// For a close event: whether the window may close now. It may where nothing runs, and where it is closed once more
    /// while it is stopping.
    bool mayClose();
    bool isBusy() const;

Q_SIGNALS:
    void message(const QString &text);

private:
    std::vector<TaskRunner *> lanes() const;
    QStringList longJobs() const;
    bool isAllStopping() const;
    void ask(const QStringList &jobs);
    void stop();
    void goOn(); ///< a lane is idle

    enum class State { Open, WhenFinished, Stopping };
    Session &m_session;
    QWidget &m_window;
    State m_state = State::Open;
    QPointer<QMessageBox> m_question;
};

} // namespace likeness::ui
