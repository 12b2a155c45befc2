#include "ui/widgets/embedding_view.h"

#include "ui/util/convert.h"

#include <QGraphicsPixmapItem>
#include <QWheelEvent>
#include <cmath>

namespace likeness::ui {

namespace {

constexpr double extent = 1000; ///< scene units from the middle to the farthest place
constexpr int shownSide = 44;

} // namespace

EmbeddingView::EmbeddingView(QWidget *parent) : QGraphicsView(parent)
{
    setScene(new QGraphicsScene(this));
    setDragMode(QGraphicsView::ScrollHandDrag);
    setTransformationAnchor(QGraphicsView::AnchorUnderMouse);
    setRenderHint(QPainter::SmoothPixmapTransform);
    setViewportUpdateMode(QGraphicsView::FullViewportUpdate);
    setAccessibleName(tr("Map of the vectors"));
}

void EmbeddingView::setMap(const EmbeddingMap &map)
{
    scene()->clear();
    m_count = int(map.places.size());
    for (const EmbeddingMap::Place &place : map.places) {
        const QPixmap pixmap = QPixmap::fromImage(toQImage(place.thumbnail))
                                   .scaled(shownSide, shownSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
        auto *item = scene()->addPixmap(pixmap);
        item->setFlag(QGraphicsItem::ItemIgnoresTransformations);
        item->setOffset(-pixmap.width() / 2.0, -pixmap.height() / 2.0);
        item->setPos(place.at.x * extent, -place.at.y * extent);
        item->setToolTip(toQString(place.name));
    }
    QRectF all;
    for (const EmbeddingMap::Place &place : map.places)
        all |= QRectF(place.at.x * extent - 1, -place.at.y * extent - 1, 2, 2);
    m_places = all.marginsAdded({0.1 * extent, 0.1 * extent, 0.1 * extent, 0.1 * extent});
    scene()->setSceneRect(-2 * extent, -2 * extent, 4 * extent, 4 * extent);
    m_zoomed = false;
    fit();
}

void EmbeddingView::fit()
{
    fitInView(m_places, Qt::KeepAspectRatio);
}

void EmbeddingView::wheelEvent(QWheelEvent *event)
{
    m_zoomed = true;
    const double factor = std::pow(1.25, event->angleDelta().y() / 120.0), now = transform().m11();
    if (now * factor > 0.02 && now * factor < 50)
        scale(factor, factor);
    event->accept();
}

void EmbeddingView::resizeEvent(QResizeEvent *event)
{
    QGraphicsView::resizeEvent(event);
    if (!m_zoomed)
        fit();
}

void EmbeddingView::drawForeground(QPainter *painter, const QRectF &rect)
{
    QGraphicsView::drawForeground(painter, rect);
    if (m_count > 0)
        return;
    painter->resetTransform();
    painter->setPen(palette().color(QPalette::Text));
    painter->drawText(
        viewport()->rect(), int(Qt::AlignCenter) | int(Qt::TextWordWrap),
        tr("Choose a run and press “Show the map”: images that the network takes for alike lie together."));
}

} // namespace likeness::ui
