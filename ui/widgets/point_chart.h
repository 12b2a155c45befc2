#pragma once

#include <QColor>
#include <QPointF>
#include <QStringList>
#include <QWidget>
#include <optional>
#include <vector>

class QChart;

namespace likeness::ui {

/// Points of one colour.
struct PointSeries {
    QString name;
    QColor colour;
    std::vector<QPointF> points;
    QStringList labels{};   ///< of the points; written beside them where there is room
    bool connected = false; ///< by a line, in their order
};

class PointChartView;

/// Points with names, in a plane whose x axis may be logarithmic; a point is hovered for its label and clicked. Values
/// of y are not negative, those of a logarithmic x axis are positive.
class PointChart final : public QWidget {
    Q_OBJECT

public:
    explicit PointChart(const QString &title, QWidget *parent = nullptr);

    void setAxes(const QString &xTitle, const QString &yTitle, bool logarithmicX);
    void setSeries(std::vector<PointSeries> series);
    /// Lies in a ring; none for an empty point.
    void setChosen(const std::optional<QPointF> &point);
    /// Where it is drawn, in this widget; for tests.
    QPointF positionOf(const QPointF &point) const;
    /// By the extension: .png, .svg or .csv (the given rows). Empty on success, else why not.
    QString save(const QString &file, const QByteArray &csv);
    QSize sizeHint() const override { return {420, 300}; }

Q_SIGNALS:
    void pointClicked(int series, int point);

protected:
    void changeEvent(QEvent *event) override;

private:
    void rebuild();
    void setRanges();

    QString m_xTitle, m_yTitle;
    bool m_logarithmicX = false;
    QChart *m_chart;
    PointChartView *m_view;
    std::vector<PointSeries> m_series;
};

} // namespace likeness::ui
