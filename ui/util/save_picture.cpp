#include "ui/util/save_picture.h"

#include "core/base/file.h"
#include "ui/util/convert.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileDialog>
#include <QPainter>
#include <QPixmap>
#include <QSvgGenerator>
#include <QToolTip>
#include <QWidget>

namespace likeness::ui {

QString savePicture(const QString &file, QWidget &widget, const std::function<void(QPainter &)> &paint,
                    const QByteArray &csv)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (file.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive)) {
        bytes = csv;
    } else if (file.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive)) {
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setSize(widget.size());
        generator.setViewBox(widget.rect());
        QPainter painter(&generator);
        paint(painter);
        painter.end();
    } else {
        widget.grab().save(&buffer, "PNG");
    }
    try {
        writeFileAside(toPath(file), [&bytes](std::ostream &out) { out.write(bytes.constData(), bytes.size()); });
    } catch (const Error &error) {
        return toQString(error.message());
    }
    return {};
}

void askAndSave(QWidget &over, const QString &title, const QString &suggested, const QString &kinds,
                const std::function<QString(const QString &file)> &save)
{
    const QString file = QFileDialog::getSaveFileName(&over, title, suggested, kinds);
    if (file.isEmpty())
        return;
    const QString failure = save(file);
    const QString written = QCoreApplication::translate("likeness::ui::SavePicture", "Written: %1");
    QToolTip::showText(over.mapToGlobal(over.rect().center()), failure.isEmpty() ? written.arg(file) : failure, &over);
}

} // namespace likeness::ui
