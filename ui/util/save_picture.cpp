#include "ui/util/save_picture.h"

#include "core/base/file.h"
#include "ui/util/convert.h"

#include <QBuffer>
#include <QPainter>
#include <QPixmap>
#include <QSvgGenerator>
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

} // namespace likeness::ui
