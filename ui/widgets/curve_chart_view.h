#pragma once

#include <QChartView>
#include <QVector>

namespace likeness::ui {

/// The view of a CurveChart with its mouse: what is pointed at, a rectangle that zooms, wheel and dragging. Positions
/// are values of the x axis.
class CurveChartView final : public QChartView {
    Q_OBJECT

public:
    explicit CurveChartView(QChart *chart);
    void setRings(const QVector<std::pair<QPointF, QColor>> &rings);
    void setReadOut(const QString &text);
    const QString &readOut() const { return m_readOut; }

Q_SIGNALS:
    void hovered(double x);
    void left();
    void panned(double by);
    void zoomed(double x, double factor); ///< about x; below 1 shows less
    void selected(double from, double to);
    void allWanted();

protected:
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;

private:
    double valueAt(const QPointF &place) const;

    QPointF m_start, m_now;
    bool m_pressed = false, m_panning = false;
    QString m_readOut;
    QVector<std::pair<QPointF, QColor>> m_rings;
};

} // namespace likeness::ui
