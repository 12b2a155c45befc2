#pragma once

#include "ui/widgets/bars.h"

#include <QFrame>
#include <QPointer>

class QLabel;

namespace likeness::ui {

class Session;
class TaskRunner;

/// The last line of the window, which is always there, so that nothing moves: what is open or what happened on the
/// left, what is under way on the right. Tells how each lane of the session ended.
class StatusStrip final : public QFrame {
    Q_OBJECT

public:
    explicit StatusStrip(Session &session, QWidget *parent = nullptr);
    MessageBar &messages() { return *m_messages; }
    void report(MessageKind kind, const QString &text, const QString &details = {});
    /// The message goes when this lane begins something new.
    void setSaidBy(const TaskRunner *lane) { m_saidBy = lane; }
    /// Another page is shown: a message that spoke of the page before goes.
    void setPage(int page);
    void showOpened(); ///< what is open now

Q_SIGNALS:
    void trainingWanted(); ///< the page of the training that runs

private:
    void follow(TaskRunner &lane);
    static QString problemsOf(const TaskRunner &lane); ///< one a line

    Session &m_session;
    MessageBar *m_messages;
    QLabel *m_status;
    const TaskRunner *m_saidBy = nullptr; ///< whose end the message tells
    int m_page = 0, m_messageOf = 0;      ///< shown now, and when the message came
    int m_startedOn = 0;                  ///< shown when the latest task began
};

} // namespace likeness::ui
