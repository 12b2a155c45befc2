#include "ui/closing.h"

#include <QMessageBox>
#include <QPushButton>
#include <algorithm>

namespace likeness::ui {

Closing::Closing(Session &session, QWidget &window) : QObject(&window), m_session(session), m_window(window)
{
    for (TaskRunner *lane : lanes()) {
        connect(lane, &TaskRunner::idle, this, &Closing::goOn);
        connect(lane, &TaskRunner::failed, this, [this] {
            if (m_state == State::WhenFinished)
                m_state = State::Open; // nobody would see why
        });
    }
}

std::vector<TaskRunner *> Closing::lanes() const
{
    const auto own = m_session.lanes();
    std::vector<TaskRunner *> all(own.begin(), own.end());
    all.push_back(&m_session.trainingTasks());
    return all;
}

QStringList Closing::longJobs() const
{
    QStringList names;
    for (TaskRunner *lane : {&m_session.deeds(), &m_session.jobs(), &m_session.trainingTasks()})
        if (lane->isRunning())
            names << lane->title() << lane->waiting();
    return names;
}

/// Nothing began since.
bool Closing::isAllStopping() const
{
    return m_state == State::Stopping && std::ranges::all_of(lanes(), [](const TaskRunner *lane) {
               return !lane->isRunning() || (lane->isCancelling() && lane->waiting().isEmpty());
           });
}

bool Closing::isBusy() const
{
    return std::ranges::any_of(lanes(), &TaskRunner::isRunning);
}

bool Closing::mayClose()
{
    if (!isBusy() || isAllStopping())
        return true;
    const QStringList jobs = longJobs();
    if (jobs.isEmpty())
        stop(); // a search alone is made again at any time
    else if (!m_question || !m_question->isVisible())
        ask(jobs);
    return false;
}

void Closing::ask(const QStringList &jobs)
{
    m_question = new QMessageBox(QMessageBox::Question, tr("Work is going on"),
                                 tr("This has not finished:") + QStringLiteral("\n\n") + jobs.join(QLatin1Char('\n')),
                                 QMessageBox::NoButton, &m_window);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    m_question->setInformativeText(m_session.trainingTasks().isRunning()
                                       ? tr("Stopped, a training is saved where it is and can go on later; of other "
                                            "work what was computed is kept.")
                                       : tr("Stopped, what was computed is kept and need not be computed again."));
    QPushButton *finish = m_question->addButton(tr("Close when it has finished"), QMessageBox::AcceptRole);
    QPushButton *stopNow = m_question->addButton(tr("Stop and close"), QMessageBox::DestructiveRole);
    QPushButton *stay = m_question->addButton(tr("Do not close"), QMessageBox::RejectRole);
    finish->setObjectName(QStringLiteral("closeWhenFinished"));
    stopNow->setObjectName(QStringLiteral("stopAndClose"));
    stay->setObjectName(QStringLiteral("doNotClose"));
    m_question->setDefaultButton(stay);
    m_question->setEscapeButton(stay);
    connect(finish, &QPushButton::clicked, this, [this] {
        m_state = State::WhenFinished;
        Q_EMIT message(tr("The window closes when this has finished: %1").arg(longJobs().join(QStringLiteral(", "))));
        goOn();
    });
    connect(stopNow, &QPushButton::clicked, this, &Closing::stop);
    connect(stay, &QPushButton::clicked, this, [this] { m_state = State::Open; });
    m_question->open();
}

void Closing::stop()
{
    m_state = State::Stopping;
    for (TaskRunner *lane : lanes())
        lane->cancelAll();
    Q_EMIT message(tr("Stopping. Close the window once more to end at once."));
    goOn();
}

void Closing::goOn()
{
    if (m_state == State::Open || isBusy())
        return;
    m_state = State::Open; // what was waited for has come about; the recipe may still be asked about
    QMetaObject::invokeMethod(&m_window, &QWidget::close, Qt::QueuedConnection);
}

} // namespace likeness::ui
