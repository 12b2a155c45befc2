#pragma once

#include <QtCore/qnamespace.h>

class QAbstractAxis;
class QChart;
class QChartView;
class QColor;
class QString;

namespace likeness::ui {

/// Shows nothing but the chart: no margins, frame or background of its own; smooth lines.
void makePlain(QChartView &view);
/// Takes series and axes away and deletes them.
void clearChart(QChart *chart);
/// Adds an axis for all series that the chart has by now; texts in `text`, grid lines faint.
void addAxis(QChart *chart, QAbstractAxis *axis, Qt::Alignment side, const QString &title, const QColor &text);

} // namespace likeness::ui
