#pragma once

#include <QString>
#include <QWidget>
#include <vector>

class QChart;

namespace likeness::ui {

/// How far apart images that are the same lie, beside those that are not: two histograms of distances in [0, 2] that a
/// good representation keeps apart.
class PairHistogram final : public QWidget {
    Q_OBJECT

public:
    /// The names of the two kinds stand in the legend.
    PairHistogram(const QString &title, const QString &same, const QString &different, QWidget *parent = nullptr);
    void setPairs(const std::vector<float> &same, const std::vector<float> &different);
    bool isEmpty() const { return m_same.empty() && m_different.empty(); }

private:
    void draw();

    QString m_sameName, m_differentName;
    QChart *m_chart;
    std::vector<float> m_same, m_different;
};

} // namespace likeness::ui
