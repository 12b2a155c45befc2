#pragma once

#include <QObject>

namespace likeness::ui {

/// What a page keeps beyond its widgets, by Session::kept(): the window is built anew when language or look change.
/// Long jobs write into it on the GUI thread, and the page that is there then shows it.
class PageState : public QObject {
    Q_OBJECT

Q_SIGNALS:
    void changed();
};

} // namespace likeness::ui
