#include "ui/widgets/image_view.h"

#include "ui/util/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

namespace likeness::ui {

namespace {
constexpr double mostZoom = 64;
constexpr int leastRegionPx = 8;
} // namespace

ImageView::ImageView(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Picture"));
    setMinimumSize(96, 96);
    setMouseTracking(true);
}

void ImageView::setImage(const QImage &image)
{
    m_image = image;
    setAccessibleDescription(image.isNull() ? m_emptyText
                                            : tr("%1, %2 × %3 pixels", "name, width, height")
                                                  .arg(m_source.name)
                                                  .arg(image.width())
                                                  .arg(image.height()));
    clearRegion();
    update();
}

void ImageView::clearRegion()
{
    if (m_region.isEmpty())
        return;
    m_region = {};
    update();
    Q_EMIT regionCleared();
}

std::vector<Query> ImageView::chosenPictures() const
{
    return m_image.isNull() || !m_source.hasPicture() ? std::vector<Query>() : std::vector<Query>{m_source};
}

void ImageView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    update();
}

void ImageView::setView(const ViewWindow &view)
{
    m_view = view;
    update();
}

void ImageView::setRegionMarking(bool on)
{
    m_marking = on;
    clearRegion();
    setCursor(on ? Qt::CrossCursor : Qt::ArrowCursor);
    update();
}

double ImageView::scale() const
{
    if (m_image.isNull())
        return 1;
    const double fit = qMin(double(width()) / m_image.width(), double(height()) / m_image.height());
    return fit * m_view.zoom;
}

QRectF ImageView::pictureRect() const
{
    const QSizeF size = QSizeF(m_image.size()) * scale();
    return {
        QPointF(width() / 2.0 - m_view.centre.x() * size.width(), height() / 2.0 - m_view.centre.y() * size.height()),
        size};
}

QPointF ImageView::toPicture(QPointF position) const
{
    return (position - pictureRect().topLeft()) / scale();
}

void ImageView::moveTo(ViewWindow view)
{
    view.zoom = qBound(1.0, view.zoom, mostZoom);
    const double half = 0.5 / view.zoom;
    view.centre = {qBound(half, view.centre.x(), 1 - half), qBound(half, view.centre.y(), 1 - half)};
    if (view == m_view)
        return;
    m_view = view;
    update();
    Q_EMIT viewChanged(view);
}

void ImageView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window).darker(isDark() ? 130 : 106));
    if (m_image.isNull()) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect().adjusted(gap, gap, -gap, -gap), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform, scale() < 4);
    painter.drawImage(pictureRect(), m_image);
    if (!m_region.isEmpty()) {
        const QRectF picture = pictureRect();
        const QRectF marked(picture.topLeft() + QPointF(m_region.topLeft()) * scale(),
                            QSizeF(m_region.size()) * scale());
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawRect(marked);
    }
    paintEnlargement(painter);
    if (hasFocus()) {
        painter.setPen(palette().color(QPalette::Highlight));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void ImageView::paintEnlargement(QPainter &painter) const
{
    const double percent = 100 * scale() * devicePixelRatioF();
    if (percent < 101)
        return;
    painter.setFont(typeFont(Type::Caption));
    const QString text = tr("enlarged to %1 %").arg(qRound(percent));
    QRect room = painter.fontMetrics().boundingRect(text).adjusted(-gap / 2, -2, gap / 2, 2);
    room.moveBottomRight(rect().bottomRight() - QPoint(gap / 2, gap / 2));
    QColor ground = palette().color(QPalette::Base);
    ground.setAlpha(200);
    painter.fillRect(room, ground);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(room, Qt::AlignCenter, text);
}

void ImageView::wheelEvent(QWheelEvent *event)
{
    if (m_image.isNull())
        return;
    const QPointF under = toPicture(event->position());
    ViewWindow view = m_view;
    view.zoom = qBound(1.0, view.zoom * std::pow(1.0015, event->angleDelta().y()), mostZoom);
    // The pixel under the cursor stays there.
    const double newScale = scale() / m_view.zoom * view.zoom;
    const QPointF centre = under - (event->position() - QPointF(width(), height()) / 2) / newScale;
    view.centre = {centre.x() / m_image.width(), centre.y() / m_image.height()};
    moveTo(view);
    event->accept();
}

void ImageView::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->position();
    m_pressedView = m_view;
    clearRegion();
}

void ImageView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton) || m_image.isNull())
        return;
    if (m_marking) {
        const QRectF marked = QRectF(toPicture(m_pressed), toPicture(event->position())).normalized();
        m_region = marked.toAlignedRect().intersected(m_image.rect());
        update();
        return;
    }
    const QPointF moved = (event->position() - m_pressed) / scale();
    moveTo({m_pressedView.centre - QPointF(moved.x() / m_image.width(), moved.y() / m_image.height()), m_view.zoom});
}

void ImageView::mouseReleaseEvent(QMouseEvent *)
{
    if (m_marking && m_region.width() >= leastRegionPx && m_region.height() >= leastRegionPx)
        Q_EMIT regionMarked(m_region);
}

void ImageView::mouseDoubleClickEvent(QMouseEvent *)
{
    moveTo({});
}

void ImageView::keyPressEvent(QKeyEvent *event)
{
    ViewWindow view = m_view;
    if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal)
        view.zoom *= 1.25;
    else if (event->key() == Qt::Key_Minus)
        view.zoom /= 1.25;
    else if (event->key() == Qt::Key_0)
        view = {};
    else if (event->key() == Qt::Key_Z && !m_image.isNull())
        view.zoom = m_view.zoom / scale() / devicePixelRatioF();
    else
        return QWidget::keyPressEvent(event);
    moveTo(view);
}

} // namespace likeness::ui
