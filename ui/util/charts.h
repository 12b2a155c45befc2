#pragma once

#include <QtCore/qnamespace.h>

class QAbstractAxis;
class QChart;
class QChartView;
class QColor;
class QString;

namespace likeness::ui {

/// Shows nothing but the chart: no margins, frame or background of its own; smooth lines, and ticks that follow the
/// room there is.
void makePlain(QChartView &view);
/// Takes series and axes away and deletes them.
void clearChart(QChart *chart);
/// Adds an axis for all series that the chart has by now; texts in `text`, grid lines faint. Ticks of a value axis
/// stand at round numbers (1, 2 or 5 times a power of ten; whole ones where its label format has %d), as many as can be
/// read, whatever its range becomes; decimals of the labels follow them, what else its label format says stays. No
/// label is cut, and a title that has no room is left out.
void addAxis(QChart *chart, QAbstractAxis *axis, Qt::Alignment side, const QString &title, const QColor &text);

/// Of an axis that is shown: never by its own setRange(), which would draw the old ticks over the new range, a thousand
/// million of them where it is that much wider.
void setAxisRange(QAbstractAxis &axis, double low, double high);

} // namespace likeness::ui
