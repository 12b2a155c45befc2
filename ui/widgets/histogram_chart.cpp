#include "ui/widgets/histogram_chart.h"

#include "ui/util/theme.h"

#include <QAreaSeries>
#include <QChart>
#include <QChartView>
#include <QLegend>
#include <QLineSeries>
#include <QLogValueAxis>
#include <QVBoxLayout>
#include <QValueAxis>

namespace likeness::ui {

namespace {
constexpr double leastPercent = 0.01; // where the logarithmic axis begins
} // namespace

HistogramChart::HistogramChart(QWidget *parent) : QWidget(parent), m_chart(new QChart)
{
    m_chart->setMargins({0, 0, 0, 0});
    m_chart->setBackgroundVisible(false);
    auto *view = new QChartView(m_chart);
    view->setRenderHint(QPainter::Antialiasing);
    view->setFrameShape(QFrame::NoFrame);
    view->setBackgroundBrush(Qt::NoBrush);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(view);
    setMinimumHeight(140);
    setAccessibleName(tr("Grey histograms of query and result"));
}

void HistogramChart::setHistograms(const std::vector<double> &query, const std::vector<double> &result)
{
    m_chart->removeAllSeries();
    for (QAbstractAxis *axis : m_chart->axes()) {
        m_chart->removeAxis(axis);
        delete axis;
    }
    const QColor text = palette().color(QPalette::Text);
    m_chart->legend()->setLabelColor(text);
    m_chart->legend()->setVisible(!query.empty());
    if (query.empty())
        return;
    auto *x = new QValueAxis;
    auto *y = new QLogValueAxis; // a border of one colour would flatten everything else
    x->setRange(0, 255);
    x->setTickCount(4);
    x->setLabelFormat(QStringLiteral("%d"));
    x->setTitleText(tr("Grey level"));
    y->setLabelFormat(QStringLiteral("%g %%"));
    for (QAbstractAxis *axis : std::initializer_list<QAbstractAxis *>{x, y}) {
        axis->setLabelsColor(text);
        axis->setTitleBrush(text);
        QColor grid = text;
        grid.setAlpha(40);
        axis->setGridLineColor(grid);
    }
    m_chart->addAxis(x, Qt::AlignBottom);
    m_chart->addAxis(y, Qt::AlignLeft);
    double most = 0;
    const auto add = [&](const std::vector<double> &bins, const QString &name, const QColor &colour) {
        auto *line = new QLineSeries(m_chart);
        for (std::size_t i = 0; i < bins.size(); ++i) {
            line->append(double(i), qMax(leastPercent, 100 * bins[i]));
            most = qMax(most, 100 * bins[i]);
        }
        auto *area = new QAreaSeries(line);
        area->setName(name);
        QColor fill = colour;
        fill.setAlpha(70);
        area->setBrush(fill);
        area->setPen(QPen(colour, 1.2));
        m_chart->addSeries(area);
        area->attachAxis(x);
        area->attachAxis(y);
    };
    add(query, tr("Query"), rightColour());
    add(result, tr("Result"), wrongColour());
    y->setRange(leastPercent, qMax(most, 0.1));
}

} // namespace likeness::ui
