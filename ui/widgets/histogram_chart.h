#pragma once

#include <QWidget>
#include <vector>

class QChart;

namespace likeness::ui {

/// Two histograms of 256 grey levels over each other, in the palette's colours.
class HistogramChart final : public QWidget {
    Q_OBJECT

public:
    explicit HistogramChart(QWidget *parent = nullptr);
    void setHistograms(const std::vector<double> &query, const std::vector<double> &result);
    QSize sizeHint() const override { return {320, 180}; }

private:
    QChart *m_chart;
};

} // namespace likeness::ui
