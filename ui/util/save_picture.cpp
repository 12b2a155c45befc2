#include "ui/util/save_picture.h"

#include "core/base/file.h"
#include "ui/util/convert.h"
#include "ui/util/file_dialogs.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QPainter>
#include <QSvgGenerator>
#include <QToolTip>
#include <QWidget>

namespace likeness::ui {

QString savePicture(const QString &file, QWidget &widget, const std::function<void(QPainter &)> &paint,
                    const QByteArray &csv, double scale)
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
        QImage picture((QSizeF(widget.size()) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
        picture.setDevicePixelRatio(scale);
        picture.fill(widget.palette().color(QPalette::Window));
        widget.render(&picture);
        picture.setDevicePixelRatio(1); // viewers take the pixels as they are
        picture.save(&buffer, "PNG");
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
    const QString file = askWhereToSave(&over, title, suggested, kinds);
    if (file.isEmpty())
        return;
    const QString failure = save(file);
    const QString written = QCoreApplication::translate("likeness::ui::SavePicture", "Written: %1");
    QToolTip::showText(over.mapToGlobal(over.rect().center()), failure.isEmpty() ? written.arg(file) : failure, &over);
}

} // namespace likeness::ui
