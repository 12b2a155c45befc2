#include "ui/widgets/histogram_chart.h"

#include "ui/util/charts.h"
#include "ui/util/convert.h"
#include "ui/util/save_picture.h"
#include "ui/widgets/tool_button.h"

#include <QAreaSeries>
#include <QChart>
#include <QChartView>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLegend>
#include <QLineSeries>
#include <QLogValueAxis>
#include <QPainter>
#include <QVBoxLayout>
#include <QValueAxis>
#include <ostream>

namespace likeness::ui {

namespace {

constexpr double leastPercent = 0.01; // where the logarithmic axis begins

QAreaSeries *areaOf(const std::vector<double> &shares, const QString &name, const QColor &colour, QObject *owner)
{
    auto *line = new QLineSeries(owner);
    for (std::size_t i = 0; i < shares.size(); ++i)
        line->append(double(i), qMax(leastPercent, 100 * shares[i]));
    auto *area = new QAreaSeries(line);
    area->setName(name);
    QColor fill = colour;
    fill.setAlpha(70);
    area->setBrush(fill);
    area->setPen(QPen(colour, 1.2));
    return area;
}

} // namespace

HistogramChart::HistogramChart(QWidget *parent)
    : QWidget(parent),
      m_chart(new QChart),
      m_view(new QChartView(m_chart)),
      m_logarithmic(new QCheckBox(tr("Logarithmic")))
{
    makePlain(*m_view);
    m_logarithmic->setChecked(true); // a border of one colour would flatten everything else
    QToolButton *exportButton = toolButton("document-save", tr("Export…"), tr("Save the chart as PNG, SVG or CSV"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_logarithmic);
    row->addStretch();
    row->addWidget(exportButton);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view, 1);
    layout->addLayout(row);
    setMinimumHeight(180);
    setAccessibleName(tr("Grey histograms of query and result"));
    connect(m_logarithmic, &QCheckBox::toggled, this, &HistogramChart::draw);
    connect(exportButton, &QToolButton::clicked, this, &HistogramChart::askAndSave);
    setHistograms({}, {});
}

void HistogramChart::setHistograms(const std::vector<double> &query, const std::vector<double> &result)
{
    m_query = query;
    m_result = result;
    setVisible(!query.empty());
    draw();
}

void HistogramChart::draw()
{
    clearChart(m_chart);
    if (m_query.empty())
        return;
    const QColor text = palette().color(QPalette::Text);
    auto *x = new QValueAxis;
    x->setRange(0, 255);
    x->setLabelFormat(QStringLiteral("%d"));
    const double most = 100 * qMax(*std::ranges::max_element(m_query), *std::ranges::max_element(m_result));
    QAbstractAxis *y = nullptr;
    if (m_logarithmic->isChecked()) {
        auto *axis = new QLogValueAxis;
        axis->setLabelFormat(QStringLiteral("%g %%"));
        axis->setRange(leastPercent, qMax(most, 10 * leastPercent));
        y = axis;
    } else {
        auto *axis = new QValueAxis;
        axis->setLabelFormat(QStringLiteral("%.1f %%"));
        axis->setRange(0, qMax(most, leastPercent));
        y = axis;
    }
    for (QAreaSeries *area :
         {areaOf(m_query, tr("Query"), rightColour(), m_chart), areaOf(m_result, tr("Result"), wrongColour(), m_chart)})
        m_chart->addSeries(area);
    addAxis(m_chart, x, Qt::AlignBottom, tr("Grey level"), text);
    addAxis(m_chart, y, Qt::AlignLeft, {}, text);
}

QString HistogramChart::save(const QString &file)
{
    QByteArray csv = "grey_level,query,result\n";
    for (std::size_t i = 0; i < m_query.size(); ++i)
        csv += QByteArray::number(int(i)) + ',' + QByteArray::number(m_query[i]) + ',' +
               QByteArray::number(m_result[i]) + '\n';
    return savePicture(
        file, *m_view, [this](QPainter &painter) { m_view->render(&painter); }, csv);
}

void HistogramChart::askAndSave()
{
    ui::askAndSave(*this, tr("Save the chart"), QStringLiteral("histogram.png"), tr("Charts (*.png *.svg *.csv)"),
                   [this](const QString &file) { return save(file); });
}

} // namespace likeness::ui
