#pragma once

#include "ui/util/theme.h"

#include <QToolButton>

namespace likeness::ui {

/// Icon and text side by side, with a tool tip.
inline QToolButton *toolButton(const char *icon, const QString &text, const QString &tip, bool checkable = false)
{
    auto *button = new QToolButton;
    button->setIcon(themeIcon(icon));
    button->setText(text);
    button->setToolTip(tip);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setCheckable(checkable);
    return button;
}

} // namespace likeness::ui
