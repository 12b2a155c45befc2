#include "ui/pages/trade_off_page.h"

#include "core/base/file.h"
#include "core/commands/bench_commands.h"
#include "core/commands/search_commands.h"
#include "ui/util/convert.h"
#include "ui/util/save_picture.h"
#include "ui/util/settings.h"
#include "ui/util/theme.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/point_chart.h"
#include "ui/widgets/trade_off_table.h"
#include "ui/widgets/vector_plots.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>

namespace likeness::ui {

namespace {

/// At least what a logarithmic axis can show.
double costOf(const TradeOff &measured, int which)
{
    return qMax(1e-3, which == 0   ? measured.queryMs
                      : which == 1 ? measured.evaluation.searchMs
                      : which == 2 ? measured.evaluation.indexBytes
                                   : measured.evaluation.buildSeconds);
}

double gainOf(const TradeOff &measured, int which)
{
    const Metrics &metrics = measured.evaluation.metrics;
    return which == 0   ? metrics.uap
           : which == 1 ? metrics.acc1
           : which == 2 ? metrics.recall5
                        : measured.exactRecall10.value_or(1);
}

/// Worth a look at first: those of the course's last task, the strongest, and what is searched with now.
bool isSuggested(const Recipe &recipe, const Recipe &current)
{
    for (const char *name : {"best", "combined-best", "local-best", "likeness-lite", "likeness-lite-crops"})
        if (recipe.id == name)
            return true;
    return recipe.id.starts_with("task6") || recipe.id == current.id;
}

} // namespace

TradeOffPage::TradeOffPage(Session &session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_kept(session.kept<TradeOffState>()),
      m_tabs(new QTabWidget),
      m_command(new CommandBar)
{
    QWidget *choice = makeChoice();
    m_tabs->setObjectName(QStringLiteral("tradeOffTabs"));
    m_tabs->addTab(makeFigures(), tr("Accuracy and cost"));
    m_tabs->addTab(makeVectors(), tr("Vectors"));
    auto *splitter = new QSplitter;
    splitter->addWidget(choice);
    splitter->addWidget(m_tabs);
    splitter->setSizes({260, 900});
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_command);
    connect(&session.recipes(), &RecipeLibrary::changed, this, &TradeOffPage::fillRecipes);
    connect(&session, &Session::workspaceChanged, this, [this] {
        m_kept.measured.clear(); // they belong to the workspace
        m_kept.going.clear();
        m_kept.analysis.reset();
        m_kept.command.clear();
        showKept();
    });
    for (const auto ended : {&TaskRunner::finished, &TaskRunner::cancelled})
        connect(&session.jobs(), ended, this, &TradeOffPage::showState);
    connect(&session.jobs(), &TaskRunner::failed, this, &TradeOffPage::showState);
    connect(&m_kept, &PageState::changed, this, &TradeOffPage::showKept);
    connect(m_tabs, &QTabWidget::currentChanged, this, &TradeOffPage::updateButtons);
    fillRecipes();
    showKept();
}

QWidget *TradeOffPage::makeChoice()
{
    m_recipes = new QListWidget;
    m_recipes->setObjectName(QStringLiteral("measuredRecipes"));
    m_recipes->setAccessibleName(tr("Recipes to measure"));
    auto *all = new QPushButton(tr("All")), *none = new QPushButton(tr("None"));
    m_measure = new QPushButton(themeIcon("chronometer"), tr("Measure"));
    m_measure->setObjectName(QStringLiteral("measureRecipes"));
    auto *row = new QHBoxLayout;
    row->addWidget(all);
    row->addWidget(none);
    auto *panel = new QWidget;
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    column->addWidget(new QLabel(QStringLiteral("<b>%1</b>").arg(tr("Recipes"))));
    column->addWidget(m_recipes, 1);
    column->addLayout(row);
    column->addWidget(m_measure);
    const auto checkAll = [this](Qt::CheckState state) {
        for (int i = 0; i < m_recipes->count(); ++i)
            m_recipes->item(i)->setCheckState(state);
    };
    connect(all, &QPushButton::clicked, this, [checkAll] { checkAll(Qt::Checked); });
    connect(none, &QPushButton::clicked, this, [checkAll] { checkAll(Qt::Unchecked); });
    connect(m_recipes, &QListWidget::itemChanged, this, [this] {
        m_kept.checked.emplace();
        for (const Recipe &recipe : checkedRecipes())
            m_kept.checked->insert(recipe.id);
        updateButtons();
    });
    connect(m_recipes, &QListWidget::currentRowChanged, this, &TradeOffPage::updateButtons);
    connect(m_measure, &QPushButton::clicked, this, &TradeOffPage::measure);
    return panel;
}

QWidget *TradeOffPage::makeFigures()
{
    m_state = new QLabel;
    m_state->setWordWrap(true);
    m_cost = new QComboBox;
    m_cost->setObjectName(QStringLiteral("cost"));
    m_cost->addItems(
        {tr("Time of a query (ms)"), tr("Time of its search (ms)"), tr("Bytes an image"), tr("Time to build (s)")});
    m_gain = new QComboBox;
    m_gain->setObjectName(QStringLiteral("gain"));
    m_gain->addItems({tr("µAP"), tr("acc1"), tr("recall@5"), tr("recall@10 of exact search")});
    m_export = new QPushButton(themeIcon("document-save"), tr("Export…"));
    m_export->setToolTip(tr("What is shown, as PNG, SVG or CSV"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_state, 1);
    row->addWidget(new QLabel(tr("Gain")));
    row->addWidget(m_gain);
    row->addWidget(new QLabel(tr("Cost")));
    row->addWidget(m_cost);
    m_chart = new PointChart(tr("Accuracy and cost"));
    m_chart->setObjectName(QStringLiteral("tradeOffChart"));
    m_table = new TradeOffTable;
    auto *area = new QSplitter(Qt::Vertical);
    area->addWidget(m_chart);
    area->addWidget(m_table);
    area->setSizes({420, 280});
    area->setChildrenCollapsible(false);
    auto *panel = new QWidget;
    auto *column = new QVBoxLayout(panel);
    column->addLayout(row);
    column->addWidget(area, 1);
    m_tabs->setCornerWidget(m_export);
    connect(m_cost, &QComboBox::currentIndexChanged, this, &TradeOffPage::draw);
    connect(m_gain, &QComboBox::currentIndexChanged, this, &TradeOffPage::draw);
    connect(m_export, &QPushButton::clicked, this, &TradeOffPage::exportShown);
    connect(m_table, &TradeOffTable::itemSelectionChanged, this, &TradeOffPage::chooseRow);
    connect(m_table, &TradeOffTable::cellActivated, this, [this] {
        if (m_table->selected() >= 0)
            Q_EMIT recipeWanted(m_kept.measured[std::size_t(m_table->selected())].recipe);
    });
    connect(m_chart, &PointChart::pointClicked, this, [this](int series, int point) {
        Q_EMIT recipeWanted(m_kept.measured[std::size_t(m_drawn[std::size_t(series)][std::size_t(point)])].recipe);
    });
    return panel;
}

QWidget *TradeOffPage::makeVectors()
{
    auto *intro = new QLabel(
        tr("How small the vectors of the first branch of a recipe can become: choose it in the list on the left."));
    intro->setWordWrap(true);
    m_analyse = new QPushButton(themeIcon("chronometer"), tr("Look at the vectors"));
    m_analyse->setObjectName(QStringLiteral("analyseVectors"));
    m_plots = new VectorPlots;
    m_plots->setObjectName(QStringLiteral("vectorPlots"));
    auto *row = new QHBoxLayout;
    row->addWidget(intro, 1);
    row->addWidget(m_analyse);
    auto *panel = new QWidget;
    auto *column = new QVBoxLayout(panel);
    column->addLayout(row);
    column->addWidget(m_plots, 1);
    m_plots->setVisible(false);
    connect(m_analyse, &QPushButton::clicked, this, &TradeOffPage::analyse);
    return panel;
}

void TradeOffPage::fillRecipes()
{
    const QSignalBlocker quiet(m_recipes);
    const QString current = m_recipes->currentItem() ? m_recipes->currentItem()->data(Qt::UserRole).toString()
                                                     : toQString(m_session.recipe().id);
    m_recipes->clear();
    for (const Recipe &recipe : m_session.recipes().all()) {
        auto *item = new QListWidgetItem(recipeTitle(recipe), m_recipes);
        item->setData(Qt::UserRole, toQString(recipe.id));
        item->setToolTip(QStringLiteral("<p>%1</p>").arg(toQString(recipe.summary.in(languageKey())).toHtmlEscaped()));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        const bool on = m_kept.checked ? m_kept.checked->contains(recipe.id) : isSuggested(recipe, m_session.recipe());
        item->setCheckState(on ? Qt::Checked : Qt::Unchecked);
        if (toQString(recipe.id) == current)
            m_recipes->setCurrentItem(item);
    }
    updateButtons();
}

const Recipe *TradeOffPage::recipeOf(const QListWidgetItem &item) const
{
    return m_session.recipes().find(item.data(Qt::UserRole).toString().toStdString());
}

std::vector<Recipe> TradeOffPage::checkedRecipes() const
{
    std::vector<Recipe> recipes;
    for (int i = 0; i < m_recipes->count(); ++i)
        if (m_recipes->item(i)->checkState() == Qt::Checked)
            if (const Recipe *recipe = recipeOf(*m_recipes->item(i)))
                recipes.push_back(*recipe);
    return recipes;
}

void TradeOffPage::updateButtons()
{
    const auto &workspace = m_session.workspace();
    const bool queries = workspace && !workspace->queries.empty() && !workspace->gallery.empty();
    const bool any = !checkedRecipes().empty();
    m_measure->setEnabled(queries && any);
    m_measure->setToolTip(!queries ? tr("Open a workspace with queries first")
                          : !any   ? tr("Check a recipe first")
                                   : tr("Runs all queries with each of the recipes"));
    m_analyse->setEnabled(workspace && !workspace->gallery.empty() && m_recipes->currentItem());
    m_analyse->setToolTip(m_analyse->isEnabled() ? QString() : tr("Open a folder or the sample first"));
    m_export->setEnabled(m_tabs->currentIndex() == 0 ? !m_kept.measured.empty()
                                                     : m_plots->isVisibleTo(m_tabs->widget(1)));
    showState();
}

void TradeOffPage::showState()
{
    const auto &workspace = m_session.workspace();
    if (!workspace || workspace->queries.empty() || workspace->gallery.empty())
        m_state->setText(tr("Open a workspace with queries: then the recipes are measured on it."));
    else if (!m_kept.goes.expired())
        m_state->setText(m_kept.going);
    else if (m_kept.measured.empty())
        m_state->setText(tr("Check some recipes and press Measure."));
    else
        m_state->setText(
            tr("A click on a point opens the recipe. %n recipe(s) measured.", nullptr, int(m_kept.measured.size())));
}

void TradeOffPage::setCommand(const QString &command)
{
    m_kept.command = command;
    m_command->setCommand(command);
}

void TradeOffPage::measure()
{
    const auto workspace = m_session.workspace();
    const std::vector<Recipe> recipes = checkedRecipes();
    m_tabs->setCurrentIndex(0);
    if (!workspace->truth)
        m_gain->setCurrentIndex(m_gain->count() - 1); // nothing else can be judged
    EvaluateCommand command;
    command.workspace = toUtf8(workspace->root);
    for (const Recipe &recipe : recipes)
        command.recipes.push_back(recipe.id);
    setCommand(workspace->truth ? toQString(printed(command)) : QString()); // it measures against a truth only
    m_session.jobs().startFor(
        m_kept, tr("Measuring recipes"),
        [write = PageWriter(m_kept, m_kept.command, m_session.whileOpen()), workspace, recipes,
         cache = m_session.cache()](UiTaskContext &context) {
            const auto run = std::make_shared<int>();
            write(context, [goes = std::weak_ptr<const void>(run)](TradeOffState &state) {
                state.measured.clear();
                state.goes = goes;
            });
            for (std::size_t i = 0; i < recipes.size(); ++i) {
                write(context, [recipe = recipes[i], i, count = recipes.size()](TradeOffState &state) {
                    state.going = tr("%1 (%2 of %3)").arg(recipeTitle(recipe)).arg(i + 1).arg(count);
                });
                try {
                    const TradeOff measured = measureTradeOff(
                        recipes[i], *workspace, workspace->truth ? &*workspace->truth : nullptr, cache, context);
                    write(context, [measured](TradeOffState &state) { state.measured.push_back(measured); });
                } catch (const Error &error) {
                    context.problem({recipes[i].id, error.message()}); // the others go on
                }
            }
        });
}

void TradeOffPage::analyse()
{
    const auto workspace = m_session.workspace();
    const Recipe *recipe = recipeOf(*m_recipes->currentItem());
    if (!recipe || !workspace)
        return;
    BenchVectorsCommand command;
    command.workspace = toUtf8(workspace->root);
    command.recipe = recipe->id;
    setCommand(toQString(printed(command)));
    m_session.jobs().startFor(m_kept, tr("Looking at the vectors of %1").arg(recipeTitle(*recipe)),
                              [write = PageWriter(m_kept, m_kept.command, m_session.whileOpen()), workspace,
                               recipe = *recipe, cache = m_session.cache()](UiTaskContext &context) {
                                  const VectorAnalysis analysis = analyseVectors(recipe, *workspace, cache, context);
                                  write(context, [analysis, title = recipeTitle(recipe)](TradeOffState &state) {
                                      state.analysis = analysis;
                                      state.analysed = title;
                                  });
                              });
}

void TradeOffPage::showKept()
{
    m_command->setCommand(m_kept.command);
    if (m_table->rowCount() > int(m_kept.measured.size()))
        m_table->setRowCount(0);
    for (int row = m_table->rowCount(); row < int(m_kept.measured.size()); ++row)
        m_table->add(m_kept.measured[std::size_t(row)], row);
    m_plots->setVisible(m_kept.analysis.has_value());
    if (m_kept.analysis)
        m_plots->setAnalysis(*m_kept.analysis, m_kept.analysed);
    draw();
    updateButtons();
}

void TradeOffPage::chooseRow()
{
    const int chosen = m_table->selected();
    if (chosen < 0)
        return m_chart->setChosen(std::nullopt);
    const TradeOff &measured = m_kept.measured[std::size_t(chosen)];
    m_chart->setChosen(QPointF(costOf(measured, m_cost->currentIndex()), gainOf(measured, m_gain->currentIndex())));
}

void TradeOffPage::draw()
{
    std::vector<CostAndGain> choices;
    for (const TradeOff &measured : m_kept.measured)
        choices.push_back({costOf(measured, m_cost->currentIndex()), gainOf(measured, m_gain->currentIndex())});
    const std::vector<std::size_t> front = paretoFront(choices);
    PointSeries best{tr("not beaten (Pareto front)"), rightColour(), {}, {}, true},
        others{tr("beaten by another in both"), QColor(128, 128, 128), {}, {}, false};
    m_drawn.assign(2, {});
    const auto put = [&](PointSeries &series, std::vector<int> &drawn, std::size_t i) {
        series.points.emplace_back(choices[i].cost, choices[i].gain);
        series.labels << recipeTitle(m_kept.measured[i].recipe);
        drawn.push_back(int(i));
    };
    for (const std::size_t i : front)
        put(best, m_drawn[0], i);
    for (std::size_t i = 0; i < choices.size(); ++i)
        if (std::ranges::find(front, i) == front.end())
            put(others, m_drawn[1], i);
    m_chart->setAxes(m_cost->currentText(), m_gain->currentText(), true);
    if (choices.empty())
        m_chart->setSeries({});
    else
        m_chart->setSeries({std::move(best), std::move(others)});
    chooseRow();
}

void TradeOffPage::exportShown()
{
    const bool figures = m_tabs->currentIndex() == 0;
    askAndSave(*this, tr("Save the charts"), figures ? QStringLiteral("trade-off.png") : QStringLiteral("vectors.png"),
               tr("Charts (*.png *.svg *.csv)"), [this, figures](const QString &file) {
                   return figures ? m_chart->save(file, csvOf(m_kept.measured)) : m_plots->save(file);
               });
}

void TradeOffPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        draw(); // in the colours of the look
}

} // namespace likeness::ui
