#include "ui/tasks/task_bar.h"

#include "ui/util/convert.h"
#include "ui/util/theme.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

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

TaskBar::TaskBar(TaskRunner &runner, QWidget *parent)
    : QWidget(parent),
      m_title(new QLabel),
      m_detail(new QLabel),
      m_progress(new QProgressBar),
      m_cancel(new QToolButton)
{
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(gap * 2);
    m_cancel->setText(tr("Cancel"));
    m_cancel->setIcon(themeIcon("dialog-cancel"));
    m_cancel->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_cancel->setObjectName(QStringLiteral("cancelTask"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(gap, gap / 2, gap, gap / 2);
    layout->setSpacing(gap);
    layout->addWidget(m_title);
    layout->addWidget(m_progress, 1);
    layout->addWidget(m_detail);
    layout->addWidget(m_cancel);
    setVisible(runner.isRunning());
    connect(m_cancel, &QToolButton::clicked, &runner, &TaskRunner::cancel);
    connect(&runner, &TaskRunner::started, this, [this](const QString &title) {
        m_title->setText(title);
        m_detail->clear();
        m_progress->setRange(0, 0);
        setVisible(true);
    });
    connect(&runner, &TaskRunner::progressed, this, &TaskBar::show);
    connect(&runner, &TaskRunner::idle, this, [this] { setVisible(false); });
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
