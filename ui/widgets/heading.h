#pragma once

#include "ui/util/theme.h"

#include <QLabel>

namespace likeness::ui {

/// A label in a size of the one scale of type; plain text.
inline QLabel *heading(const QString &text, Type type = Type::Section)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setFont(typeFont(type));
    if (type == Type::Caption)
        label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace likeness::ui
