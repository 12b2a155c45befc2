#pragma once

#include <QWidget>
#include <vector>

class QCheckBox;
class QChart;
class QChartView;

namespace likeness::ui {

/// Two histograms of 256 grey levels over each other, in the palette's colours; logarithmic or linear; exported as PNG,
/// SVG or CSV.
class HistogramChart final : public QWidget {
    Q_OBJECT

public:
    explicit HistogramChart(QWidget *parent = nullptr);
    void setHistograms(const std::vector<double> &query, const std::vector<double> &result);
    /// By the extension of `file`: .png, .svg or .csv (grey level, query, result). Empty on success, else why not.
    QString save(const QString &file);
    QSize sizeHint() const override { return {320, 220}; }

private:
    void draw();
    void askAndSave();

    QChart *m_chart;
    QChartView *m_view;
    QCheckBox *m_logarithmic;
    std::vector<double> m_query, m_result; // shares
};

} // namespace likeness::ui
