#include "ui/widgets/match_view.h"

#include "ui/util/convert.h"
#include "ui/util/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

namespace likeness::ui {

namespace {

constexpr double mostZoom = 40, reachPx = 7;
constexpr int blinkMs = 500;

/// How much longer a step is in B than in A at this place.
double localScale(const QTransform &bFromA, QPointF a)
{
    const QPointF at = bFromA.map(a), right = bFromA.map(a + QPointF(1, 0)), down = bFromA.map(a + QPointF(0, 1));
    const double area =
        std::abs((right.x() - at.x()) * (down.y() - at.y()) - (right.y() - at.y()) * (down.x() - at.x()));
    return std::isfinite(area) && area > 1e-6 ? std::sqrt(area) : 1;
}

} // namespace

MatchView::MatchView(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Two pictures and their matches"));
    setMouseTracking(true);
    setMinimumSize(240, 160);
}

void MatchView::setPictures(const QImage &a, const QImage &b)
{
    m_a = a;
    m_b = b;
    m_centre = {0.5, 0.5};
    m_zoom = 1;
    setMatch(nullptr);
}

void MatchView::setMatch(std::shared_ptr<const ImageMatch> match)
{
    m_match = std::move(match);
    m_hovered = m_selected = -1;
    m_residuals.clear();
    m_warped = m_difference = {};
    if (m_match) {
        for (std::size_t i = 0; i < m_match->matches.size(); ++i)
            m_residuals.push_back(residualPx(*m_match, i));
        if (m_match->bFromA && !m_a.isNull()) {
            QPainter painter;
            m_warped = QImage(m_b.size(), QImage::Format_ARGB32_Premultiplied);
            m_warped.fill(Qt::transparent);
            painter.begin(&m_warped);
            painter.setRenderHint(QPainter::SmoothPixmapTransform);
            painter.setTransform(toTransform(*m_match->bFromA));
            painter.drawImage(0, 0, m_a);
            painter.end();
            m_difference = m_b.convertToFormat(QImage::Format_ARGB32_Premultiplied);
            painter.begin(&m_difference);
            painter.setCompositionMode(QPainter::CompositionMode_Difference);
            painter.drawImage(0, 0, m_warped);
        }
    }
    updateShown();
    if (m_match)
        setAccessibleDescription(legend().join(QStringLiteral(", ")));
}

void MatchView::clear(const QString &emptyText)
{
    setAccessibleDescription(emptyText); // it is painted
    m_emptyText = emptyText;
    setPictures({}, {});
}

void MatchView::setLook(const MatchLook &look)
{
    m_look = look;
    const bool blink = look.layout == MatchLook::Layout::Overlaid && look.overlay == MatchLook::Overlay::Blink;
    if (blink && m_blinkTimer == 0)
        m_blinkTimer = startTimer(blinkMs);
    if (!blink && m_blinkTimer != 0) {
        killTimer(m_blinkTimer);
        m_blinkTimer = 0;
    }
    updateShown();
}

void MatchView::updateShown()
{
    m_shown.clear();
    if (m_match && m_look.lines != MatchLook::Lines::None)
        for (std::size_t i = 0; i < m_match->matches.size() && int(m_shown.size()) < m_look.strongest; ++i)
            if (m_look.lines == MatchLook::Lines::All ||
                m_match->inlier[i] == (m_look.lines == MatchLook::Lines::Inliers))
                m_shown.push_back(int(i));
    update();
}

void MatchView::select(int index)
{
    m_selected = index;
    update();
}

/// What lies in the middle of the view, in pixels of the picture: B follows A through the homography.
QPointF MatchView::centreOf(bool b) const
{
    const QPointF a(m_centre.x() * m_a.width(), m_centre.y() * m_a.height());
    if (!b)
        return a;
    if (m_zoom > 1 && m_match && m_match->bFromA) {
        const QPointF followed = toTransform(*m_match->bFromA).map(a);
        if (QRectF(m_b.rect()).contains(followed))
            return followed;
    }
    return {m_centre.x() * m_b.width(), m_centre.y() * m_b.height()};
}

MatchView::Side MatchView::sideOf(bool b) const
{
    Side side;
    QRect place = rect();
    if (m_look.layout == MatchLook::Layout::SideBySide)
        place.setWidth((width() - gap) / 2);
    else if (m_look.layout == MatchLook::Layout::Stacked)
        place.setHeight((height() - gap) / 2);
    if (b && m_look.layout == MatchLook::Layout::SideBySide)
        place.moveRight(rect().right());
    if (b && m_look.layout == MatchLook::Layout::Stacked)
        place.moveBottom(rect().bottom());
    side.place = place;
    const QImage &picture = b ? m_b : m_a;
    if (picture.isNull())
        return side;
    double scale = qMin(double(place.width()) / picture.width(), double(place.height()) / picture.height()) * m_zoom;
    if (b && m_zoom > 1 && m_match && m_match->bFromA) {
        const QImage &other = m_a; // the same place of the scene is seen at the same size
        const double scaleA =
            qMin(double(place.width()) / other.width(), double(place.height()) / other.height()) * m_zoom;
        const double linked = scaleA / localScale(toTransform(*m_match->bFromA), centreOf(false));
        scale = qBound(scale / 20, linked, scale * 20);
    }
    const QPointF centre = centreOf(b);
    side.widgetFromPicture.translate(place.center().x() + 0.5, place.center().y() + 0.5);
    side.widgetFromPicture.scale(scale, scale);
    side.widgetFromPicture.translate(-centre.x(), -centre.y());
    return side;
}

QPointF MatchView::pointOf(const Side &side, bool b, int index) const
{
    const Correspondence &pair = m_match->matches[std::size_t(index)];
    const cv::Point2f at =
        (b ? m_match->b.keypoints[std::size_t(pair.b)] : m_match->a.keypoints[std::size_t(pair.a)]).pt;
    return side.widgetFromPicture.map(QPointF(double(at.x) + 0.5, double(at.y) + 0.5));
}

int MatchView::matchAt(QPointF position) const
{
    if (!m_match || m_look.layout == MatchLook::Layout::Overlaid || m_a.isNull())
        return -1;
    const Side a = sideOf(false), b = sideOf(true);
    int nearest = -1;
    double best = reachPx;
    for (const int index : m_shown) {
        const QPointF from = pointOf(a, false, index), to = pointOf(b, true, index);
        if (!QRectF(a.place).contains(from) || !QRectF(b.place).contains(to))
            continue;
        const QPointF line = to - from, off = position - from;
        const double length = QPointF::dotProduct(line, line);
        const double along = length > 0 ? qBound(0.0, QPointF::dotProduct(off, line) / length, 1.0) : 0;
        const QPointF gapTo = off - along * line;
        // An end is nearer than a line that passes by.
        const double distance = std::sqrt(QPointF::dotProduct(gapTo, gapTo)) + (along > 0 && along < 1 ? 2 : 0);
        if (distance < best) {
            best = distance;
            nearest = index;
        }
    }
    return nearest;
}

void MatchView::zoomAt(QPointF position, double factor)
{
    if (m_a.isNull())
        return;
    const bool onB = m_look.layout != MatchLook::Layout::Overlaid && sideOf(true).place.contains(position.toPoint());
    const QPointF before = sideOf(onB).widgetFromPicture.inverted().map(position);
    m_zoom = qBound(1.0, m_zoom * factor, mostZoom);
    const Side now = sideOf(onB);
    moveBy(position - now.widgetFromPicture.map(before), onB);
}

/// Moves what is seen by widget pixels, measured on one of the sides.
void MatchView::moveBy(QPointF delta, bool b)
{
    const Side side = sideOf(b);
    QPointF centre = centreOf(b) - delta / side.widgetFromPicture.m11();
    if (b && m_match && m_match->bFromA && m_zoom > 1)
        centre = toTransform(*m_match->bFromA).inverted().map(centre);
    else if (b)
        centre = {centre.x() / m_b.width() * m_a.width(), centre.y() / m_b.height() * m_a.height()};
    m_centre = {qBound(0.0, centre.x() / m_a.width(), 1.0), qBound(0.0, centre.y() / m_a.height(), 1.0)};
    if (m_zoom == 1)
        m_centre = {0.5, 0.5};
    update();
}

void MatchView::zoomTo(int index)
{
    if (!m_match || index < 0)
        return;
    const cv::Point2f at = m_match->a.keypoints[std::size_t(m_match->matches[std::size_t(index)].a)].pt;
    m_centre = {double(at.x) / m_a.width(), double(at.y) / m_a.height()};
    m_zoom = qMax(m_zoom, 4.0);
    update();
}

void MatchView::wheelEvent(QWheelEvent *event)
{
    zoomAt(event->position(), std::pow(1.0015, event->angleDelta().y()));
    event->accept();
}

void MatchView::mousePressEvent(QMouseEvent *event)
{
    m_pressed = m_last = event->position();
    m_dragging = false;
}

void MatchView::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton) {
        m_dragging |= (event->position() - m_pressed).manhattanLength() > 4;
        if (m_dragging && !m_a.isNull())
            moveBy(event->position() - m_last, sideOf(true).place.contains(m_pressed.toPoint()));
        m_last = event->position();
        return;
    }
    if (const int index = matchAt(event->position()); index != m_hovered) {
        m_hovered = index;
        update();
        Q_EMIT hovered(index);
    }
}

void MatchView::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_dragging)
        return;
    m_selected = matchAt(event->position());
    if (m_selected >= 0)
        zoomTo(m_selected);
    update();
    Q_EMIT selectedByUser(m_selected);
}

void MatchView::mouseDoubleClickEvent(QMouseEvent *)
{
    m_zoom = 1;
    m_centre = {0.5, 0.5};
    update();
}

void MatchView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal)
        zoomAt(QRectF(sideOf(false).place).center(), 1.25);
    else if (event->key() == Qt::Key_Minus)
        zoomAt(QRectF(sideOf(false).place).center(), 0.8);
    else if (event->key() == Qt::Key_0)
        mouseDoubleClickEvent(nullptr);
    else
        QWidget::keyPressEvent(event);
}

void MatchView::leaveEvent(QEvent *)
{
    if (m_hovered < 0)
        return;
    m_hovered = -1;
    update();
    Q_EMIT hovered(-1);
}

void MatchView::timerEvent(QTimerEvent *)
{
    m_blinkA = !m_blinkA;
    update();
}

} // namespace likeness::ui
