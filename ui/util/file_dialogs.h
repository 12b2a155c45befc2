#pragma once

#include <QStringList>

class QWidget;

namespace likeness::ui {

// Dialogs that start in the folder where the last one of the program was left, also after a restart.

/// An existing folder, or empty where the user changed his mind. `start`: where else to begin.
QString askForFolder(QWidget *over, const QString &title, const QString &start = {});
/// An existing file; `kinds` as QFileDialog has them.
QString askForFile(QWidget *over, const QString &title, const QString &kinds = {});
QStringList askForFiles(QWidget *over, const QString &title, const QString &kinds);
/// A file to write; Qt asks before one that exists is replaced. `suggested`: a name, or a whole path to begin with.
QString askWhereToSave(QWidget *over, const QString &title, const QString &suggested, const QString &kinds);

} // namespace likeness::ui
