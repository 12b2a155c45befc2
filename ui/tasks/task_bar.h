#pragma once

#include "ui/tasks/task_runner.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;
class QVBoxLayout;

namespace likeness::ui {

/// The one face of work behind the window: title, stage n of m, count, rate, time left, problems so far, Cancel (or
/// Stop); below it what waits, each with a button that takes it off the list. Hidden when idle.
class TaskBar final : public QWidget {
    Q_OBJECT

public:
    struct Lane {
        TaskRunner *runner;
        const char *buttonName;       ///< object name of its button
        std::function<void()> stop{}; ///< ends what runs and keeps its result, instead of a cancel
        std::function<void()> show{}; ///< leads to the page of what runs
    };
    explicit TaskBar(const Lane &lane, QWidget *parent = nullptr);

private:
    void show(const TaskState &state);
    void showQueue();

    TaskRunner &m_runner;
    QLabel *m_title, *m_detail;
    QProgressBar *m_progress;
    QToolButton *m_cancel;
    QVBoxLayout *m_queue;
};

/// The bars of several lanes, in a place that is always kept free for one of them: nothing moves when work begins.
class LaneBars final : public QWidget {
    Q_OBJECT

public:
    explicit LaneBars(std::initializer_list<TaskBar::Lane> lanes, QWidget *parent = nullptr);
};

/// "120 of 500, 45/s, 8 s left": what the bar says; empty where nothing was counted yet.
QString progressText(const TaskState &state);

} // namespace likeness::ui
