#pragma once

#include "ui/tasks/task_runner.h"

#include <QObject>
#include <functional>

namespace likeness::ui {

/// What a page keeps beyond its widgets, by Session::kept(): the window is built anew when language or look change.
/// Long jobs write into it on the GUI thread, and the page that is there then shows it.
class PageState : public QObject {
    Q_OBJECT

Q_SIGNALS:
    void changed();
};

/// How a job writes into what a page keeps: with the command line that does the same, and only as long as it `belongs`
/// there.
template <class State> class PageWriter {
public:
    PageWriter(
        State &kept, QString command, std::function<bool()> belongs = [] { return true; })
        : m_kept(&kept), m_command(std::move(command)), m_belongs(std::move(belongs))
    {
    }
    /// `change` is made on the GUI thread; then the page that is there shows it.
    void operator()(UiTaskContext &context, std::function<void(State &)> change) const
    {
        context.deliver([writer = *this, change = std::move(change)] {
            if (!writer.m_belongs())
                return;
            writer.m_kept->command = writer.m_command;
            change(*writer.m_kept);
            Q_EMIT writer.m_kept->changed();
        });
    }

private:
    State *m_kept;
    QString m_command;
    std::function<bool()> m_belongs;
};

} // namespace likeness::ui
