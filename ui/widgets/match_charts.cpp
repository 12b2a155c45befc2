#include "ui/widgets/match_charts.h"

#include "ui/util/charts.h"
#include "ui/util/theme.h"

#include <QBarCategoryAxis>
#include <QBarSeries>
#include <QBarSet>
#include <QChartView>
#include <QGraphicsLayout>
#include <QHBoxLayout>
#include <QScatterSeries>
#include <QValueAxis>
#include <array>

namespace likeness::ui {

namespace {

constexpr int bins = 12;
constexpr double binPx = 0.5;
constexpr int mostDots = 3000; // a chart of many thousand dots takes longer than a frame

QChart *newChart(const QString &title)
{
    auto *chart = new QChart;
    chart->setTitle(title);
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->legend()->setAlignment(Qt::AlignRight);
    return chart;
}

} // namespace

MatchCharts::MatchCharts(QWidget *parent)
    : QWidget(parent), m_residuals(newChart(tr("Residuals (px in B)"))), m_scatter(newChart(tr("Ratio and distance")))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QChart *chart : {m_residuals, m_scatter}) {
        auto *view = new QChartView(chart);
        makePlain(*view);
        layout->addWidget(view);
        if (chart == m_residuals)
            view->setToolTip(
                tr("How far matches lie from their places in B; the last bar stands for all that lie farther"));
    }
}

void MatchCharts::setMatch(const std::shared_ptr<const ImageMatch> &match)
{
    m_match = match;
    clearChart(m_residuals);
    clearChart(m_scatter);
    if (!match || match->matches.empty())
        return;
    drawResiduals(*match);
    drawScatter(*match);
}

void MatchCharts::drawResiduals(const ImageMatch &match)
{
    auto *inliers = new QBarSet(tr("Inliers")), *outliers = new QBarSet(tr("Outliers"));
    inliers->setColor(rightColour());
    outliers->setColor(wrongColour());
    std::array<int, bins> in{}, out{};
    for (std::size_t i = 0; match.supported() && i < match.matches.size(); ++i) {
        const auto bin = std::size_t(qMin(residualPx(match, i) / binPx, bins - 1.0));
        ++(match.inlier[i] ? in : out)[bin];
    }
    QStringList names;
    for (std::size_t i = 0; i < bins; ++i) {
        *inliers << in[i];
        *outliers << out[i];
        names << QString::number(i);
    }
    auto *series = new QBarSeries;
    series->append(inliers);
    series->append(outliers);
    series->setBarWidth(0.9);
    const QColor text = palette().color(QPalette::Text);
    auto *pixels = new QValueAxis; // before there are bars: it would give them its range
    pixels->setRange(0, bins * binPx);
    addAxis(m_residuals, pixels, Qt::AlignBottom, {}, text);
    m_residuals->addSeries(series);
    auto *places = new QBarCategoryAxis; // where bars stand; what they stand for is on the axis of pixels
    places->append(names);
    addAxis(m_residuals, places, Qt::AlignBottom, {}, text);
    places->setVisible(false);
    auto *y = new QValueAxis;
    y->setLabelFormat(QStringLiteral("%d"));
    y->setRange(0, qMax(1, qMax(*std::ranges::max_element(in), *std::ranges::max_element(out))));
    addAxis(m_residuals, y, Qt::AlignLeft, tr("Matches"), text);
}

void MatchCharts::drawScatter(const ImageMatch &match)
{
    const auto dots = [](const QString &name, const QColor &colour) {
        auto *series = new QScatterSeries;
        series->setName(name);
        series->setColor(colour);
        series->setBorderColor(Qt::transparent);
        series->setMarkerSize(6);
        return series;
    };
    QScatterSeries *inliers = dots(tr("Inliers"), rightColour()), *outliers = dots(tr("Outliers"), wrongColour());
    QList<QPointF> in, out;
    const std::size_t step = match.matches.size() / mostDots + 1;
    double farthest = 0.1;
    for (std::size_t i = 0; i < match.matches.size(); i += step) {
        (match.inlier[i] ? in : out).append({double(match.matches[i].distance), double(match.matches[i].ratio)});
        farthest = qMax(farthest, double(match.matches[i].distance));
    }
    outliers->replace(out);
    inliers->replace(in);
    m_scatter->addSeries(outliers);
    m_scatter->addSeries(inliers);
    const QColor text = palette().color(QPalette::Text);
    auto *x = new QValueAxis;
    x->setRange(0, farthest * 1.05);
    addAxis(m_scatter, x, Qt::AlignBottom, tr("Distance"), text);
    auto *y = new QValueAxis;
    y->setRange(0, 1);
    addAxis(m_scatter, y, Qt::AlignLeft, tr("Ratio"), text);
    for (QScatterSeries *series : {inliers, outliers})
        connect(series, &QScatterSeries::clicked, this, [this](const QPointF &at) {
            for (std::size_t i = 0; m_match && i < m_match->matches.size(); ++i)
                if (double(m_match->matches[i].distance) == at.x() && double(m_match->matches[i].ratio) == at.y())
                    return Q_EMIT matchClicked(int(i));
        });
}

} // namespace likeness::ui
