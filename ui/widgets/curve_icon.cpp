#include "ui/widgets/curve_icon.h"

#include "ui/util/theme.h"
#include "ui/widgets/training_charts.h"

#include <QPainter>
#include <QWidget>

namespace likeness::ui {

namespace {

QPixmap curveThumbnail(const std::vector<HistoryPoint> &points, const QColor &colour, double pixelRatio)
{
    const QSize size(96, 32);
    QPixmap pixmap(size * pixelRatio);
    pixmap.setDevicePixelRatio(pixelRatio);
    pixmap.fill(Qt::transparent);
    Curve curve;
    Smoothing smoothing(0.9);
    double low = 1e300, high = -1e300;
    for (const HistoryPoint &point : points) {
        curve.push_back(smoothing.next({double(point.step), point.loss}));
        low = std::min(low, curve.back().y());
        high = std::max(high, curve.back().y());
    }
    if (curve.size() < 2)
        return pixmap;
    QPolygonF line;
    for (const QPointF &point : decimated(curve, curve.front().x(), curve.back().x(), size.width()))
        line << QPointF(2 + (point.x() - curve.front().x()) / (curve.back().x() - curve.front().x()) *
                                (size.width() - 4),
                        2 + (high - point.y()) / std::max(1e-12, high - low) * (size.height() - 4));
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.5));
    painter.drawPolyline(line);
    return pixmap;
}

} // namespace

QIcon curveIcon(const std::vector<HistoryPoint> &points, const QWidget &widget)
{
    const double ratio = widget.devicePixelRatioF();
    QIcon icon(curveThumbnail(points, rightColour(), ratio));
    icon.addPixmap(curveThumbnail(points, widget.palette().color(QPalette::HighlightedText), ratio), QIcon::Selected);
    return icon;
}

} // namespace likeness::ui
