#include "ui/widgets/training_charts.h"

#include "ui/util/save_picture.h"
#include "ui/util/theme.h"
#include "ui/widgets/curve_chart.h"
#include "ui/widgets/pair_histogram.h"
#include "ui/widgets/tool_button.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSlider>
#include <QTimer>
#include <algorithm>
#include <cmath>

namespace likeness::ui {

namespace {

constexpr int updateMs = 40; ///< one chart each time: six are new four times a second

} // namespace

QColor runColour(int i)
{
    // Okabe and Ito's colours, which differ for colour-blind eyes too; lighter before dark.
    static constexpr QRgb colours[] = {0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x8a7f00};
    const QColor colour(colours[std::size_t(i) % std::size(colours)]);
    return isDark() ? colour.lighter(135) : colour;
}

TrainingCharts::TrainingCharts(QWidget *parent)
    : QWidget(parent),
      m_smoothing(new QSlider(Qt::Horizontal)),
      m_axis(new QComboBox),
      m_logarithmic(
          toolButton("labplot-axis-horizontal", tr("Logarithmic"), tr("Values on a logarithmic scale"), true)),
      m_grid(new QGridLayout),
      m_legend(new QHBoxLayout),
      m_pairs(
          new PairHistogram(tr("Distances of held-out pairs"), tr("views of one image"), tr("of two images"), this)),
      m_updates(new QTimer(this))
{
    m_smoothing->setRange(0, 99);
    m_smoothing->setValue(60);
    m_smoothing->setMaximumWidth(160);
    m_smoothing->setObjectName(QStringLiteral("smoothing"));
    m_smoothing->setToolTip(tr("How many steps a curve is averaged over; the raw one stays behind it"));
    m_axis->addItems({tr("By step"), tr("By epoch"), tr("By time (min)")});
    m_axis->setObjectName(QStringLiteral("curveAxis"));
    m_logarithmic->setObjectName(QStringLiteral("curveLogarithmic"));
    QToolButton *exportButton = toolButton("document-save", tr("Export…"), tr("Save a chart as PNG, SVG or CSV"));
    auto *row = new QHBoxLayout;
    row->addWidget(new QLabel(tr("Smoothing")));
    row->addWidget(m_smoothing);
    row->addWidget(m_axis);
    row->addWidget(m_logarithmic);
    row->addStretch();
    row->addWidget(exportButton);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(gap);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(row);
    layout->addLayout(m_legend);
    layout->addLayout(m_grid, 1);
    const char *training = QT_TR_NOOP("training"), *heldOut = QT_TR_NOOP("held out");
    addPanel(QStringLiteral("loss"), tr("Loss"),
             {{training, &HistoryPoint::loss}, {heldOut, &HistoryPoint::validationLoss, true}});
    addPanel(QStringLiteral("retrieval"), tr("Finding copies of held-out images"),
             {{QT_TR_NOOP("recall@1"), &HistoryPoint::recall1}, {QT_TR_NOOP("µAP"), &HistoryPoint::uap, true}});
    addPanel(QStringLiteral("accuracy"), tr("Accuracy of pairs"),
             {{training, &HistoryPoint::accuracy}, {heldOut, &HistoryPoint::validationAccuracy, true}});
    addPanel(QStringLiteral("deviation"), tr("Deviation of the vectors"), {{training, &HistoryPoint::deviation}});
    addPanel(QStringLiteral("spread"), tr("Alignment and uniformity"),
             {{QT_TR_NOOP("alignment"), &HistoryPoint::alignment},
              {QT_TR_NOOP("uniformity"), &HistoryPoint::uniformity, true}});
    addPanel(QStringLiteral("rate"), tr("Learning rate"), {{training, &HistoryPoint::rate}});
    addPanel(QStringLiteral("speed"), tr("Views a second"), {{training, &HistoryPoint::imagesPerSecond}});
    chart(QStringLiteral("retrieval")).setValueRange(0, 1);
    connect(m_smoothing, &QSlider::valueChanged, this, [this](int percent) {
        for (Panel &panel : m_panels)
            panel.chart->setSmoothing(percent / 100.0);
    });
    connect(m_axis, &QComboBox::currentIndexChanged, this, &TrainingCharts::fillAll);
    connect(m_logarithmic, &QToolButton::toggled, this, [this](bool on) {
        for (Panel &panel : m_panels)
            if (panel.key != QStringLiteral("spread")) // uniformity is below zero
                panel.chart->setLogarithmic(on);
    });
    connect(exportButton, &QToolButton::clicked, this, &TrainingCharts::exportChart);
    m_updates->setInterval(updateMs);
    connect(m_updates, &QTimer::timeout, this, &TrainingCharts::updateNext);
    arrange();
}

void TrainingCharts::addPanel(const QString &key, const QString &title, std::vector<Line> lines)
{
    auto *chart = new CurveChart(title, this); // never a window of its own
    chart->setSmoothing(m_smoothing->value() / 100.0);
    m_panels.push_back({key, chart, std::move(lines)});
    connect(chart, &CurveChart::rangeChanged, this, [this, chart](double from, double to) {
        for (Panel &panel : m_panels)
            if (panel.chart != chart)
                panel.chart->setRange(from, to);
    });
}

CurveChart &TrainingCharts::chart(const QString &key)
{
    return *std::ranges::find(m_panels, key, &Panel::key)->chart;
}

double TrainingCharts::xOf(const HistoryPoint &point) const
{
    return m_axis->currentIndex() == 0   ? double(point.step)
           : m_axis->currentIndex() == 1 ? point.epoch
                                         : point.seconds / 60;
}

Curve TrainingCharts::curveOf(std::span<const HistoryPoint> points, double HistoryPoint::*value) const
{
    Curve curve;
    for (const HistoryPoint &point : points)
        if (!std::isnan(point.*value))
            curve.emplace_back(xOf(point), point.*value);
    return curve;
}

void TrainingCharts::setRuns(std::vector<RunCurves> runs)
{
    m_runs = std::move(runs);
    m_pairs->setPairs({}, {});
    for (const RunCurves &run : m_runs)
        showRun(run, true);
    makeLegend();
    fillAll();
    if (m_runs.size() == 1)
        setLimits(m_runs.front().dimension, m_runs.front().collapsedLoss);
    else
        setLimits(0, HistoryPoint::none);
}

void TrainingCharts::setLimits(int dimension, double collapsedLoss)
{
    chart(QStringLiteral("loss")).setLevel(collapsedLoss, tr("learns nothing"));
    chart(QStringLiteral("deviation"))
        .setLevel(dimension > 0 ? 1 / std::sqrt(double(dimension)) : HistoryPoint::none, tr("even spread"));
}

QString TrainingCharts::lineName(const RunCurves &run, const Panel &panel, const Line &line) const
{
    const QString measure = tr(line.text);
    return m_runs.size() == 1        ? measure
           : panel.lines.size() == 1 ? run.name
                                     : QStringLiteral("%1, %2").arg(run.name, measure);
}

/// Of several runs, in their colours.
void TrainingCharts::makeLegend()
{
    while (QLayoutItem *item = m_legend->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (std::size_t i = 0; m_runs.size() > 1 && i < m_runs.size(); ++i) {
        QPixmap colour(12, 12);
        colour.fill(runColour(int(i)));
        auto *button = new QToolButton;
        button->setText(m_runs[i].name);
        button->setIcon(QIcon(colour));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        button->setCheckable(true);
        button->setChecked(true);
        button->setToolTip(
            tr("Shows and hides this run; of two lines the dashed one is of held-out images, µAP or uniformity"));
        m_legend->addWidget(button);
        connect(button, &QToolButton::toggled, this, [this, i](bool on) { showRun(m_runs[i], on); });
    }
    if (m_runs.size() > 1)
        m_legend->addStretch();
}

void TrainingCharts::showRun(const RunCurves &run, bool on)
{
    for (Panel &panel : m_panels)
        for (const Line &line : panel.lines)
            panel.chart->setHidden(lineName(run, panel, line), !on);
}

void TrainingCharts::fill(Panel &panel)
{
    std::vector<CurveLine> lines;
    for (std::size_t i = 0; i < m_runs.size(); ++i)
        for (std::size_t k = 0; k < panel.lines.size(); ++k) {
            const Line &line = panel.lines[k];
            lines.push_back({lineName(m_runs[i], panel, line), curveOf(m_runs[i].points, line.value),
                             runColour(m_runs.size() == 1 ? int(k) : int(i)), line.dashed && m_runs.size() > 1});
        }
    panel.chart->setLegend(m_runs.size() == 1);
    panel.chart->setXTitle(m_axis->currentIndex() == 0   ? tr("step")
                           : m_axis->currentIndex() == 1 ? tr("epoch")
                                                         : tr("minutes"));
    panel.chart->setLines(std::move(lines));
    panel.shown = m_runs.size() == 1 ? m_runs.front().points.size() : 0;
}

void TrainingCharts::fillAll()
{
    for (Panel &panel : m_panels) {
        fill(panel);
        panel.chart->showAll();
    }
    arrange();
}

/// Accuracy and distances only where the objective has pairs.
void TrainingCharts::arrange()
{
    const auto any = [this](double HistoryPoint::*value) {
        return std::ranges::any_of(m_runs, [value](const RunCurves &run) {
            return std::ranges::any_of(run.points,
                                       [value](const HistoryPoint &point) { return !std::isnan(point.*value); });
        });
    };
    const bool accuracy = any(&HistoryPoint::accuracy);
    std::vector<QWidget *> shown;
    for (Panel &panel : m_panels) {
        const bool wanted = panel.key != QStringLiteral("accuracy") || accuracy;
        panel.chart->setVisible(wanted);
        m_grid->removeWidget(panel.chart);
        if (wanted)
            shown.push_back(panel.chart);
    }
    m_grid->removeWidget(m_pairs);
    m_pairs->setVisible(!m_pairs->isEmpty());
    if (!m_pairs->isEmpty())
        shown.insert(shown.begin() + std::min<std::ptrdiff_t>(3, std::ptrdiff_t(shown.size())), m_pairs);
    const int columns = shown.size() > 6 ? 3 : 2;
    for (std::size_t i = 0; i < shown.size(); ++i)
        m_grid->addWidget(shown[i], int(i) / columns, int(i) % columns);
}

void TrainingCharts::append(std::span<const HistoryPoint> points)
{
    if (m_runs.size() != 1)
        return;
    auto &all = m_runs.front().points;
    const bool first = all.empty();
    all.insert(all.end(), points.begin(), points.end());
    if (first)
        arrange();
    if (!m_updates->isActive())
        m_updates->start();
}

void TrainingCharts::updateNext()
{
    if (m_runs.size() != 1)
        return m_updates->stop();
    const auto &points = m_runs.front().points;
    for (std::size_t tried = 0; tried < m_panels.size(); ++tried) {
        Panel &panel = m_panels[m_next++ % m_panels.size()];
        if (panel.shown >= points.size())
            continue;
        const auto more = std::span(points).subspan(panel.shown);
        for (std::size_t k = 0; k < panel.lines.size(); ++k)
            panel.chart->append(k, curveOf(more, panel.lines[k].value));
        panel.shown = points.size();
        return;
    }
    m_updates->stop();
}

void TrainingCharts::setPairs(const StepResult &pairs)
{
    const bool appears = m_pairs->isEmpty() && !pairs.positiveDistances.empty();
    m_pairs->setPairs(pairs.positiveDistances, pairs.negativeDistances);
    if (appears)
        arrange();
}

void TrainingCharts::exportChart()
{
    QMenu menu;
    for (Panel &panel : m_panels)
        if (panel.chart->isVisible())
            connect(menu.addAction(panel.chart->accessibleName()), &QAction::triggered, this,
                    [this, chart = panel.chart, key = panel.key] {
                        askAndSave(*this, tr("Save the chart"), key + QStringLiteral(".png"),
                                   tr("Pictures and tables (*.png *.svg *.csv)"),
                                   [chart](const QString &file) { return chart->save(file); });
                    });
    menu.exec(QCursor::pos());
}

} // namespace likeness::ui
