#include "ui/util/charts.h"

#include <QAbstractAxis>
#include <QAbstractSeries>
#include <QChart>
#include <QChartView>
#include <QLegend>

namespace likeness::ui {

void makePlain(QChartView &view)
{
    view.chart()->setMargins({0, 0, 0, 0});
    view.chart()->setBackgroundVisible(false);
    view.setRenderHint(QPainter::Antialiasing);
    view.setFrameShape(QFrame::NoFrame);
    view.setBackgroundBrush(Qt::NoBrush);
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
    chart->addAxis(axis, side);
    for (QAbstractSeries *series : chart->series())
        series->attachAxis(axis);
    chart->setTitleBrush(text);
    chart->legend()->setLabelColor(text);
}

} // namespace likeness::ui
