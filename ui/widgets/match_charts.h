#pragma once

#include "core/match/image_match.h"

#include <QWidget>
#include <memory>

class QChart;
class QChartView;

namespace likeness::ui {

/// Two charts of a match: how far the matches lie from their places, and ratio over distance with the verdict.
class MatchCharts final : public QWidget {
    Q_OBJECT

public:
    explicit MatchCharts(QWidget *parent = nullptr);
    void setMatch(const std::shared_ptr<const ImageMatch> &match);

Q_SIGNALS:
    void matchClicked(int index);

private:
    void drawResiduals(const ImageMatch &match);
    void drawScatter(const ImageMatch &match);

    QChart *m_residuals, *m_scatter;
    std::shared_ptr<const ImageMatch> m_match;
};

} // namespace likeness::ui
