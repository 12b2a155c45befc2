#include "ui/tasks/task_runner.h"

#include "ui/util/convert.h"

namespace likeness::ui {

using Clock = std::chrono::steady_clock;

void UiTaskContext::stage(const char *title, int index, int count, Unit unit)
{
    const std::lock_guard lock(m_mutex);
    m_state.stage = coreText(title);
    m_state.stageIndex = index;
    m_state.stageCount = count;
    m_state.unit = unit;
    m_state.done = m_state.total = 0;
    m_stageStart = Clock::now();
}

void UiTaskContext::progress(std::int64_t done, std::int64_t total)
{
    const std::lock_guard lock(m_mutex);
    m_state.done = std::max<qint64>(m_state.done, done); // workers may report out of order
    m_state.total = total;
}

void UiTaskContext::problem(const Problem &problem)
{
    const std::lock_guard lock(m_mutex);
    m_problems.push_back(problem);
}

void UiTaskContext::deliver(std::function<void()> call)
{
    const std::lock_guard lock(m_mutex);
    m_deliveries.push_back(std::move(call));
}

TaskRunner::TaskRunner(Second second, QObject *parent) : QObject(parent), m_second(second)
{
    m_timer.setInterval(50);
    connect(&m_timer, &QTimer::timeout, this, &TaskRunner::drain);
}

TaskRunner::~TaskRunner()
{
    cancelAll();
    if (m_thread.joinable())
        m_thread.join(); // the program ends; work answers a cancel within one image
}

void TaskRunner::start(const QString &title, Work work, std::function<void()> done)
{
    begin({title, std::move(work), std::move(done)});
}

void TaskRunner::startFor(QObject &receiver, const QString &title, Work work, std::function<void()> done)
{
    begin({title, std::move(work), std::move(done), QPointer<QObject>(&receiver)});
}

void TaskRunner::begin(Job job)
{
    if (!m_running)
        return launch(std::move(job));
    if (m_second == Second::Replaces) {
        m_waiting.clear();
        m_context->m_cancelled = true;
    }
    m_waiting.push_back(std::move(job));
    Q_EMIT queueChanged();
}

void TaskRunner::launch(Job job)
{
    m_current = std::move(job);
    m_problems.clear();
    m_context = std::make_shared<UiTaskContext>();
    m_context->m_state.title = m_current.title;
    m_context->m_stageStart = Clock::now();
    m_running = true;
    m_timer.start();
    Q_EMIT started(m_current.title);
    m_thread = std::thread([this, context = m_context, kept = std::exchange(m_current.work, {})]() mutable {
        Outcome outcome = Outcome::Finished;
        QString message;
        try {
            const Work work = std::exchange(kept, {}); // what it holds is let go before the end is reported
            work(*context);
        } catch (const Cancelled &) {
            outcome = Outcome::Cancelled;
        } catch (const Error &error) {
            outcome = Outcome::Failed;
            message = toQString(error.message());
        } catch (const std::exception &error) {
            outcome = Outcome::Failed;
            message = QString::fromUtf8(error.what());
        }
        QMetaObject::invokeMethod(
            this, [this, outcome, message] { end(outcome, message); }, Qt::QueuedConnection);
    });
}

void TaskRunner::cancel()
{
    if (m_context)
        m_context->m_cancelled = true;
    if (m_second == Second::Replaces)
        cancelAll();
}

void TaskRunner::cancelAll()
{
    if (m_context)
        m_context->m_cancelled = true;
    if (m_waiting.empty())
        return;
    m_waiting.clear();
    Q_EMIT queueChanged();
}

void TaskRunner::remove(int place)
{
    if (place < 0 || place >= int(m_waiting.size()))
        return;
    m_waiting.erase(m_waiting.begin() + place);
    Q_EMIT queueChanged();
}

QStringList TaskRunner::waiting() const
{
    QStringList titles;
    for (const Job &job : m_waiting)
        titles << job.title;
    return titles;
}

void TaskRunner::drain()
{
    if (!m_context)
        return;
    TaskState state;
    std::vector<std::function<void()>> deliveries;
    {
        const std::lock_guard lock(m_context->m_mutex);
        m_context->m_state.seconds = std::chrono::duration<double>(Clock::now() - m_context->m_stageStart).count();
        m_context->m_state.problems = int(m_context->m_problems.size());
        state = m_context->m_state;
        deliveries.swap(m_context->m_deliveries);
    }
    if (!m_context->m_cancelled)
        for (const auto &call : deliveries)
            if (m_current.isReceived())
                call();
    Q_EMIT progressed(state);
}

void TaskRunner::end(Outcome outcome, const QString &message)
{
    m_thread.join(); // has nothing left to do: what it wrote is ours
    drain();
    m_timer.stop();
    m_problems = std::move(m_context->m_problems);
    m_running = false;
    auto done = std::exchange(m_current.done, {});
    // Cancelled after its last step: whoever cancelled does not expect a result any more.
    if (outcome == Outcome::Finished && m_context->m_cancelled)
        outcome = Outcome::Cancelled;
    if (outcome == Outcome::Finished) {
        if (done && m_current.isReceived())
            done();
        done = {};
        Q_EMIT finished();
    } else if (done = {}; outcome == Outcome::Cancelled) {
        Q_EMIT cancelled();
    } else {
        Q_EMIT failed(message);
    }
    if (m_running)
        return; // a handler started the next one
    if (!m_waiting.empty()) {
        Job next = std::move(m_waiting.front());
        m_waiting.pop_front();
        launch(std::move(next));
        Q_EMIT queueChanged();
        return;
    }
    Q_EMIT idle();
}

} // namespace likeness::ui
