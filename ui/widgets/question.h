#pragma once

#include <QMessageBox>
#include <QPushButton>

namespace likeness::ui {

/// Asks before something that cannot be taken back. The button that does it is named `action`; Enter and Escape leave
/// everything as it is.
inline bool askBefore(QWidget &over, const QString &title, const QString &question, const QString &action)
{
    QMessageBox box(QMessageBox::Warning, title, question, QMessageBox::Cancel, &over);
    const QAbstractButton *go = box.addButton(action, QMessageBox::DestructiveRole);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    return box.clickedButton() == go;
}

} // namespace likeness::ui
