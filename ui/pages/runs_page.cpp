#include "ui/pages/runs_page.h"

#include "core/base/folder_lock.h"
#include "core/eval/embedding_map.h"
#include "core/train/objective_stages.h"
#include "ui/training_session.h"
#include "ui/util/convert.h"
#include "ui/util/theme.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/curve_icon.h"
#include "ui/widgets/embedding_view.h"
#include "ui/widgets/prolong_question.h"
#include "ui/widgets/run_details.h"
#include "ui/widgets/training_charts.h"

#include <QDesktopServices>
#include <QFile>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTabWidget>
#include <QTableWidget>
#include <QUrl>
#include <QVBoxLayout>
#include <cmath>

namespace likeness::ui {

namespace {

enum Column { CurveColumn, Name, State, Objective, Images, Steps, Loss, Recall, Uap, Created };
constexpr int mapImages = 400;

QString stateText(const TrainingRun &run)
{
    switch (run.state) {
    case TrainingRun::State::Finished:
        return RunsPage::tr("finished");
    case TrainingRun::State::Failed:
        return RunsPage::tr("failed");
    case TrainingRun::State::Stopped:
        return RunsPage::tr("stopped");
    case TrainingRun::State::Running:
        return FolderLock::isHeld(run.folder) ? RunsPage::tr("running elsewhere") : RunsPage::tr("broken off");
    }
    return {};
}

QString numberText(double value, int digits)
{
    return std::isnan(value) ? QStringLiteral("–") : QString::number(value, 'f', digits);
}

} // namespace

RunsPage::RunsPage(Session &session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_table(new QTableWidget(0, 10)),
      m_charts(new TrainingCharts),
      m_map(new EmbeddingView),
      m_tabs(new QTabWidget),
      m_details(new QLabel),
      m_messages(new MessageBar)
{
    m_table->setObjectName(QStringLiteral("runs"));
    m_table->setAccessibleName(tr("Runs"));
    m_table->setHorizontalHeaderLabels({tr("Curve"), tr("Name"), tr("State"), tr("Objective"), tr("Images"),
                                        tr("Steps"), tr("Last loss"), tr("Best recall@1"), tr("Best µAP"),
                                        tr("Begun")});
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(40);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setIconSize({96, 32});
    m_details->setWordWrap(true);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_details->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_details->setMargin(gap);
    auto *details = new QScrollArea;
    details->setWidget(m_details);
    details->setWidgetResizable(true);
    auto *mapPage = new QWidget;
    auto *mapColumn = new QVBoxLayout(mapPage);
    m_showMap = new QPushButton(themeIcon("view-refresh"), tr("Show the map"));
    m_showMap->setObjectName(QStringLiteral("showMap"));
    m_showMap->setToolTip(tr("Looks at up to %1 images of the workspace, or of the run").arg(mapImages));
    mapColumn->addWidget(m_map, 1);
    mapColumn->addWidget(m_showMap, 0, Qt::AlignLeft);
    m_tabs->addTab(m_charts, tr("Curves"));
    m_tabs->addTab(details, tr("Options and figures"));
    m_tabs->addTab(mapPage, tr("Map of the vectors"));
    m_tabs->setObjectName(QStringLiteral("runTabs"));
    m_messages->hide();
    auto *top = new QWidget;
    auto *topColumn = new QVBoxLayout(top);
    topColumn->setContentsMargins(0, 0, 0, 0);
    topColumn->addWidget(m_table, 1);
    topColumn->addWidget(makeButtons());
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(top);
    splitter->addWidget(m_tabs);
    splitter->setSizes({260, 480});
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->addWidget(m_messages);
    layout->addWidget(splitter, 1);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &RunsPage::selectionChanged);
    connect(m_table, &QTableWidget::itemChanged, this, [this](QTableWidgetItem *item) {
        if (!m_filling && item->column() == Name)
            rename(item->row(), item->text());
    });
    connect(m_showMap, &QPushButton::clicked, this, &RunsPage::showMap);
    connect(&m_histories, &RunHistories::arrived, this, &RunsPage::showHistory);
    connect(&session.training(), &TrainingSession::stateChanged, this, [this] {
        if (isVisible())
            refresh();
    });
    selectionChanged();
}

QWidget *RunsPage::makeButtons()
{
    m_resume = new QPushButton(themeIcon("media-playback-start"), tr("Go on"));
    m_again = new QPushButton(themeIcon("document-edit"), tr("Train again with changes"));
    m_use = new QPushButton(themeIcon("edit-find"), tr("Use in search"));
    m_folder = new QPushButton(themeIcon("folder-open"), tr("Open the folder"));
    m_delete = new QPushButton(themeIcon("edit-delete"), tr("Delete"));
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QPushButton *button : {m_resume, m_again, m_use, m_folder, m_delete})
        layout->addWidget(button);
    layout->addStretch();
    const auto chosen = [this] { return m_runs[std::size_t(selectedRows().front())]; };
    connect(m_resume, &QPushButton::clicked, this, [this, chosen] { resume(chosen()); });
    connect(m_again, &QPushButton::clicked, this, [this, chosen] { Q_EMIT trainWanted(chosen()); });
    connect(m_use, &QPushButton::clicked, this,
            [this, chosen] { m_session.useModelOf(chosen(), this, [this] { Q_EMIT searchWanted(); }); });
    connect(m_folder, &QPushButton::clicked, this,
            [chosen] { QDesktopServices::openUrl(QUrl::fromLocalFile(toQString(chosen().folder))); });
    connect(m_delete, &QPushButton::clicked, this, &RunsPage::remove);
    return row;
}

void RunsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_messages->hide();
    refresh();
}

void RunsPage::refresh()
{
    std::vector<std::filesystem::path> selected;
    for (const int row : selectedRows())
        selected.push_back(m_runs[std::size_t(row)].folder);
    m_filling = true;
    m_runs = listRuns(userRunsFolder());
    m_table->setRowCount(int(m_runs.size()));
    for (int row = 0; row < int(m_runs.size()); ++row) {
        const TrainingRun &run = m_runs[std::size_t(row)];
        const TrainingSession &training = m_session.training();
        const bool now = training.isRunning() && training.run().folder == run.folder;
        const QString cells[] = {{},
                                 toQString(run.name),
                                 now ? training.isPaused() ? tr("paused") : tr("running") : stateText(run),
                                 coreText(objectiveById(run.recipe.objective()).title),
                                 QString::number(run.facts.trained),
                                 tr("%1 of %2").arg(run.last.step).arg(run.facts.steps),
                                 numberText(run.last.loss, 3),
                                 numberText(run.best.recall1, 3),
                                 numberText(run.best.uap, 3),
                                 toQString(run.created)};
        for (int column = 0; column < int(std::size(cells)); ++column) {
            auto *item = new QTableWidgetItem(cells[column]);
            if (column == CurveColumn)
                item->setIcon(curveIcon(m_histories.of(run.folder), *this));
            if (column != Name || now)
                item->setFlags(item->flags() & ~Qt::ItemIsEditable);
            if (column >= Images && column <= Uap)
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            if (column == Loss && run.last.step > 0)
                item->setToolTip(tr("Of step %1, the last one").arg(run.last.step));
            if ((column == Recall || column == Uap) && run.best.step > 0)
                item->setToolTip(tr("Of step %1, whose weights are in the model").arg(run.best.step));
            m_table->setItem(row, column, item);
        }
    }
    m_table->clearSelection();
    const auto mode = m_table->selectionMode();
    m_table->setSelectionMode(QAbstractItemView::MultiSelection);
    for (int row = 0; row < int(m_runs.size()); ++row)
        if (std::ranges::find(selected, m_runs[std::size_t(row)].folder) != selected.end())
            m_table->selectRow(row);
    m_table->setSelectionMode(mode);
    if (selected.empty() && !m_runs.empty())
        m_table->selectRow(0);
    m_filling = false;
    std::vector<std::filesystem::path> folders;
    for (const TrainingRun &run : m_runs)
        folders.push_back(run.folder);
    m_histories.read(folders);
    if (m_runs.empty())
        m_messages->showMessage(MessageKind::Note, tr("There is no training run yet: the page Train makes them."));
    else if (m_messages->kind() == MessageKind::Note) // a refusal stays
        m_messages->hide();
    selectionChanged();
}

std::vector<int> RunsPage::selectedRows() const
{
    std::vector<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        if (index.row() < int(m_runs.size()))
            rows.push_back(index.row());
    std::ranges::sort(rows);
    return rows;
}

void RunsPage::drawCurves()
{
    std::vector<RunCurves> curves;
    for (const int row : selectedRows()) {
        const TrainingRun &run = m_runs[std::size_t(row)];
        curves.push_back(
            {toQString(run.name), m_histories.of(run.folder), run.facts.dimension, run.facts.collapsedLoss});
    }
    m_charts->setRuns(std::move(curves));
}

void RunsPage::showHistory(const std::filesystem::path &folder)
{
    const auto run = std::ranges::find(m_runs, folder, &TrainingRun::folder);
    if (run == m_runs.end())
        return;
    const int row = int(run - m_runs.begin());
    m_table->item(row, CurveColumn)->setIcon(curveIcon(m_histories.of(folder), *this));
    if (std::ranges::count(selectedRows(), row) > 0)
        drawCurves();
}

void RunsPage::selectionChanged()
{
    if (m_filling)
        return;
    const std::vector<int> rows = selectedRows();
    std::vector<std::filesystem::path> folders;
    for (const int row : rows)
        folders.push_back(m_runs[std::size_t(row)].folder);
    m_histories.read(folders); // before the others
    drawCurves();
    const bool one = rows.size() == 1, busy = m_session.training().isRunning();
    const TrainingRun *run = one ? &m_runs[std::size_t(rows.front())] : nullptr;
    const QString pick = tr("Select one run");
    const auto allow = [](QPushButton *button, const QString &reason) {
        button->setEnabled(reason.isEmpty());
        button->setToolTip(reason);
    };
    allow(m_resume, !one                          ? pick
                    : busy                        ? tr("A training is running: pause or stop it first")
                    : checkpointsOf(*run).empty() ? tr("It has no checkpoint")
                                                  : QString());
    allow(m_again, one ? QString() : pick);
    const QString model = !one                                                         ? pick
                          : std::filesystem::exists(run->folder / "model.safetensors") ? QString()
                                                                                       : tr("It has no model yet");
    allow(m_use, model);
    allow(m_showMap, model);
    allow(m_folder, one ? QString() : pick);
    const bool running = busy && std::ranges::any_of(rows, [this](int row) {
                             return m_runs[std::size_t(row)].folder == m_session.training().run().folder;
                         });
    allow(m_delete, rows.empty() ? tr("Select runs") : running ? tr("It is running") : QString());
    m_details->setText(one ? runHtml(*run) : tr("%n run(s) selected", nullptr, int(rows.size())));
}

/// From one of its checkpoints, the newest first: one may be damaged.
void RunsPage::resume(const TrainingRun &run)
{
    if (run.state == TrainingRun::State::Finished)
        return askHowLong(*this, run, [this, step = checkpointsOf(run).front()](const TrainingRun &longer) {
            Q_EMIT resumeWanted(longer, step);
        });
    QMenu menu;
    const auto steps = checkpointsOf(run);
    for (const std::int64_t step : steps)
        connect(menu.addAction(tr("From step %1").arg(step)), &QAction::triggered, this, [this, run, step, steps] {
            if (step == steps.front() || mayLeaveNewer(run, steps.front(), step))
                Q_EMIT resumeWanted(run, step);
        });
    menu.exec(m_resume->mapToGlobal(QPoint(0, m_resume->height())));
}

bool RunsPage::mayLeaveNewer(const TrainingRun &run, std::int64_t newest, std::int64_t step)
{
    const QString best =
        run.best.step > step
            ? tr(" Its best recall@1, %1, is of step %2.").arg(numberText(run.best.recall1, 3)).arg(run.best.step)
            : QString();
    const QString text =
        tr("“%1” has a newer checkpoint, of step %2.").arg(toQString(run.name)).arg(newest) + best + QLatin1Char(' ') +
        tr("It is kept as a run of its own, and “%1” goes on from step %2. Go on?").arg(toQString(run.name)).arg(step);
    return QMessageBox::question(this, tr("Go on from an older step"), text, QMessageBox::Yes | QMessageBox::No,
                                 QMessageBox::No) == QMessageBox::Yes;
}

bool RunsPage::isFree(const TrainingRun &run)
{
    const bool held = FolderLock::isHeld(run.folder); // by this program, too
    if (held)
        m_messages->showRefusal(tr("“%1” is being trained: stop it first.").arg(toQString(run.name)));
    return !held;
}

void RunsPage::rename(int row, const QString &name)
{
    TrainingRun &run = m_runs[std::size_t(row)];
    if (name.trimmed().isEmpty() || name == toQString(run.name) || !isFree(run))
        return refresh();
    run.name = name.trimmed().toStdString();
    try {
        run.write();
    } catch (const Error &error) {
        m_messages->showRefusal(toQString(error.message()));
    }
    refresh();
}

void RunsPage::remove()
{
    QStringList names;
    std::vector<TrainingRun> chosen; // copies: the list may change while the question is open
    for (const int row : selectedRows()) {
        chosen.push_back(m_runs[std::size_t(row)]);
        names << toQString(chosen.back().name);
        if (!isFree(chosen.back()))
            return;
    }
    if (QMessageBox::question(this, tr("Delete runs"),
                              tr("Move %n run(s) to the trash: %1?", nullptr, int(chosen.size()))
                                  .arg(names.join(QStringLiteral(", ")))) != QMessageBox::Yes)
        return;
    QStringList failed;
    for (const TrainingRun &run : chosen)
        if (!QFile::moveToTrash(toQString(run.folder)))
            failed << toQString(run.name);
    refresh();
    if (!failed.isEmpty())
        m_messages->showRefusal(tr("These could not be moved to the trash: %1").arg(failed.join(QStringLiteral(", "))));
}

void RunsPage::showMap()
{
    const auto rows = selectedRows();
    if (rows.size() != 1)
        return;
    const TrainingRun run = m_runs[std::size_t(rows.front())];
    const auto map = std::make_shared<EmbeddingMap>();
    m_session.jobs().startFor(
        *this, tr("Map of %1").arg(toQString(run.name)),
        [run, map, workspace = m_session.workspace()](UiTaskContext &context) {
            std::vector<ImageRef> images;
            if (!run.sources.empty())
                images = imagesToTrainOn(run.sources, context);
            else if (workspace)
                images.assign(workspace->gallery.images().begin(), workspace->gallery.images().end());
            else
                throw Error(
                    ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP(
                        "core", "the run was trained on rendered scenes: open a folder whose images shall be shown"),
                    {});
            *map = embeddingMap(run.folder / "model.safetensors", images, mapImages, context);
        },
        [this, map] {
            m_map->setMap(*map);
            m_map->setToolTip(tr("The two directions hold %1 % and %2 % of the differences")
                                  .arg(100 * map->explained[0], 0, 'f', 0)
                                  .arg(100 * map->explained[1], 0, 'f', 0));
        });
    m_tabs->setCurrentIndex(2);
}

} // namespace likeness::ui
