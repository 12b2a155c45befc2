#include "ui/closing.h"

#include <QMessageBox>
#include <QPushButton>

namespace likeness::ui {

Closing::Closing(Session &session, QWidget &window) : QObject(&window), m_session(session), m_window(window)
{
    for (TaskRunner *lane : {&session.tasks(), &session.jobs(), &session.training().tasks()}) {
        connect(lane, &TaskRunner::idle, this, &Closing::goOn);
        connect(lane, &TaskRunner::failed, this, [this] {
            if (m_state == State::WhenFinished)
                m_state = State::Open; // nobody would see why
        });
    }
}

QStringList Closing::longJobs() const
{
    QStringList names;
    if (m_session.jobs().isRunning())
        names << m_session.jobs().title() << m_session.jobs().waiting();
    if (m_session.training().isRunning())
        names << m_session.training().tasks().title();
    return names;
}

bool Closing::isBusy() const
{
    return m_session.isBusy() || m_session.training().isRunning();
}

bool Closing::mayClose()
{
    if (!isBusy() || m_state == State::Stopping)
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
    m_question->setInformativeText(m_session.training().isRunning()
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
    for (TaskRunner *lane : {&m_session.tasks(), &m_session.jobs(), &m_session.training().tasks()})
        lane->cancelAll();
    Q_EMIT message(tr("Stopping. Close the window once more to end at once."));
    goOn();
}

void Closing::goOn()
{
    if (m_state != State::Open && !isBusy())
        QMetaObject::invokeMethod(&m_window, &QWidget::close, Qt::QueuedConnection);
}

} // namespace likeness::ui
