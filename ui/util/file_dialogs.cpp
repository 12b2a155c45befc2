#include "ui/util/file_dialogs.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QSettings>

namespace likeness::ui {

namespace {

constexpr char key[] = "last_folder";

/// The home folder where none is known or it is gone.
QString lastFolder()
{
    const QString folder = QSettings().value(QLatin1String(key)).toString();
    return QFileInfo(folder).isDir() ? folder : QDir::homePath();
}

QString remembered(const QString &chosen, bool folder)
{
    if (!chosen.isEmpty())
        QSettings().setValue(QLatin1String(key), folder ? chosen : QFileInfo(chosen).absolutePath());
    return chosen;
}

} // namespace

QString askForFolder(QWidget *over, const QString &title, const QString &start)
{
    const QString from = start.isEmpty() ? lastFolder() : start;
    return remembered(QFileDialog::getExistingDirectory(over, title, from), true);
}

QString askForFile(QWidget *over, const QString &title, const QString &kinds)
{
    return remembered(QFileDialog::getOpenFileName(over, title, lastFolder(), kinds), false);
}

QStringList askForFiles(QWidget *over, const QString &title, const QString &kinds)
{
    const QStringList chosen = QFileDialog::getOpenFileNames(over, title, lastFolder(), kinds);
    remembered(chosen.value(0), false);
    return chosen;
}

QString askWhereToSave(QWidget *over, const QString &title, const QString &suggested, const QString &kinds)
{
    const QString from = QDir(lastFolder()).filePath(suggested); // a whole path stays as it is
    return remembered(QFileDialog::getSaveFileName(over, title, from, kinds), false);
}

} // namespace likeness::ui
