#pragma once

#include <QByteArray>
#include <QString>
#include <functional>

class QPainter;
class QWidget;

namespace likeness::ui {

/// Writes what a widget shows by the extension of `file`: .svg by `paint` (a painter of the widget's size), .csv the
/// given rows, anything else as PNG with
/// `scale` pixels for each of the screen. Empty on success, else why not; the old file stays whole then.
QString savePicture(const QString &file, QWidget &widget, const std::function<void(QPainter &)> &paint,
                    const QByteArray &csv, double scale = 2);

/// Asks for a file and saves into it; a tool tip over the widget says that it was written, or what `save` says went
/// wrong (empty: nothing).
void askAndSave(QWidget &over, const QString &title, const QString &suggested, const QString &kinds,
                const std::function<QString(const QString &file)> &save);

} // namespace likeness::ui
