#include "ui/widgets/point_chart.h"

#include "ui/util/charts.h"
#include "ui/util/save_picture.h"
#include "ui/util/theme.h"

#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLegendMarker>
#include <QLineSeries>
#include <QLogValueAxis>
#include <QPainter>
#include <QScatterSeries>
#include <QToolTip>
#include <QVBoxLayout>
#include <QValueAxis>
#include <cmath>
#include <limits>
#include <optional>

namespace likeness::ui {

/// Writes the labels, the first series' first, each where it covers no other one.
class PointChartView final : public QChartView {
public:
    explicit PointChartView(QChart *chart) : QChartView(chart) {}
    const std::vector<PointSeries> *series = nullptr;
    std::optional<QPointF> chosen;

protected:
    void drawForeground(QPainter *painter, const QRectF &rect) override
    {
        QChartView::drawForeground(painter, rect);
        const QColor text = palette().color(QPalette::Text);
        painter->setPen(text);
        QFont small = font();
        small.setPointSizeF(small.pointSizeF() * 0.85);
        painter->setFont(small);
        const QFontMetricsF metrics(small);
        std::vector<QRectF> taken;
        for (const PointSeries &each : *series)
            for (const QPointF &point : each.points)
                taken.emplace_back(chart()->mapToPosition(point) - QPointF(5, 5), QSizeF(10, 10));
        const QRectF area = chart()->plotArea().adjusted(0, -gap, 0, gap); // labels of points at the edge too
        for (const PointSeries &each : *series)
            for (qsizetype i = 0; i < each.labels.size(); ++i) {
                const QPointF at = chart()->mapToPosition(each.points[std::size_t(i)]);
                const QSizeF size(metrics.horizontalAdvance(each.labels[i]) + 2, metrics.height());
                const QPointF places[] = {
                    at + QPointF(7, -size.height() / 2), at + QPointF(-7 - size.width(), -size.height() / 2),
                    at + QPointF(-size.width() / 2, -7 - size.height()), at + QPointF(-size.width() / 2, 7)};
                for (const QPointF &place : places) {
                    const QRectF box(place, size);
                    if (!area.contains(box) ||
                        std::ranges::any_of(taken, [&](const QRectF &other) { return other.intersects(box); }))
                        continue;
                    painter->drawText(box, Qt::AlignCenter, each.labels[i]);
                    taken.push_back(box);
                    break;
                }
            }
        if (chosen) {
            painter->setPen(QPen(palette().color(QPalette::Highlight), 2));
            painter->drawEllipse(chart()->mapToPosition(*chosen), 9, 9);
        }
    }
};

PointChart::PointChart(const QString &title, QWidget *parent)
    : QWidget(parent), m_chart(new QChart), m_view(new PointChartView(m_chart))
{
    makePlain(*m_view);
    m_view->series = &m_series;
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->setTitle(title);
    m_chart->legend()->setAlignment(Qt::AlignBottom);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    setMinimumSize(240, 180);
    setAccessibleName(title);
}

void PointChart::setAxes(const QString &xTitle, const QString &yTitle, bool logarithmicX)
{
    m_xTitle = xTitle;
    m_yTitle = yTitle;
    m_logarithmicX = logarithmicX;
}

void PointChart::setSeries(std::vector<PointSeries> series)
{
    m_series = std::move(series);
    m_view->chosen.reset();
    rebuild();
}

void PointChart::setChosen(const std::optional<QPointF> &point)
{
    m_view->chosen = point;
    m_view->viewport()->update();
}

QPointF PointChart::positionOf(const QPointF &point) const
{
    return m_view->mapTo(this, m_view->mapFromScene(m_chart->mapToScene(m_chart->mapToPosition(point))));
}

void PointChart::rebuild()
{
    clearChart(m_chart);
    for (std::size_t s = 0; s < m_series.size(); ++s) {
        const PointSeries &series = m_series[s];
        const QList<QPointF> points(series.points.begin(), series.points.end());
        if (series.connected) {
            auto *line = new QLineSeries;
            line->setPen(QPen(series.colour, 1.5));
            line->append(points);
            m_chart->addSeries(line);
            for (QLegendMarker *marker : m_chart->legend()->markers(line))
                marker->setVisible(false);
        }
        auto *dots = new QScatterSeries;
        dots->setName(series.name);
        dots->setColor(series.colour);
        dots->setBorderColor(Qt::transparent);
        dots->setMarkerSize(9);
        dots->append(points);
        m_chart->addSeries(dots);
        const auto indexOf = [this, s](const QPointF &point) {
            return int(std::ranges::find(m_series[s].points, point) - m_series[s].points.begin());
        };
        connect(dots, &QScatterSeries::clicked, this,
                [this, s, indexOf](const QPointF &point) { Q_EMIT pointClicked(int(s), indexOf(point)); });
        connect(dots, &QScatterSeries::hovered, this, [this, s, indexOf](const QPointF &point, bool on) {
            const int index = indexOf(point);
            if (!on || index >= int(m_series[s].points.size()))
                return QToolTip::hideText();
            const QString label = m_series[s].labels.value(index, m_series[s].name);
            QToolTip::showText(QCursor::pos(),
                               QStringLiteral("%1\n%2: %3\n%4: %5")
                                   .arg(label, m_xTitle)
                                   .arg(point.x(), 0, 'g', 4)
                                   .arg(m_yTitle)
                                   .arg(point.y(), 0, 'g', 4),
                               m_view);
        });
    }
    if (m_series.empty())
        return;
    QAbstractAxis *x = m_logarithmicX ? static_cast<QAbstractAxis *>(new QLogValueAxis) : new QValueAxis;
    auto *y = new QValueAxis;
    if (m_logarithmicX) {
        static_cast<QLogValueAxis *>(x)->setLabelFormat(QStringLiteral("%g"));
        static_cast<QLogValueAxis *>(x)->setMinorTickCount(8);
    }
    const QColor text = palette().color(QPalette::Text);
    addAxis(m_chart, x, Qt::AlignBottom, m_xTitle, text);
    addAxis(m_chart, y, Qt::AlignLeft, m_yTitle, text);
    m_chart->legend()->setVisible(m_series.size() > 1);
    setRanges();
}

void PointChart::setRanges()
{
    double left = std::numeric_limits<double>::infinity(), right = -left, low = left, high = -left;
    for (const PointSeries &series : m_series)
        for (const QPointF &point : series.points) {
            left = std::min(left, point.x());
            right = std::max(right, point.x());
            low = std::min(low, point.y());
            high = std::max(high, point.y());
        }
    if (!std::isfinite(left))
        return;
    QAbstractAxis *y = m_chart->axes(Qt::Vertical).first();
    const double edge = std::max(0.02, 0.08 * (high - low));
    setAxisRange(*y, std::max(0.0, low - edge), high <= 1 ? std::min(1.0, high + edge) : high + edge); // shares
    QAbstractAxis *x = m_chart->axes(Qt::Horizontal).first();
    if (m_logarithmicX) { // whole decades: labels stand at powers of ten only
        const double first = std::floor(std::log10(left * 0.9)), last = std::ceil(std::log10(right * 1.1));
        setAxisRange(*x, std::pow(10, first), std::pow(10, std::max(last, first + 1)));
    } else {
        setAxisRange(*x, std::min(0.0, left), right * 1.08 + 1e-9);
    }
}

void PointChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        rebuild();
}

QString PointChart::save(const QString &file, const QByteArray &csv)
{
    return savePicture(
        file, *m_view, [this](QPainter &painter) { m_view->render(&painter); }, csv);
}

} // namespace likeness::ui
