#include "ui/util/save_picture.h"

#include "core/base/file.h"
#include "ui/util/convert.h"
#include "ui/util/file_dialogs.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QMenu>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <QToolButton>
#include <QToolTip>
#include <QWidget>

namespace likeness::ui {

QString savePicture(const QString &file, QWidget &widget, const std::function<void(QPainter &)> &paint,
                    const QByteArray &table, double scale)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (file.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive) ||
        file.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive)) {
        bytes = table;
    } else if (file.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive)) {
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setSize(widget.size());
        generator.setViewBox(widget.rect());
        QPainter painter(&generator);
        paint(painter);
        painter.end();
    } else if (file.endsWith(QStringLiteral(".pdf"), Qt::CaseInsensitive)) {
        constexpr double dpi = 96; // a pixel of the screen
        QPdfWriter writer(&buffer);
        writer.setResolution(int(dpi));
        writer.setPageSize(QPageSize(QSizeF(widget.size()) / dpi, QPageSize::Inch));
        writer.setPageMargins({});
        QPainter painter(&writer);
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

QMenu *exportMenu(QToolButton &button, bool vectors, const QStringList &tables,
                  const std::function<void(const ExportKind &)> &chosen)
{
    const auto text = [](const char *source) {
        return QCoreApplication::translate("likeness::ui::SavePicture", source);
    };
    QList<ExportKind> kinds;
    for (const int scale : {1, 2, 4})
        kinds << ExportKind{
            text(QT_TRANSLATE_NOOP("likeness::ui::SavePicture", "Picture, %1 pixel(s) for each one here")).arg(scale),
            QStringLiteral("png"), double(scale)};
    if (vectors) {
        kinds << ExportKind{text(QT_TRANSLATE_NOOP("likeness::ui::SavePicture", "Vectors, for the web (SVG)")),
                            QStringLiteral("svg")};
        kinds << ExportKind{text(QT_TRANSLATE_NOOP("likeness::ui::SavePicture", "Vectors, for a paper (PDF)")),
                            QStringLiteral("pdf")};
    }
    for (const QString &table : tables)
        kinds << ExportKind{text(QT_TRANSLATE_NOOP("likeness::ui::SavePicture", "Numbers (%1)")).arg(table.toUpper()),
                            table};
    auto *menu = new QMenu(&button);
    for (const ExportKind &kind : kinds)
        QObject::connect(menu->addAction(kind.text), &QAction::triggered, &button, [kind, chosen] { chosen(kind); });
    button.setMenu(menu);
    button.setPopupMode(QToolButton::InstantPopup);
    return menu;
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
