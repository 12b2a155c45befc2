#include "ui/widgets/curve_chart.h"

#include "ui/util/charts.h"
#include "ui/util/save_picture.h"
#include "ui/widgets/curve_chart_view.h"

#include <QChart>
#include <QEvent>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLegendMarker>
#include <QLineSeries>
#include <QLogValueAxis>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>
#include <QValueAxis>
#include <cmath>
#include <limits>
#include <ostream>
#include <tuple>

namespace likeness::ui {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// What a single value or equal ones are shown in: a range that has round numbers in it.
std::pair<double, double> widened(double low, double high)
{
    const double least = 1e-6 * std::max(std::abs(low), std::abs(high));
    if (high - low > std::max(least, 1e-9))
        return {low, high};
    const double half = low == 0 ? 0.5 : 0.1 * std::abs(low);
    return {low - half, high + half};
}

} // namespace

CurveChart::CurveChart(const QString &title, QWidget *parent)
    : QWidget(parent),
      m_title(title),
      m_chart(new QChart),
      m_view(new CurveChartView(m_chart)),
      m_redraw(new QTimer(this)),
      m_level(none),
      m_low(none),
      m_high(none),
      m_from(0),
      m_to(1)
{
    makePlain(*m_view);
    m_view->setFocusPolicy(Qt::StrongFocus);
    m_view->setAccessibleName(title);
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->setTitle(title);
    m_chart->legend()->setAlignment(Qt::AlignBottom);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    setMinimumSize(220, 150);
    setAccessibleName(title);
    m_redraw->setSingleShot(true);
    m_redraw->setInterval(0);
    connect(m_view, &CurveChartView::hovered, this, &CurveChart::hoverAt);
    connect(m_view, &CurveChartView::left, this, &CurveChart::leave);
    connect(m_view, &CurveChartView::panned, this, [this](double by) { look(m_from + by, m_to + by); });
    connect(m_view, &CurveChartView::selected, this, &CurveChart::look);
    connect(m_view, &CurveChartView::zoomed, this,
            [this](double x, double factor) { look(x - (x - m_from) * factor, x + (m_to - x) * factor); });
    connect(m_view, &CurveChartView::allWanted, this, [this] { look(none, none); });
    connect(m_redraw, &QTimer::timeout, this, &CurveChart::redraw);
    connect(m_chart, &QChart::plotAreaChanged, this, &CurveChart::scheduleRedraw); // the width in pixels
}

CurveChart::~CurveChart() = default;

void CurveChart::setLines(std::vector<CurveLine> lines)
{
    m_lines.clear();
    for (CurveLine &line : lines) {
        Shown shown;
        shown.line = std::move(line);
        shown.hidden = m_hidden.contains(shown.line.name);
        m_lines.push_back(std::move(shown));
    }
    for (Shown &shown : m_lines)
        smooth(shown, 0);
    if (m_followsEnd)
        showAll();
    rebuild();
}

void CurveChart::append(std::size_t line, const Curve &more)
{
    Shown &shown = m_lines[line];
    const std::size_t before = shown.line.points.size();
    shown.line.points.insert(shown.line.points.end(), more.begin(), more.end());
    smooth(shown, before);
    if (m_followsEnd)
        showAll();
    scheduleRedraw();
}

void CurveChart::smooth(Shown &shown, std::size_t from)
{
    if (from == 0) {
        shown.smooth.clear();
        shown.smoothing = Smoothing(m_smoothing);
    }
    for (std::size_t i = from; i < shown.line.points.size(); ++i)
        shown.smooth.push_back(shown.smoothing.next(shown.line.points[i]));
}

double CurveChart::lowestX() const
{
    double lowest = std::numeric_limits<double>::infinity();
    for (const Shown &shown : m_lines)
        if (!shown.line.points.empty())
            lowest = std::min(lowest, shown.line.points.front().x());
    return std::isfinite(lowest) ? lowest : 0;
}

double CurveChart::highestX() const
{
    double highest = lowestX() + 1e-9;
    for (const Shown &shown : m_lines)
        if (!shown.line.points.empty())
            highest = std::max(highest, shown.line.points.back().x());
    return highest;
}

void CurveChart::setLevel(double value, const QString &name)
{
    if (value == m_level || (std::isnan(value) && std::isnan(m_level)))
        return;
    m_level = value;
    m_levelName = name;
    rebuild();
}

void CurveChart::setXTitle(const QString &title)
{
    m_xTitle = title;
    rebuild();
}

void CurveChart::setLegend(bool on)
{
    m_legend = on;
}

void CurveChart::setSmoothing(double share)
{
    m_smoothing = share;
    for (Shown &shown : m_lines)
        smooth(shown, 0);
    scheduleRedraw();
}

void CurveChart::setLogarithmic(bool on)
{
    m_logarithmic = on;
    rebuild();
}

void CurveChart::setValueRange(double low, double high)
{
    m_low = low;
    m_high = high;
    scheduleRedraw();
}

void CurveChart::showAll()
{
    m_followsEnd = true;
    m_from = lowestX();
    m_to = highestX();
    scheduleRedraw();
}

void CurveChart::setRange(double from, double to)
{
    if (std::isnan(from))
        return showAll();
    m_followsEnd = false;
    m_from = from;
    m_to = std::max(to, from + 1e-9);
    scheduleRedraw();
}

/// By the user.
void CurveChart::look(double from, double to)
{
    setRange(from, to);
    Q_EMIT rangeChanged(from, to);
}

void CurveChart::setHidden(const QString &name, bool hidden)
{
    m_hidden.removeAll(name);
    if (hidden)
        m_hidden << name;
    for (Shown &shown : m_lines)
        if (shown.line.name == name)
            shown.hidden = hidden;
    scheduleRedraw();
}

void CurveChart::rebuild()
{
    clearChart(m_chart);
    const QColor text = palette().color(QPalette::Text);
    for (Shown &shown : m_lines) {
        shown.raw = new QLineSeries;
        shown.mean = new QLineSeries;
        QColor faint = shown.line.colour;
        faint.setAlpha(70);
        shown.raw->setPen(QPen(faint, 1));
        shown.mean->setPen(QPen(shown.line.colour, 1.8, shown.line.dashed ? Qt::DashLine : Qt::SolidLine));
        shown.mean->setName(shown.line.name);
        m_chart->addSeries(shown.raw);
        m_chart->addSeries(shown.mean);
        for (QLegendMarker *marker : m_chart->legend()->markers(shown.raw))
            marker->setVisible(false);
        for (QLegendMarker *marker : m_chart->legend()->markers(shown.mean))
            connect(marker, &QLegendMarker::clicked, this,
                    [this, name = shown.line.name] { setHidden(name, !m_hidden.contains(name)); });
    }
    if (!std::isnan(m_level)) {
        auto *level = new QLineSeries;
        level->setObjectName(QStringLiteral("level"));
        level->setName(m_levelName);
        QColor faint = text;
        faint.setAlpha(140);
        level->setPen(QPen(faint, 1, Qt::DotLine));
        m_chart->addSeries(level);
    }
    if (m_chart->series().isEmpty())
        return;
    auto *x = new QValueAxis;
    QAbstractAxis *y = m_logarithmic ? static_cast<QAbstractAxis *>(new QLogValueAxis) : new QValueAxis;
    if (m_logarithmic)
        static_cast<QLogValueAxis *>(y)->setLabelFormat(QStringLiteral("%.2g"));
    addAxis(m_chart, x, Qt::AlignBottom, m_xTitle, text);
    addAxis(m_chart, y, Qt::AlignLeft, {}, text);
    m_chart->legend()->setVisible(m_legend && (m_lines.size() > 1 || !std::isnan(m_level)));
    scheduleRedraw();
}

void CurveChart::scheduleRedraw()
{
    m_redraw->start();
}

void CurveChart::redraw()
{
    if (m_chart->axes().isEmpty())
        return;
    const int columns = std::max(50, int(m_chart->plotArea().width()));
    double low = std::numeric_limits<double>::infinity(), high = -low;
    const auto visible = [&](const QVector<QPointF> &points) {
        for (const QPointF &point : points)
            if (!m_logarithmic || point.y() > 0) {
                low = std::min(low, point.y());
                high = std::max(high, point.y());
            }
    };
    const auto positive = [this](QVector<QPointF> points) {
        if (m_logarithmic)
            points.removeIf([](const QPointF &point) { return !(point.y() > 0); });
        return points;
    };
    for (Shown &shown : m_lines) {
        shown.raw->setVisible(!shown.hidden && m_smoothing > 0);
        for (QLegendMarker *marker : m_chart->legend()->markers(shown.raw))
            marker->setVisible(false);
        for (QLegendMarker *marker : m_chart->legend()->markers(shown.mean)) {
            marker->setVisible(true);
            QColor label = palette().color(QPalette::Text);
            label.setAlpha(shown.hidden ? 90 : 255);
            marker->setLabelBrush(label);
        }
        const QVector<QPointF> raw = positive(decimated(shown.line.points, m_from, m_to, columns)),
                               mean = positive(decimated(shown.smooth, m_from, m_to, columns));
        shown.raw->replace(shown.hidden ? QVector<QPointF>() : raw);
        shown.mean->replace(shown.hidden ? QVector<QPointF>() : mean);
        if (!shown.hidden) {
            visible(mean);
            visible(raw);
        }
    }
    if (!std::isfinite(low))
        low = 0, high = 1;
    if (!std::isnan(m_level)) {
        low = std::min(low, m_level);
        high = std::max(high, m_level);
        for (QAbstractSeries *series : m_chart->series())
            if (series->objectName() == QStringLiteral("level"))
                static_cast<QLineSeries *>(series)->replace({{m_from, m_level}, {m_to, m_level}});
    }
    const auto [from, to] = widened(m_from, m_to);
    setAxisRange(*m_chart->axes(Qt::Horizontal).first(), from, to);
    QAbstractAxis &y = *m_chart->axes(Qt::Vertical).first();
    if (m_logarithmic)
        return setAxisRange(y, low * 0.9, high * 1.1);
    if (!std::isnan(m_low))
        return setAxisRange(y, m_low, m_high);
    std::tie(low, high) = widened(low, high);
    setAxisRange(y, low - 0.04 * (high - low), high + 0.04 * (high - low));
}

QString CurveChart::readOut() const
{
    return m_view->readOut();
}

int CurveChart::drawnPoints() const
{
    int points = 0;
    for (const Shown &shown : m_lines)
        points += int(shown.raw->count() + shown.mean->count());
    return points;
}

void CurveChart::hoverAt(double x)
{
    QStringList texts;
    QVector<std::pair<QPointF, QColor>> rings;
    for (const Shown &shown : m_lines) {
        const QPointF *raw = shown.hidden ? nullptr : nearestPoint(shown.line.points, x);
        const QPointF *mean = shown.hidden ? nullptr : nearestPoint(shown.smooth, x);
        if (!raw || !mean)
            continue;
        if (texts.isEmpty())
            texts << QStringLiteral("%1 %2").arg(m_xTitle).arg(raw->x(), 0, 'g', 6);
        const QString value = QString::number(raw->y(), 'g', 4);
        texts << (m_lines.size() > 1 ? QStringLiteral("%1: %2").arg(shown.line.name, value) : value);
        rings.append({m_chart->mapToPosition(*mean, shown.mean), shown.line.colour});
    }
    m_view->setReadOut(texts.join(QLatin1Char('\n')));
    m_view->setRings(rings);
}

void CurveChart::leave()
{
    m_view->setReadOut({});
    m_view->setRings({});
}

void CurveChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        rebuild();
}

QByteArray CurveChart::csv() const
{
    QByteArray text = "x,line,value\n";
    for (const Shown &shown : m_lines)
        for (const QPointF &point : shown.line.points) {
            QString name = shown.line.name;
            text += QByteArray::number(point.x(), 'g', 12) + ",\"" +
                    name.replace(QLatin1Char('"'), QStringLiteral("\"\"")).toUtf8() + "\"," +
                    QByteArray::number(point.y(), 'g', 9) + '\n';
        }
    return text;
}

QString CurveChart::save(const QString &file)
{
    leave();
    return savePicture(
        file, *m_view, [this](QPainter &painter) { m_view->render(&painter); }, csv());
}

} // namespace likeness::ui
