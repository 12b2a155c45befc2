#include "ui/tasks/task_bar.h"

#include "ui/util/convert.h"
#include "ui/util/dismiss.h"
#include "ui/util/theme.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace likeness::ui {

QString progressText(const TaskState &state)
{
    if (state.total <= 0)
        return {};
    const auto counted = [&](double value) {
        return state.unit == Unit::Bytes ? byteText(qint64(value)) : QString::number(value, 'f', 0);
    };
    QString text = TaskBar::tr("%1 of %2").arg(counted(double(state.done)), counted(double(state.total)));
    if (state.done > 0 && state.seconds > 0.2) {
        const double rate = double(state.done) / state.seconds;
        text += TaskBar::tr(", %1/s").arg(state.unit == Unit::Items && rate < 10 ? QString::number(rate, 'f', 1)
                                                                                 : counted(rate));
        text += TaskBar::tr(", %1 left").arg(durationText(double(state.total - state.done) / rate));
    }
    if (state.problems > 0)
        text += TaskBar::tr(", %n problem(s)", nullptr, state.problems);
    return text;
}

TaskBar::TaskBar(const Lane &lane, QWidget *parent)
    : QWidget(parent),
      m_runner(*lane.runner),
      m_title(new QLabel),
      m_detail(new QLabel),
      m_progress(new QProgressBar),
      m_cancel(new QToolButton),
      m_queue(new QVBoxLayout)
{
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(gap * 2);
    m_cancel->setText(lane.stop ? tr("Stop") : tr("Cancel"));
    m_cancel->setIcon(themeIcon(lane.stop ? "media-playback-stop" : "dialog-cancel"));
    m_cancel->setToolTip(lane.stop ? tr("Ends it here; what it has come to is kept") : QString());
    m_cancel->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_cancel->setObjectName(QString::fromLatin1(lane.buttonName));
    auto *layout = new QHBoxLayout;
    layout->setSpacing(gap);
    layout->addWidget(m_title);
    layout->addWidget(m_progress, 1);
    layout->addWidget(m_detail);
    if (lane.show) {
        auto *show = new QToolButton;
        show->setText(tr("Show"));
        show->setToolTip(tr("Leads to the page of this work"));
        show->setObjectName(QString::fromLatin1(lane.buttonName) + QStringLiteral("Show"));
        layout->addWidget(show);
        connect(show, &QToolButton::clicked, this, lane.show);
    }
    layout->addWidget(m_cancel);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(gap, gap / 2, gap, gap / 2);
    column->setSpacing(gap / 2);
    column->addLayout(layout);
    column->addLayout(m_queue);
    m_title->setText(m_runner.title()); // the window may have been built anew meanwhile
    m_progress->setRange(0, 0);
    showQueue();
    setVisible(m_runner.isRunning());
    connect(m_cancel, &QToolButton::clicked, &m_runner,
            [&runner = m_runner, stop = lane.stop] { stop ? stop() : runner.cancel(); });
    connect(&m_runner, &TaskRunner::started, this, [this](const QString &title) {
        m_title->setText(title);
        m_detail->clear();
        m_progress->setRange(0, 0);
        setVisible(true);
    });
    connect(&m_runner, &TaskRunner::progressed, this, &TaskBar::show);
    connect(&m_runner, &TaskRunner::queueChanged, this, &TaskBar::showQueue);
    connect(&m_runner, &TaskRunner::idle, this, [this] { setVisible(false); });
}

void TaskBar::showQueue()
{
    while (QLayoutItem *old = m_queue->takeAt(0)) {
        dismiss(old->widget());
        delete old;
    }
    // Where the newest replaces the others there is no list to look at: what runs is being cancelled.
    const QStringList waiting = m_runner.second() == TaskRunner::Second::Waits ? m_runner.waiting() : QStringList();
    for (int place = 0; place < waiting.size(); ++place) {
        auto *row = new QWidget;
        row->setObjectName(QStringLiteral("waitingTask"));
        auto *remove = new QToolButton;
        remove->setIcon(themeIcon("list-remove"));
        remove->setToolTip(tr("Take it off the list; it is not started"));
        remove->setAccessibleName(tr("Do not start: %1").arg(waiting[place]));
        auto *layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(new QLabel(tr("Waits: %1").arg(waiting[place])), 1);
        layout->addWidget(remove);
        m_queue->addWidget(row);
        connect(remove, &QToolButton::clicked, this, [this, place] { m_runner.remove(place); });
    }
}

LaneBars::LaneBars(std::initializer_list<TaskBar::Lane> lanes, QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addStretch();
    int height = 0;
    for (const TaskBar::Lane &lane : lanes) {
        auto *bar = new TaskBar(lane);
        height = std::max(height, bar->sizeHint().height());
        column->addWidget(bar);
    }
    setMinimumHeight(height);
}

void TaskBar::show(const TaskState &state)
{
    QString title = state.stage.isEmpty() ? state.title : state.stage;
    if (state.stageCount > 1)
        title = tr("%1 (step %2 of %3)").arg(title).arg(state.stageIndex).arg(state.stageCount);
    m_title->setText(title);
    m_detail->setText(progressText(state));
    if (state.total > 0) {
        m_progress->setRange(0, 1000);
        m_progress->setValue(int(1000 * state.done / state.total));
    } else {
        m_progress->setRange(0, 0);
    }
}

} // namespace likeness::ui
