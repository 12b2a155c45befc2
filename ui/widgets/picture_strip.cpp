#include "ui/widgets/picture_strip.h"

#include "ui/models/thumbnail_provider.h"
#include "ui/util/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace likeness::ui {

namespace {

constexpr int between = gap / 2;

/// Cut to the shape of its place, in the middle.
void drawFilling(QPainter &painter, const QRect &place, const QPixmap &picture)
{
    const QSizeF shape = QSizeF(place.size()).scaled(picture.size(), Qt::KeepAspectRatio);
    const QRectF part(QPointF((picture.width() - shape.width()) / 2, (picture.height() - shape.height()) / 2), shape);
    painter.drawPixmap(place, picture, part);
}

} // namespace

PictureStrip::PictureStrip(ThumbnailProvider &thumbnails, Form form, int heightPx, QWidget *parent)
    : QWidget(parent), m_thumbnails(thumbnails), m_form(form)
{
    setFixedHeight(heightPx);
    setAttribute(Qt::WA_TransparentForMouseEvents); // the card below is what is pressed
    if (form == Form::Square)
        setFixedWidth(heightPx);
    connect(&thumbnails, &ThumbnailProvider::arrived, this, qOverload<>(&QWidget::update));
}

QSize PictureStrip::sizeHint() const
{
    return m_form == Form::Square ? QSize(height(), height()) : QSize(4 * height(), height());
}

void PictureStrip::setPictures(std::vector<std::filesystem::path> pictures)
{
    m_pictures = std::move(pictures);
    update();
}

void PictureStrip::setImage(int place, const QImage &image)
{
    m_images.insert(place, image);
    update();
}

QRect PictureStrip::placeOf(int place) const
{
    if (m_form == Form::Square) {
        const int side = (height() - between) / 2;
        return place < 4 ? QRect((place % 2) * (side + between), (place / 2) * (side + between), side, side) : QRect();
    }
    const int least = height() * 4 / 3, count = qMax(1, (width() + between) / (least + between));
    const int from = place * (width() + between) / count, to = (place + 1) * (width() + between) / count - between;
    return place < count ? QRect(from, 0, to - from, height()) : QRect();
}

QPixmap PictureStrip::pictureAt(int place) const
{
    if (place < int(m_pictures.size())) {
        const int side = qRound(qMax(placeOf(place).width(), placeOf(place).height()) * devicePixelRatioF());
        if (const auto thumbnail = m_thumbnails.thumbnail(m_pictures[std::size_t(place)], side);
            !thumbnail.pixmap.isNull())
            return thumbnail.pixmap;
    }
    const QImage drawn = m_images.value(place);
    return drawn.isNull() ? QPixmap() : QPixmap::fromImage(drawn);
}

void PictureStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    for (int place = 0; !placeOf(place).isNull(); ++place) {
        const QRect at = placeOf(place);
        QPainterPath shape;
        shape.addRoundedRect(at, gap / 2, gap / 2);
        painter.setClipPath(shape);
        painter.fillRect(at, hairlineColour());
        if (const QPixmap picture = pictureAt(place); !picture.isNull())
            drawFilling(painter, at, picture);
    }
}

} // namespace likeness::ui
