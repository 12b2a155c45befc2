#pragma once

#include "ui/tasks/task_runner.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace likeness::ui {

/// The one face of long work: title, stage n of m, count, rate, time left, problems so far, Cancel. Hidden when idle.
class TaskBar final : public QWidget {
    Q_OBJECT

public:
    explicit TaskBar(TaskRunner &runner, QWidget *parent = nullptr);

private:
    void show(const TaskState &state);

    QLabel *m_title, *m_detail;
    QProgressBar *m_progress;
    QToolButton *m_cancel;
};

/// "120 of 500, 45/s, 8 s left": what the bar says; empty where nothing was counted yet.
QString progressText(const TaskState &state);

} // namespace likeness::ui
