#pragma once

#include "ui/util/curves.h"

#include <QColor>
#include <QWidget>

class QChart;
class QLineSeries;
class QTimer;

namespace likeness::ui {

/// One line of a chart: a run, or one of several measures of a run.
struct CurveLine {
    QString name;
    Curve points;
    QColor colour;
    bool dashed = false;
};

class CurveChartView;

/// Lines over each other: the raw curve kept faint behind a smoothed one, linear or logarithmic, with a read-out under
/// the mouse, zoom (wheel, or a dragged rectangle), pan (drag with Shift or the middle button), double click for all of
/// it. Lines are decimated to the width in pixels: 100,000 points stay fluid. The legend hides and shows lines.
class CurveChart final : public QWidget {
    Q_OBJECT

public:
    explicit CurveChart(const QString &title, QWidget *parent = nullptr);
    ~CurveChart() override;

    void setLines(std::vector<CurveLine> lines);
    /// More of a line, behind what it has.
    void append(std::size_t line, const Curve &more);
    /// A level to compare with, such as the loss of a collapsed network; nothing for NaN.
    void setLevel(double value, const QString &name);
    void setXTitle(const QString &title);
    /// Without it where one legend serves several charts.
    void setLegend(bool on);
    void setSmoothing(double share);
    void setLogarithmic(bool on);
    /// Fixed limits of the values, such as 0 and 1; NaN fits them to what is shown.
    void setValueRange(double low, double high);
    void showAll();
    /// What is looked at; all of it, growing, where `from` is not a number.
    void setRange(double from, double to);

    /// By the extension: .png, .svg or .csv (x, line, raw value). Empty on success, else why not.
    QString save(const QString &file);
    /// Lines that the legend hides.
    void setHidden(const QString &name, bool hidden);
    int drawnPoints() const; ///< of all lines together; for tests
    QString readOut() const; ///< what is shown under the mouse
    void hoverAt(double x);
    QSize sizeHint() const override { return {360, 240}; }

Q_SIGNALS:
    /// The user looks at another part, or at all (not a number); charts side by side follow.
    void rangeChanged(double from, double to);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Shown {
        CurveLine line{};
        Curve smooth{};
        Smoothing smoothing{};
        bool hidden = false;
        QLineSeries *raw = nullptr, *mean = nullptr;
    };
    void smooth(Shown &shown, std::size_t from);
    void rebuild();
    void redraw();
    void scheduleRedraw();
    double lowestX() const;
    double highestX() const;
    void leave();
    void look(double from, double to);
    QByteArray csv() const;

    QString m_title, m_xTitle, m_levelName;
    QChart *m_chart;
    CurveChartView *m_view;
    QTimer *m_redraw;
    std::vector<Shown> m_lines;
    QStringList m_hidden;
    double m_smoothing = 0.6, m_level, m_low, m_high, m_from, m_to;
    bool m_logarithmic = false, m_followsEnd = true, m_legend = true;
};

} // namespace likeness::ui
