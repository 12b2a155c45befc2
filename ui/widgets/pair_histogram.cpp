#include "ui/widgets/pair_histogram.h"

#include "ui/util/charts.h"
#include "ui/util/theme.h"

#include <QAreaSeries>
#include <QChart>
#include <QChartView>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLineSeries>
#include <QVBoxLayout>
#include <QValueAxis>
#include <algorithm>

namespace likeness::ui {

namespace {

constexpr int bins = 25;
constexpr double farthest = 2; ///< of unit vectors

std::vector<double> sharesOf(const std::vector<float> &distances)
{
    std::vector<double> shares(bins, 0.0);
    for (const float distance : distances)
        shares[std::size_t(std::clamp(int(double(distance) / farthest * bins), 0, bins - 1))] +=
            100.0 / double(distances.size());
    return shares;
}

} // namespace

PairHistogram::PairHistogram(const QString &title, const QString &same, const QString &different, QWidget *parent)
    : QWidget(parent), m_sameName(same), m_differentName(different), m_chart(new QChart)
{
    auto *view = new QChartView(m_chart);
    makePlain(*view);
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->setTitle(title);
    m_chart->legend()->setAlignment(Qt::AlignBottom);
    setAccessibleName(m_chart->title());
    setMinimumSize(220, 150);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(view);
}

void PairHistogram::setPairs(const std::vector<float> &same, const std::vector<float> &different)
{
    m_same = same;
    m_different = different;
    draw();
}

void PairHistogram::draw()
{
    clearChart(m_chart);
    if (isEmpty())
        return;
    double most = 0;
    const auto add = [&](const std::vector<float> &distances, const QString &name, const QColor &colour) {
        if (distances.empty())
            return;
        auto *line = new QLineSeries(m_chart);
        const std::vector<double> shares = sharesOf(distances);
        for (int i = 0; i < bins; ++i) { // steps
            line->append(i * farthest / bins, shares[std::size_t(i)]);
            line->append((i + 1) * farthest / bins, shares[std::size_t(i)]);
        }
        most = std::max(most, *std::ranges::max_element(shares));
        auto *area = new QAreaSeries(line);
        QColor fill = colour;
        fill.setAlpha(90);
        area->setBrush(fill);
        area->setPen(QPen(colour, 1.2));
        area->setName(name);
        m_chart->addSeries(area);
    };
    add(m_same, m_sameName, rightColour());
    add(m_different, m_differentName, wrongColour());
    auto *x = new QValueAxis, *y = new QValueAxis;
    x->setRange(0, farthest);
    y->setRange(0, most);
    y->setLabelFormat(QStringLiteral("%.0f %%"));
    const QColor text = palette().color(QPalette::Text);
    addAxis(m_chart, x, Qt::AlignBottom, tr("distance"), text);
    addAxis(m_chart, y, Qt::AlignLeft, {}, text);
}

} // namespace likeness::ui
