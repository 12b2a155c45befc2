#include "ui/pages/benchmark_page.h"

#include "core/commands/bench_commands.h"
#include "ui/models/pair_table_model.h"
#include "ui/util/charts.h"
#include "ui/util/convert.h"
#include "ui/util/file_dialogs.h"
#include "ui/util/theme.h"
#include "ui/widgets/bars.h"

#include <QChartView>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineSeries>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QTableWidget>
#include <QVBoxLayout>
#include <QValueAxis>

namespace likeness::ui {

namespace {

constexpr double mostErrorPx = 10;

/// Apart for colour-blind eyes (Okabe and Ito), one a matching.
const QColor curveColours[] = {QColor(0, 114, 178), QColor(213, 94, 0), QColor(0, 158, 115)};

} // namespace

BenchmarkPage::BenchmarkPage(Session &session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_kept(session.kept<BenchmarkState>()),
      m_intro(new QLabel(tr("Image pairs with known homographies tell how exact keypoint matching is: a folder with "
                            "pairs.csv (a, b, homography), or the Oxford images img1 … img6 with H1to2p …"))),
      m_figures(new QTableWidget(0, 8)),
      m_chart(new QChart),
      m_model(new PairTableModel(this)),
      m_sorted(new QSortFilterProxyModel(this)),
      m_pairsView(new QTableView),
      m_command(new CommandBar)
{
    m_intro->setWordWrap(true);
    auto *choose = new QPushButton(themeIcon("document-open"), tr("Measure a folder of pairs…"));
    choose->setObjectName(QStringLiteral("chooseBenchmark"));
    connect(choose, &QPushButton::clicked, this, &BenchmarkPage::chooseFolder);
    m_figures->setHorizontalHeaderLabels({tr("Matching"), tr("AUC@3"), tr("AUC@5"), tr("AUC@10"), tr("Right matches"),
                                          tr("Right inliers"), tr("False positives"), tr("ms a pair")});
    m_figures->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_figures->verticalHeader()->hide();
    m_figures->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_figures->setSelectionMode(QAbstractItemView::SingleSelection);
    m_figures->setEditTriggers(QAbstractItemView::NoEditTriggers);
    connect(m_figures, &QTableWidget::currentCellChanged, this, [this](int row) { showRow(row); });
    auto *chart = new QChartView(m_chart);
    makePlain(*chart);
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(Qt::UserRole);
    m_pairsView->setModel(m_sorted);
    m_pairsView->setSortingEnabled(true);
    m_pairsView->sortByColumn(PairTableModel::Error, Qt::DescendingOrder);
    m_pairsView->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_pairsView->verticalHeader()->hide();
    m_pairsView->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_pairsView->setToolTip(tr("Double-click a pair to see its matches"));
    connect(m_pairsView, &QTableView::activated, this, [this](const QModelIndex &index) {
        const KnownPair &pair = m_model->pair(m_sorted->mapToSource(index).row());
        Q_EMIT pairWanted(toQString(pair.a), toQString(pair.b));
    });
    auto *lower = new QSplitter;
    lower->addWidget(m_pairsView);
    lower->addWidget(chart);
    lower->setSizes({600, 500});
    chart->setMinimumWidth(40 * gap);
    m_area = new QSplitter(Qt::Vertical);
    m_area->addWidget(m_figures);
    m_area->addWidget(lower);
    m_area->setSizes({150, 550});
    m_area->setVisible(false);
    auto *row = new QHBoxLayout;
    row->addWidget(choose);
    row->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(m_intro);
    layout->addLayout(row);
    layout->addWidget(m_area, 1);
    layout->addStretch();
    layout->addWidget(m_command);
    connect(&m_kept, &PageState::changed, this, &BenchmarkPage::showKept);
    showKept();
}

void BenchmarkPage::chooseFolder()
{
    const QString folder = askForFolder(this, tr("A folder of image pairs"));
    if (!folder.isEmpty())
        run(folder);
}

void BenchmarkPage::run(const QString &folder)
{
    BenchMatchCommand command;
    command.folder = folder.toStdString();
    m_kept.command = toQString(printed(command));
    m_command->setCommand(m_kept.command);
    m_session.jobs().startFor(
        m_kept, tr("Measuring %1").arg(folder),
        [write = PageWriter(m_kept, m_kept.command), path = toPath(folder)](UiTaskContext &context) {
            const auto pairs = readKnownPairs(path);
            write(context, [pairs](BenchmarkState &state) {
                state.pairs = pairs;
                state.results.clear();
            });
            for (const auto &[name, matching] : benchmarkedMatchings(false)) {
                const MatchBenchmark result = benchmarkMatching(name, pairs, matching, context);
                write(context, [result](BenchmarkState &state) {
                    state.results.push_back(result);
                    state.chosen = int(state.results.size()) - 1;
                });
            }
        });
}

void BenchmarkPage::showKept()
{
    m_command->setCommand(m_kept.command);
    m_area->setVisible(!m_kept.results.empty());
    const int chosen = m_kept.chosen; // rows that are added choose themselves
    if (m_figures->rowCount() > int(m_kept.results.size()))
        m_figures->setRowCount(0);
    while (m_figures->rowCount() < int(m_kept.results.size()))
        add(m_kept.results[std::size_t(m_figures->rowCount())]);
    m_figures->setCurrentCell(chosen, 0);
    drawCurves();
}

void BenchmarkPage::add(const MatchBenchmark &result)
{
    const int row = m_figures->rowCount();
    m_figures->insertRow(row);
    const QString cells[] = {toQString(result.name),
                             QString::number(result.auc3, 'f', 3),
                             QString::number(result.auc5, 'f', 3),
                             QString::number(result.auc10, 'f', 3),
                             QString::number(result.matchAccuracy, 'f', 3),
                             QString::number(result.inlierPrecision, 'f', 3),
                             QStringLiteral("%1 / %2").arg(result.falsePositives).arg(result.withoutOverlap),
                             QString::number(result.medianMs, 'f', 0)};
    for (int column = 0; column < int(std::size(cells)); ++column)
        m_figures->setItem(row, column, new QTableWidgetItem(cells[column]));
}

void BenchmarkPage::showRow(int row)
{
    if (row < 0 || row >= int(m_kept.results.size()))
        return;
    m_kept.chosen = row;
    m_model->setOutcomes(m_kept.pairs, m_kept.results[std::size_t(row)]);
}

/// Share of the pairs below an error, for each matching.
void BenchmarkPage::drawCurves()
{
    clearChart(m_chart);
    const QColor text = palette().color(QPalette::Text);
    auto *x = new QValueAxis, *y = new QValueAxis;
    x->setRange(0, mostErrorPx);
    y->setRange(0, 1);
    for (std::size_t i = 0; i < m_kept.results.size(); ++i) {
        std::vector<double> errors;
        int overlapping = 0;
        for (std::size_t p = 0; p < m_kept.results[i].pairs.size(); ++p) {
            overlapping += m_kept.pairs[p].bFromA.has_value();
            if (m_kept.results[i].pairs[p].cornerErrorPx >= 0)
                errors.push_back(m_kept.results[i].pairs[p].cornerErrorPx);
        }
        std::ranges::sort(errors);
        auto *curve = new QLineSeries;
        curve->setName(toQString(m_kept.results[i].name));
        curve->setPen(QPen(curveColours[i % std::size(curveColours)], 2));
        curve->append(0, 0);
        for (std::size_t e = 0; e < errors.size() && errors[e] <= mostErrorPx; ++e)
            curve->append(errors[e], double(e + 1) / qMax(1, overlapping));
        m_chart->addSeries(curve);
    }
    addAxis(m_chart, x, Qt::AlignBottom, tr("Corner error up to (px)"), text);
    addAxis(m_chart, y, Qt::AlignLeft, tr("Share of the pairs"), text);
}

} // namespace likeness::ui
