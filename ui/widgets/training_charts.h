#pragma once

#include "core/train/step_result.h"
#include "core/train/training_history.h"
#include "ui/util/curves.h"

#include <QColor>
#include <QWidget>

class QComboBox;
class QGridLayout;
class QHBoxLayout;
class QSlider;
class QTimer;
class QToolButton;

namespace likeness::ui {

class CurveChart;
class PairHistogram;

/// A run whose curves are drawn.
struct RunCurves {
    QString name;
    std::vector<HistoryPoint> points{};
    int dimension = 0;
    double collapsedLoss = HistoryPoint::none;
};

/// The charts of one run while it grows, or of several over each other: loss, retrieval on held-out images, learning
/// rate, deviation of the vectors, alignment and uniformity, speed; for pairs their accuracy and distances. One control
/// for smoothing, scale and axis; zooming one zooms all.
class TrainingCharts final : public QWidget {
    Q_OBJECT

public:
    explicit TrainingCharts(QWidget *parent = nullptr);
    void setRuns(std::vector<RunCurves> runs);
    /// More points of the only run. Charts take them in turns, so that no repaint is long.
    void append(std::span<const HistoryPoint> points);
    void setPairs(const StepResult &pairs);
    void setLimits(int dimension, double collapsedLoss); ///< of the only run
    CurveChart &chart(const QString &key);               ///< "loss", "retrieval", ...

private:
    struct Line {
        const char *text; ///< of the measure, where a chart has several
        double HistoryPoint::*value;
        bool dashed = false;
    };
    struct Panel {
        QString key;
        CurveChart *chart;
        std::vector<Line> lines;
        std::size_t shown = 0; ///< points of the only run that it has
    };
    void addPanel(const QString &key, const QString &title, std::vector<Line> lines);
    double xOf(const HistoryPoint &point) const;
    Curve curveOf(std::span<const HistoryPoint> points, double HistoryPoint::*value) const;
    void fill(Panel &panel);
    void fillAll();
    void arrange();
    void updateNext();
    void exportChart();
    QString lineName(const RunCurves &run, const Panel &panel, const Line &line) const;
    void makeLegend();
    void showRun(const RunCurves &run, bool on);

    QSlider *m_smoothing;
    QComboBox *m_axis;
    QToolButton *m_logarithmic;
    QGridLayout *m_grid;
    QHBoxLayout *m_legend; ///< of several runs: a button each that shows and hides it
    PairHistogram *m_pairs;
    QTimer *m_updates;
    std::vector<Panel> m_panels;
    std::vector<RunCurves> m_runs;
    std::size_t m_next = 0;
};

/// A colour for run number i, told apart in both themes.
QColor runColour(int i);

} // namespace likeness::ui
