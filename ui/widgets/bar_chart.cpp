#include "ui/widgets/bar_chart.h"

#include "ui/util/charts.h"
#include "ui/util/save_picture.h"
#include "ui/util/theme.h"
#include "ui/widgets/tool_button.h"

#include <QApplication>
#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QChartView>
#include <QFontInfo>
#include <QHBoxLayout>
#include <QHorizontalStackedBarSeries>
#include <QLegend>
#include <QPainter>
#include <QToolTip>
#include <QVBoxLayout>
#include <QValueAxis>
#include <algorithm>

namespace likeness::ui {

BarChart::BarChart(const QString &title, QWidget *parent)
    : QWidget(parent), m_chart(new QChart), m_view(new QChartView(m_chart))
{
    m_chart->legend()->hide();
    setTitle(title);
    makePlain(*m_view);
    QToolButton *exportButton = toolButton("document-save", tr("Export…"), tr("Save the chart as PNG, SVG or CSV"));
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(exportButton);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view, 1);
    layout->addLayout(row);
    connect(exportButton, &QToolButton::clicked, this, &BarChart::askAndSave);
    connect(m_chart, &QChart::plotAreaChanged, this, &BarChart::fitNames);
}

void BarChart::setTitle(const QString &title)
{
    m_chart->setTitle(title);
    setAccessibleName(title);
}

void BarChart::setBars(const QStringList &names, const std::vector<double> &values, const QString &unit, int chosen)
{
    m_names = names;
    m_values = values;
    clearChart(m_chart);
    if (names.isEmpty())
        return;
    const QColor text = palette().color(QPalette::Text);
    // The axis counts from below; the first bar belongs on top.
    const int count = int(names.size());
    auto *plain = new QBarSet(QString()), *marked = new QBarSet(QString());
    auto *categories = new QBarCategoryAxis;
    for (int i = count - 1; i >= 0; --i) {
        plain->append(i == chosen ? 0 : values[std::size_t(i)]);
        marked->append(i == chosen ? values[std::size_t(i)] : 0);
        categories->append(names[i]);
    }
    plain->setColor(rightColour());
    marked->setColor(wrongColour());
    auto *series = new QHorizontalStackedBarSeries;
    series->append(plain);
    series->append(marked);
    series->setBarWidth(0.7);
    m_chart->addSeries(series);
    auto *axis = new QValueAxis;
    const double most = *std::ranges::max_element(values);
    axis->setRange(0, most > 0 ? most : 1);
    axis->setLabelFormat(QStringLiteral("%g ") + QString(unit).replace(QLatin1Char('%'), QStringLiteral("%%")));
    addAxis(m_chart, axis, Qt::AlignBottom, {}, text);
    addAxis(m_chart, categories, Qt::AlignLeft, {}, text);
    categories->setGridLineVisible(false);
    fitNames();
    connect(series, &QHorizontalStackedBarSeries::clicked, this,
            [this, count](int index) { Q_EMIT barClicked(count - 1 - index); });
    connect(series, &QHorizontalStackedBarSeries::hovered, this, [this, count, unit](bool on, int index) {
        const int i = count - 1 - index;
        if (on)
            QToolTip::showText(
                QCursor::pos(),
                QStringLiteral("%1: %2 %3").arg(m_names[i]).arg(m_values[std::size_t(i)], 0, 'g', 4).arg(unit), m_view);
    });
}

void BarChart::fitNames()
{
    constexpr double aroundPx = 12; // around a line; with less Qt Charts writes "..." in place of the name
    const auto axes = m_chart->axes(Qt::Vertical);
    if (m_names.isEmpty() || axes.isEmpty())
        return;
    const double room = m_chart->plotArea().height() / double(m_names.size()) - aroundPx;
    QFont font = QApplication::font();
    int size = QFontInfo(font).pixelSize();
    constexpr int leastPx = 7;
    for (font.setPixelSize(size); size > leastPx && QFontMetrics(font).height() > room; font.setPixelSize(size))
        --size;
    if (axes.front()->labelsFont() != font)
        axes.front()->setLabelsFont(font);
}

QString BarChart::save(const QString &file)
{
    QByteArray csv = "name,value\n";
    for (qsizetype i = 0; i < m_names.size(); ++i)
        csv += '"' + m_names[i].toUtf8().replace('"', "\"\"") + "\"," + QByteArray::number(m_values[std::size_t(i)]) +
               '\n';
    return savePicture(
        file, *m_view, [this](QPainter &painter) { m_view->render(&painter); }, csv);
}

void BarChart::askAndSave()
{
    ui::askAndSave(*this, tr("Save the chart"), QStringLiteral("labels.png"), tr("Charts (*.png *.svg *.csv)"),
                   [this](const QString &file) { return save(file); });
}

} // namespace likeness::ui
