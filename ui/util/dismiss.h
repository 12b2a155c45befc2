#pragma once

#include <QWidget>

namespace likeness::ui {

/// Takes a part of a form away that is built anew: out of sight, and nobody finds it as a child any more, at once;
/// deleted a moment later, as one of its editors may be in the middle of a signal. Null is fine.
inline void dismiss(QWidget *widget)
{
    if (!widget)
        return;
    widget->hide();
    widget->setParent(nullptr);
    widget->deleteLater();
}

} // namespace likeness::ui
