#pragma once

#include <QStringList>
#include <QWidget>
#include <vector>

class QChart;
class QChartView;

namespace likeness::ui {

/// Horizontal bars with their names and values, the first one on top; exported as PNG, SVG or CSV.
class BarChart final : public QWidget {
    Q_OBJECT

public:
    explicit BarChart(const QString &title, QWidget *parent = nullptr);
    /// `unit` follows the axis' numbers. A bar that is chosen has the other colour; -1: none.
    void setBars(const QStringList &names, const std::vector<double> &values, const QString &unit, int chosen = -1);
    void setTitle(const QString &title);
    /// By the extension of `file`. Empty on success, else why not.
    QString save(const QString &file);
    QSize sizeHint() const override { return {360, 240}; }

Q_SIGNALS:
    void barClicked(int index);

private:
    void askAndSave();
    /// Smaller letters where the bars are thin.
    void fitNames();

    QChart *m_chart;
    QChartView *m_view;
    QStringList m_names;
    std::vector<double> m_values;
};

} // namespace likeness::ui
