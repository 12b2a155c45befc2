#include "ui/status_strip.h"

#include "ui/session.h"
#include "ui/tasks/task_bar.h"
#include "ui/training_session.h"
#include "ui/util/convert.h"
#include "ui/util/theme.h"

#include <QGridLayout>
#include <QLabel>

namespace likeness::ui {

StatusStrip::StatusStrip(Session &session, QWidget *parent)
    : QFrame(parent), m_session(session), m_messages(new MessageBar), m_status(new QLabel)
{
    m_status->setForegroundRole(QPalette::PlaceholderText);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setContentsMargins(gap, 0, gap, 0);
    m_status->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    TrainingSession &training = session.training();
    auto *lanes = new LaneBars(
        {{&session.tasks(), "cancelTask"},
         {&session.openings(), "cancelOpening"},
         {&session.deeds(), "cancelDeed"},
         {&session.jobs(), "cancelJob"},
         {&training.tasks(), "stopTraining", [&training] { training.stop(); }, [this] { Q_EMIT trainingWanted(); }}});
    auto *line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    line->setForegroundRole(QPalette::Mid);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(0);
    grid->addWidget(line, 0, 0, 1, 2);
    grid->addWidget(m_status, 1, 0, Qt::AlignVCenter);
    grid->addWidget(m_messages, 1, 0, Qt::AlignBottom); // over the status, which is there again when it goes
    grid->addWidget(lanes, 1, 1);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    for (TaskRunner *lane : session.lanes())
        follow(*lane);
    connect(&session, &Session::workspaceChanged, m_messages, &QWidget::hide);
    connect(&session, &Session::workspaceChanged, this, &StatusStrip::showOpened);
    showOpened();
}

void StatusStrip::follow(TaskRunner &lane)
{
    const auto say = [this, &lane](MessageKind kind, const QString &text, const QString &problems) {
        report(kind, text, problems);
        // What became of hours of work stays while the next job that waited runs.
        const bool stays = &lane == &m_session.jobs() && kind == MessageKind::Refusal;
        m_saidBy = stays ? nullptr : &lane;
    };
    connect(&lane, &TaskRunner::started, this, [this, &lane] {
        if (m_saidBy == &lane) // a search does not hide what became of a long job
            m_messages->hide();
        m_startedOn = m_page;
    });
    connect(&lane, &TaskRunner::failed, this,
            [say, &lane](const QString &message) { say(MessageKind::Refusal, message, problemsOf(lane)); });
    connect(&lane, &TaskRunner::cancelled, this,
            [say, &lane] { say(MessageKind::Note, tr("Cancelled. What was done is kept."), problemsOf(lane)); });
    connect(&lane, &TaskRunner::finished, this, [say, &lane] {
        const QString problems = problemsOf(lane);
        if (!problems.isEmpty())
            say(MessageKind::Refusal,
                tr("%n file(s) could not be used; everything else is done.", nullptr,
                   int(problems.count(QLatin1Char('\n')) + 1)),
                problems);
    });
}

QString StatusStrip::problemsOf(const TaskRunner &lane)
{
    QStringList lines;
    for (const Problem &problem : lane.problems())
        lines << toQString(problem.line());
    lines.removeDuplicates();
    return lines.join(QLatin1Char('\n'));
}

void StatusStrip::report(MessageKind kind, const QString &text, const QString &details)
{
    m_messageOf = m_page;
    m_messages->showMessage(kind, text, details);
}

void StatusStrip::setPage(int page)
{
    m_page = page;
    if (page != m_messageOf && page != m_startedOn)
        m_messages->hide();
}

void StatusStrip::showOpened()
{
    const Workspace *open = m_session.workspace().get();
    if (!open)
        return m_status->setText(tr("Nothing is open yet"));
    QStringList parts{tr("%n picture(s)", nullptr, open->gallery.size())};
    if (!open->queries.empty())
        parts << tr("%n query(ies)", nullptr, open->queries.size());
    m_status->setText(parts.join(QStringLiteral(" · ")));
}

} // namespace likeness::ui
