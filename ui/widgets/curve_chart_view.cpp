#include "ui/widgets/curve_chart_view.h"

#include <QChart>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <cmath>

namespace likeness::ui {

constexpr double fewestPixels = 6; ///< a shorter drag is a click

CurveChartView::CurveChartView(QChart *chart) : QChartView(chart)
{
    setMouseTracking(true);
}

double CurveChartView::valueAt(const QPointF &place) const
{
    return chart()->series().isEmpty() ? 0 : chart()->mapToValue(place, chart()->series().first()).x();
}

void CurveChartView::setRings(const QVector<std::pair<QPointF, QColor>> &rings)
{
    m_rings = rings;
    viewport()->update();
}

void CurveChartView::setReadOut(const QString &text)
{
    m_readOut = text;
    viewport()->update();
}

void CurveChartView::mouseMoveEvent(QMouseEvent *event)
{
    m_now = event->position();
    if (m_pressed && m_panning) {
        const double by = valueAt(m_start) - valueAt(m_now);
        m_start = m_now;
        Q_EMIT panned(by);
        return;
    }
    Q_EMIT hovered(valueAt(m_now));
}

void CurveChartView::mousePressEvent(QMouseEvent *event)
{
    m_pressed = true;
    m_panning = event->button() == Qt::MiddleButton || event->modifiers().testFlag(Qt::ShiftModifier);
    m_start = m_now = event->position();
}

void CurveChartView::mouseReleaseEvent(QMouseEvent *event)
{
    const double a = valueAt(m_start), b = valueAt(event->position());
    if (m_pressed && !m_panning && std::abs(m_start.x() - event->position().x()) > fewestPixels)
        Q_EMIT selected(std::min(a, b), std::max(a, b));
    m_pressed = false;
    viewport()->update();
}

void CurveChartView::mouseDoubleClickEvent(QMouseEvent *)
{
    m_pressed = false;
    Q_EMIT allWanted();
}

void CurveChartView::wheelEvent(QWheelEvent *event)
{
    Q_EMIT zoomed(valueAt(event->position()), std::pow(0.8, event->angleDelta().y() / 120.0));
    event->accept();
}

void CurveChartView::leaveEvent(QEvent *)
{
    Q_EMIT left();
}

void CurveChartView::drawForeground(QPainter *painter, const QRectF &rect)
{
    QChartView::drawForeground(painter, rect);
    const QRectF area = chart()->plotArea();
    for (const auto &[place, colour] : m_rings) {
        painter->setPen(QPen(colour, 2));
        painter->drawEllipse(place, 4, 4);
    }
    if (m_pressed && !m_panning) {
        QColor band = palette().color(QPalette::Highlight);
        band.setAlpha(50);
        painter->fillRect(QRectF(QPointF(m_start.x(), area.top()), QPointF(m_now.x(), area.bottom())), band);
    }
    if (!m_readOut.isEmpty()) {
        painter->setPen(palette().color(QPalette::Text));
        painter->drawText(area.adjusted(4, 4, -4, -4), int(Qt::AlignTop | Qt::AlignRight), m_readOut);
    }
}

} // namespace likeness::ui
