#pragma once

#include <QByteArray>
#include <QStringList>
#include <functional>

class QMenu;
class QPainter;
class QToolButton;
class QWidget;

namespace likeness::ui {

/// Writes what a widget shows by the extension of `file`: .svg and .pdf by `paint` (a painter of the widget's size),
/// .csv and .json the given rows, anything else as PNG with `scale` pixels for each of the screen. Empty on success,
/// else why not; the old file stays whole then.
QString savePicture(const QString &file, QWidget &widget, const std::function<void(QPainter &)> &paint,
                    const QByteArray &table, double scale = 2);

/// What a button that exports offers: pictures of three sizes, vectors, and tables by their extensions.
struct ExportKind {
    QString text, extension;
    double scale = 1;
};
/// Beside the picture at 1x, 2x and 4x. A table: "csv", "json".
QMenu *exportMenu(QToolButton &button, bool vectors, const QStringList &tables,
                  const std::function<void(const ExportKind &)> &chosen);

/// Asks for a file and saves into it; a tool tip over the widget says that it was written, or what `save` says went
/// wrong (empty: nothing).
void askAndSave(QWidget &over, const QString &title, const QString &suggested, const QString &kinds,
                const std::function<QString(const QString &file)> &save);

} // namespace likeness::ui
