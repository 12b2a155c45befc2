#pragma once

#include <QObject>
#include <QThreadPool>
#include <functional>
#include <memory>

namespace likeness::ui {

/// Small work behind the window of which only the newest matters: a picture to show, a comparison to draw. Older
/// results are dropped.
class LatestJob final : public QObject {
    Q_OBJECT

public:
    explicit LatestJob(QObject *parent = nullptr) : QObject(parent) { m_pool.setMaxThreadCount(1); }
    ~LatestJob() override
    {
        m_pool.clear();
        m_pool.waitForDone();
    }

    /// `work` runs on another thread and returns what is to be done on the GUI thread. What it throws is logged and
    /// shows nothing.
    void start(std::function<std::function<void()>()> work)
    {
        const int number = ++m_newest;
        m_pool.clear(); // what has not begun is out of date
        m_pool.start([this, number, work = std::move(work)] {
            std::function<void()> show = [] {};
            try {
                show = work();
            } catch (const std::exception &error) {
                qWarning("%s", error.what());
            }
            QMetaObject::invokeMethod(
                this,
                [this, number, show = std::move(show)] {
                    if (number == m_newest)
                        show();
                },
                Qt::QueuedConnection);
        });
    }

private:
    QThreadPool m_pool;
    int m_newest = 0;
};

} // namespace likeness::ui
