#include "ui/training_session.h"

#include "ui/util/convert.h"

#include <sys/resource.h>

namespace likeness::ui {

/// On the thread of the run; passes everything to the GUI thread.
class TrainingSession::Observer final : public TrainingObserver {
public:
    Observer(TrainingSession &session, UiTaskContext &context) : m_session(session), m_context(context) {}
    void begun(const TrainingFacts &facts) override
    {
        m_context.deliver([&session = m_session, facts] {
            session.m_facts = facts;
            Q_EMIT session.stateChanged();
        });
    }
    void point(const HistoryPoint &point, const StepResult &pairs) override
    {
        m_context.deliver([&session = m_session, point, pairs] {
            session.m_points.push_back(point);
            if (!pairs.positiveDistances.empty())
                session.m_pairs = pairs;
        });
    }
    void warned(std::int64_t step, const Message &message) override
    {
        m_context.deliver([&session = m_session, step, message] {
            const QString text = tr("Step %1: %2").arg(step).arg(toQString(message));
            session.m_warnings << text;
            Q_EMIT session.warned(text);
        });
    }
    void saved(std::int64_t step) override
    {
        m_context.deliver([&session = m_session, step] { Q_EMIT session.saved(step); });
    }
    RunCommand wish() override { return m_session.m_wish; }
    bool wantsSave() override { return m_session.m_saveWanted.exchange(false); }

private:
    TrainingSession &m_session;
    UiTaskContext &m_context;
};

TrainingSession::TrainingSession(QObject *parent) : QObject(parent)
{
    connect(&m_tasks, &TaskRunner::progressed, this, [this, shown = std::size_t(0)]() mutable {
        if (m_points.size() == shown)
            return;
        shown = m_points.size();
        Q_EMIT pointsAdded();
    });
    for (const auto ended : {&TaskRunner::cancelled, &TaskRunner::idle})
        connect(&m_tasks, ended, this, [this] {
            m_wish = RunCommand::GoOn;
            Q_EMIT stateChanged();
        });
    connect(&m_tasks, &TaskRunner::failed, this, [this](const QString &message) {
        m_warnings << message;
        Q_EMIT warned(message);
    });
}

namespace {

/// What the run measured before it is gone on with.
std::vector<HistoryPoint> historyUntil(std::int64_t step, const TrainingRun &run)
{
    try {
        std::vector<HistoryPoint> points = readHistory(run.folder / "history.csv");
        std::erase_if(points, [step](const HistoryPoint &point) { return point.step > step; });
        return points;
    } catch (const Error &) { // the run itself will say what is wrong
        return {};
    }
}

} // namespace

void TrainingSession::start(const TrainingRun &run)
{
    m_points.clear();
    launch(run, tr("Training %1").arg(toQString(run.name)),
           [](const TrainingRun &chosen, UiTaskContext &task, TrainingObserver &observer) {
               return startRun(chosen, task, observer);
           });
}

void TrainingSession::resume(const TrainingRun &run, std::int64_t step)
{
    m_points.clear();
    launch(run, tr("Training %1").arg(toQString(run.name)),
           [this, step](const TrainingRun &chosen, UiTaskContext &task, TrainingObserver &observer) {
               task.deliver([this, points = historyUntil(step, chosen)] {
                   m_points = points;
                   Q_EMIT pointsAdded();
               });
               return resumeRun(chosen, step, task, observer);
           });
}

void TrainingSession::launch(
    const TrainingRun &run, const QString &title,
    const std::function<TrainingOutcome(const TrainingRun &, UiTaskContext &, TrainingObserver &)> &work)
{
    m_run = run;
    m_facts = {};
    m_pairs = {};
    m_warnings.clear();
    m_wish = RunCommand::GoOn;
    m_saveWanted = false;
    m_tasks.start(title, [this, run, work](UiTaskContext &context) {
        // The window comes first: threads that are made from here on inherit this.
        ::setpriority(PRIO_PROCESS, 0, 10);
        Observer observer(*this, context);
        const TrainingOutcome outcome = work(run, context, observer);
        context.deliver([this, outcome] { end(outcome); });
    });
    Q_EMIT stateChanged();
}

void TrainingSession::end(const TrainingOutcome &outcome)
{
    m_run.last = outcome.last;
    m_run.best = outcome.best;
    if (!outcome.failure)
        return;
    m_warnings << toQString(*outcome.failure);
    Q_EMIT warned(m_warnings.last());
}

void TrainingSession::setPaused(bool paused)
{
    m_wish = paused ? RunCommand::Pause : RunCommand::GoOn;
    Q_EMIT stateChanged();
}

void TrainingSession::stop()
{
    m_wish = RunCommand::Stop;
    if (m_facts.steps == 0) // still reading images: there is nothing to keep
        m_tasks.cancel();
    Q_EMIT stateChanged();
}

void TrainingSession::saveNow()
{
    m_saveWanted = true;
}

} // namespace likeness::ui
