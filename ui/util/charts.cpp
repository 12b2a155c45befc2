#include "ui/util/charts.h"

#include <QAbstractAxis>
#include <QAbstractSeries>
#include <QBarCategoryAxis>
#include <QChart>
#include <QChartView>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QLegend>
#include <QPalette>
#include <QRegularExpression>
#include <QValueAxis>
#include <cmath>

namespace likeness::ui {

namespace {

/// 1, 2 or 5 times a power of ten.
double roundStep(double rough)
{
    const double power = std::pow(10, std::floor(std::log10(rough))), share = rough / power;
    return power * (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10);
}

/// The number's place in `format` for numbers that differ by `step`; units around it stay.
QString formatFor(const QString &format, double step, double most)
{
    static const QRegularExpression number(QStringLiteral("%[0-9.]*[a-z]"));
    const int decimals = qMax(0, int(std::ceil(-std::log10(step) - 1e-9)));
    const QString fitting =
        decimals > 4 || most >= 1e7 ? QStringLiteral("%.3g") : QStringLiteral("%.%1f").arg(decimals);
    return format.isEmpty() ? fitting : QString(format).replace(number, fitting);
}

void fitTicks(QValueAxis &axis, const QChart &chart)
{
    const bool across = axis.orientation() == Qt::Horizontal;
    const double room = across ? chart.plotArea().width() : chart.plotArea().height(), range = axis.max() - axis.min();
    if (!(range > 0) || !(room > 0))
        return;
    const bool whole = axis.labelFormat().contains(QStringLiteral("%d"));
    const double most = qMax(std::abs(axis.min()), std::abs(axis.max()));
    const QFontMetricsF font(axis.labelsFont());
    double step = range;
    QString format;
    for (double parts = 5; parts >= 1; --parts) {
        step = qMax(roundStep(range / parts), whole ? 1.0 : 0.0);
        format = whole ? axis.labelFormat() : formatFor(axis.labelFormat(), step, most);
        const QString widest = whole ? QString::number(most, 'f', 0) : QString::asprintf(qPrintable(format), most);
        const double label = across ? 1.5 * font.horizontalAdvance(widest) : 2 * font.height();
        if (range / step * label <= room)
            break;
    }
    axis.setTickType(QValueAxis::TicksDynamic);
    axis.setTickAnchor(0);
    axis.setTickInterval(step);
    axis.setLabelFormat(format);
}

/// A title that has no room is left out: its axis would show the beginning and dots. One a call: each moves the plot
/// area, which calls again, and two that wait for each other's room would never come to rest.
void fitTitles(const QChart &chart)
{
    constexpr double marginPx = 10;
    constexpr int leastLines =
        9; // title of the chart, ticks and a title below leave less than half of them to the plot
    for (QAbstractAxis *axis : chart.axes()) {
        if (axis->titleText().isEmpty())
            continue;
        const bool across = axis->orientation() == Qt::Horizontal;
        const double room = across ? chart.plotArea().width() : chart.plotArea().height();
        const QFontMetricsF font(axis->titleFont());
        const bool fits = font.horizontalAdvance(axis->titleText()) + marginPx <= room &&
                          (!across || chart.size().height() >= leastLines * font.height());
        if (fits == axis->isTitleVisible())
            continue;
        axis->setTitleVisible(fits);
        return;
    }
}

void fitAllTicks(const QChart &chart)
{
    for (QAbstractAxis *axis : chart.axes())
        if (auto *values = qobject_cast<QValueAxis *>(axis))
            fitTicks(*values, chart);
    fitTitles(chart);
}

} // namespace

void makePlain(QChartView &view)
{
    view.chart()->setMargins({0, 0, 0, 0});
    view.chart()->setBackgroundVisible(false);
    view.setRenderHint(QPainter::Antialiasing);
    view.setFrameShape(QFrame::NoFrame);
    view.setFocusPolicy(Qt::NoFocus); // nothing in it is done by keyboard; one that takes keys says so itself
    view.setBackgroundBrush(Qt::NoBrush);
    view.chart()->setTitleBrush(QGuiApplication::palette().color(QPalette::Text)); // also while there is no axis
    QObject::connect(view.chart(), &QChart::plotAreaChanged, view.chart(),
                     [chart = view.chart()] { fitAllTicks(*chart); });
}

void clearChart(QChart *chart)
{
    chart->removeAllSeries();
    for (QAbstractAxis *axis : chart->axes()) {
        chart->removeAxis(axis);
        delete axis;
    }
}

void addAxis(QChart *chart, QAbstractAxis *axis, Qt::Alignment side, const QString &title, const QColor &text)
{
    axis->setTitleText(title);
    axis->setTitleBrush(text);
    axis->setLabelsColor(text);
    QColor grid = text;
    grid.setAlpha(40);
    axis->setGridLineColor(grid);
    axis->setMinorGridLineColor(grid);
    if (!qobject_cast<QBarCategoryAxis *>(axis))
        axis->setTruncateLabels(false); // one that has no room is left out instead
    chart->addAxis(axis, side);
    if (auto *values = qobject_cast<QValueAxis *>(axis)) {
        fitTicks(*values, *chart);
        QObject::connect(values, &QValueAxis::rangeChanged, chart, [values, chart] { fitTicks(*values, *chart); });
    }
    for (QAbstractSeries *series : chart->series())
        series->attachAxis(axis);
    chart->setTitleBrush(text);
    chart->legend()->setLabelColor(text);
}

void setAxisRange(QAbstractAxis &axis, double low, double high)
{
    auto *values = qobject_cast<QValueAxis *>(&axis);
    if (values && values->min() == low && values->max() == high)
        return;
    if (values)
        values->setTickType(QValueAxis::TicksFixed); // until fitTicks() has seen the range
    axis.setRange(low, high);
}

} // namespace likeness::ui
