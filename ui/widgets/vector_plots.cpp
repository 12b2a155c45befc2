#include "ui/widgets/vector_plots.h"

#include "ui/util/convert.h"
#include "ui/util/save_picture.h"
#include "ui/util/theme.h"
#include "ui/widgets/curve_chart.h"
#include "ui/widgets/pair_histogram.h"
#include "ui/widgets/point_chart.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>

namespace likeness::ui {

namespace {

constexpr int markedDims[] = {100, 200};

} // namespace

VectorPlots::VectorPlots(QWidget *parent)
    : QWidget(parent),
      m_summary(new QLabel),
      m_explained(new CurveChart(tr("Variance explained by the strongest directions"))),
      m_before(new PairHistogram(tr("Distances as they are"), tr("query and its source"), tr("two gallery images"))),
      m_after(new PairHistogram(tr("Distances after whitening"), tr("query and its source"), tr("two gallery images"))),
      m_codes(new PointChart(tr("Recall@10 of exact search by code size")))
{
    m_summary->setWordWrap(true);
    m_summary->setObjectName(QStringLiteral("vectorSummary"));
    m_explained->setXTitle(tr("dimensions"));
    m_explained->setSmoothing(0);
    m_explained->setValueRange(0, 1.02);
    m_codes->setAxes(tr("bytes a vector"), tr("recall@10"), false);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(gap);
    grid->addWidget(m_summary, 0, 0, 1, 2);
    grid->addWidget(m_explained, 1, 0);
    grid->addWidget(m_codes, 1, 1);
    grid->addWidget(m_before, 2, 0);
    grid->addWidget(m_after, 2, 1);
    grid->setRowStretch(1, 1);
    grid->setRowStretch(2, 1);
}

void VectorPlots::setAnalysis(const VectorAnalysis &analysis, const QString &recipe)
{
    m_analysis = analysis;
    QString text =
        tr("%1: %2 vectors of %3 entries in the gallery.").arg(recipe).arg(analysis.vectors).arg(analysis.width);
    for (const int dims : markedDims)
        if (dims <= int(analysis.explained.size()))
            text += QLatin1Char(' ') + tr("%1 directions hold %2 % of the variance.")
                                           .arg(dims)
                                           .arg(100 * analysis.explained[std::size_t(dims - 1)], 0, 'f', 1);
    text += QLatin1Char(' ') + tr("Whitened to %1 directions, with shrinkage.").arg(analysis.whitenedDims);
    m_summary->setText(text);
    showExplained();
    m_before->setPairs(analysis.sameBefore, analysis.otherBefore);
    m_after->setPairs(analysis.sameAfter, analysis.otherAfter);
    showCodes();
}

void VectorPlots::showExplained()
{
    Curve curve;
    for (std::size_t i = 0; i < m_analysis.explained.size(); ++i)
        curve.emplace_back(double(i + 1), m_analysis.explained[i]);
    std::vector<CurveLine> lines{{tr("explained variance"), curve, rightColour()}};
    for (const int dims : markedDims)
        if (dims <= int(m_analysis.explained.size()))
            lines.push_back({tr("%1 dimensions").arg(dims),
                             {QPointF(dims, 0), QPointF(dims + 1e-6, m_analysis.explained[std::size_t(dims - 1)])},
                             wrongColour(),
                             dims == markedDims[0]});
    m_explained->setLines(std::move(lines));
}

void VectorPlots::showCodes()
{
    PointSeries coded{tr("by the codes"), wrongColour(), {}, {}, true},
        rescored{tr("exact scores for twice the list"), rightColour(), {}, {}, true};
    for (const CodeSizeRecall &size : m_analysis.codes) {
        coded.points.emplace_back(size.bytes, size.recall);
        rescored.points.emplace_back(size.bytes, size.rescored);
    }
    m_codes->setSeries({std::move(coded), std::move(rescored)});
}

QString VectorPlots::save(const QString &file)
{
    QByteArray csv = "plot,x,value\n";
    const auto add = [&csv](const char *plot, double x, double value) {
        csv += QByteArray(plot) + ',' + QByteArray::number(x, 'g', 9) + ',' + QByteArray::number(value, 'g', 9) + '\n';
    };
    for (std::size_t i = 0; i < m_analysis.explained.size(); ++i)
        add("explained variance", double(i + 1), m_analysis.explained[i]);
    for (const CodeSizeRecall &size : m_analysis.codes) {
        add("recall by codes", size.bytes, size.recall);
        add("recall with exact scores", size.bytes, size.rescored);
    }
    const std::pair<const char *, const std::vector<float> *> distances[] = {
        {"distance same before", &m_analysis.sameBefore},
        {"distance other before", &m_analysis.otherBefore},
        {"distance same whitened", &m_analysis.sameAfter},
        {"distance other whitened", &m_analysis.otherAfter}};
    for (const auto &[plot, values] : distances)
        for (std::size_t i = 0; i < values->size(); ++i)
            add(plot, double(i), double((*values)[i]));
    return savePicture(
        file, *this, [this](QPainter &painter) { render(&painter); }, csv);
}

} // namespace likeness::ui
