#pragma once

#include <QPointF>
#include <QVector>
#include <span>
#include <vector>

namespace likeness::ui {

/// Points of a curve, x rising.
using Curve = std::vector<QPointF>;

/// Running mean with weight `share` in [0, 1) on what came before, without the pull of its first value (as TensorBoard
/// draws it: a mean of few values at first). Grows with its curve.
class Smoothing {
public:
    explicit Smoothing(double share = 0) : m_share(share) {}
    QPointF next(const QPointF &point)
    {
        m_sum = m_share * m_sum + (1 - m_share) * point.y();
        m_weight = m_share * m_weight + (1 - m_share);
        return {point.x(), m_sum / m_weight};
    }

private:
    double m_share, m_sum = 0, m_weight = 0;
};

/// What a chart of so many pixels can show of the part in [from, to]: first, lowest, highest and last point of each
/// column, and one neighbour outside at each end. At most 4 columns + 2 points.
QVector<QPointF> decimated(const Curve &curve, double from, double to, int columns);

/// The point nearest to `x`; none for an empty curve.
const QPointF *nearestPoint(const Curve &curve, double x);

} // namespace likeness::ui
