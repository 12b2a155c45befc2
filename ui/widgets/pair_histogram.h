#pragma once

#include <QWidget>
#include <vector>

class QChart;

namespace likeness::ui {

/// How far apart the two views of one image are, beside those of two images: two histograms of distances in [0, 2] that
/// a good network keeps apart.
class PairHistogram final : public QWidget {
    Q_OBJECT

public:
    explicit PairHistogram(QWidget *parent = nullptr);
    void setPairs(const std::vector<float> &same, const std::vector<float> &different);
    bool isEmpty() const { return m_same.empty(); }

private:
    void draw();

    QChart *m_chart;
    std::vector<float> m_same, m_different;
};

} // namespace likeness::ui
