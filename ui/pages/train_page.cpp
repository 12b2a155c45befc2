#include "ui/pages/train_page.h"

#include "core/base/file.h"
#include "core/commands/train_command.h"
#include "ui/training_session.h"
#include "ui/util/convert.h"
#include "ui/util/theme.h"
#include "ui/widgets/augmentation_preview.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/training_charts.h"
#include "ui/widgets/training_form.h"
#include "ui/widgets/training_outlook.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

namespace likeness::ui {

TrainPage::TrainPage(Session &session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_form(new TrainingForm),
      m_preview(new AugmentationPreview),
      m_charts(new TrainingCharts),
      m_tabs(new QTabWidget),
      m_state(new QLabel),
      m_messages(new MessageBar),
      m_command(new CommandBar)
{
    auto *scroll = new QScrollArea;
    scroll->setWidget(m_form);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus); // its fields are the stops
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_form->setMinimumWidth(300);
    auto *previewPage = new QWidget;
    auto *previewColumn = new QVBoxLayout(previewPage);
    auto *again = new QPushButton(themeIcon("view-refresh"), tr("Other views"));
    again->setObjectName(QStringLiteral("otherViews"));
    auto *againRow = new QHBoxLayout;
    againRow->addStretch();
    againRow->addWidget(again);
    previewColumn->addWidget(m_preview, 1);
    previewColumn->addLayout(againRow);
    m_tabs->addTab(previewPage, tr("What it will see"));
    m_tabs->addTab(m_charts, tr("Curves"));
    m_tabs->setObjectName(QStringLiteral("trainTabs"));
    m_state->setWordWrap(true);
    m_state->setObjectName(QStringLiteral("trainingState"));
    m_messages->hide();

    auto *right = new QWidget;
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(makeButtons());
    m_outlook = new TrainingOutlook;
    column->addWidget(m_outlook);
    column->addWidget(m_state);
    column->addWidget(m_messages);
    column->addWidget(m_tabs, 1);
    auto *splitter = new QSplitter;
    splitter->addWidget(scroll);
    splitter->addWidget(right);
    splitter->setSizes({360, 900});
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_command);

    connect(again, &QPushButton::clicked, m_preview, &AugmentationPreview::again);
    connectSession();
    m_form->setWorkspace(session.hasWorkspace() ? toQString(session.workspace()->root) : QString());
    if (!session.training().points().empty() || session.training().isRunning()) { // the window was built anew
        m_form->setRun(session.training().run());
        beginCurves();
        m_tabs->setCurrentIndex(1);
    }
    updateState();
}

void TrainPage::connectSession()
{
    TrainingSession &training = m_session.training();
    connect(m_form, &TrainingForm::changed, this, &TrainPage::formChanged);
    connect(&training, &TrainingSession::stateChanged, this, &TrainPage::updateState);
    connect(&training.tasks(), &TaskRunner::idle, this, &TrainPage::listProblems);
    connect(&training, &TrainingSession::pointsAdded, this, &TrainPage::addPoints);
    connect(&training, &TrainingSession::warned, this, [this](const QString &text) {
        m_messages->showRefusal(text, m_session.training().warnings().join(QLatin1Char('\n')));
    });
    connect(&training, &TrainingSession::saved, this,
            [this](qint64 step) { m_save->setToolTip(tr("Saved at step %1").arg(step)); });
    connect(&m_session, &Session::workspaceChanged, this,
            [this] { m_form->setWorkspace(toQString(m_session.workspace()->root)); });
}

QWidget *TrainPage::makeButtons()
{
    m_start = new QPushButton(themeIcon("media-playback-start"), tr("Start"));
    m_pause = new QPushButton(themeIcon("media-playback-pause"), tr("Pause"));
    m_save = new QPushButton(themeIcon("document-save"), tr("Save now"));
    m_use = new QPushButton(themeIcon("edit-find"), tr("Use in search"));
    m_start->setObjectName(QStringLiteral("startTraining"));
    m_pause->setObjectName(QStringLiteral("pauseTraining"));
    m_save->setObjectName(QStringLiteral("saveTraining"));
    m_use->setObjectName(QStringLiteral("useTraining"));
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QPushButton *button : {m_start, m_pause, m_save, m_use})
        layout->addWidget(button);
    layout->addStretch();
    connect(m_start, &QPushButton::clicked, this, &TrainPage::start);
    connect(m_pause, &QPushButton::clicked, this,
            [this] { m_session.training().setPaused(!m_session.training().isPaused()); });
    connect(m_save, &QPushButton::clicked, this, [this] { m_session.training().saveNow(); });
    connect(m_use, &QPushButton::clicked, this, &TrainPage::useInSearch);
    return row;
}

void TrainPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_outlook->setRun(m_form->run());
    if (m_preview->isEmpty() && m_form->missing().isEmpty()) // not before anybody looks
        m_preview->setRun(m_form->run());
}

void TrainPage::formChanged()
{
    if (isVisible())
        m_outlook->setRun(m_form->run());
    if (isVisible() && m_form->missing().isEmpty())
        m_preview->setRun(m_form->run());
    if (!m_session.training().isRunning())
        m_command->setCommand(commandOf(m_form->run()));
    updateState();
}

QString TrainPage::commandOf(const TrainingRun &run) const
{
    TrainCommand command;
    command.sources = run.sources;
    if (run.rendered > 0)
        command.rendered = run.rendered;
    command.objective = run.recipe.objective();
    command.overrides = run.recipe.assignments();
    command.out = toUtf8(run.folder.empty() ? freeRunFolder(userRunsFolder(), run.name) : run.folder);
    return toQString(printed(command));
}

void TrainPage::start()
{
    TrainingRun run = m_form->run();
    chooseFreePlace(run, userRunsFolder());
    m_command->setCommand(commandOf(run));
    m_messages->hide();
    m_session.training().start(run);
    beginCurves();
    m_tabs->setCurrentIndex(1);
}

void TrainPage::takeOver(const TrainingRun &run)
{
    m_form->setRun(run);
    m_tabs->setCurrentIndex(0);
}

void TrainPage::resume(const TrainingRun &run, std::int64_t step)
{
    m_messages->hide();
    m_form->setRun(run);
    const auto steps = checkpointsOf(run);
    TrainCommand command;
    command.resume = true;
    command.from = step;
    command.force = !steps.empty() && steps.front() > step;
    command.out = toUtf8(run.folder);
    m_command->setCommand(toQString(printed(command)));
    m_session.training().resume(run, step);
    beginCurves();
    m_tabs->setCurrentIndex(1);
}

void TrainPage::beginCurves()
{
    const TrainingSession &training = m_session.training();
    m_charts->setRuns({{toQString(training.run().name), training.points(), training.facts().dimension,
                        training.facts().collapsedLoss}});
    m_charts->setPairs(training.pairs());
    m_drawn = training.points().size();
}

void TrainPage::addPoints()
{
    const TrainingSession &training = m_session.training();
    m_charts->append(std::span(training.points()).subspan(std::min(m_drawn, training.points().size())));
    m_drawn = training.points().size();
    if (!training.points().empty() && training.points().back().isValidation())
        m_charts->setPairs(training.pairs());
    m_state->setText(figuresText());
}

/// What the last step says, in words.
QString TrainPage::figuresText() const
{
    const TrainingSession &training = m_session.training();
    const TrainingFacts &facts = training.facts();
    if (training.points().empty())
        return !training.isRunning() ? QString() : training.isPaused() ? tr("Paused.") : tr("Preparing…");
    const HistoryPoint &last = training.points().back();
    QString text = !training.isRunning()   ? QString()
                   : training.isPaused()   ? tr("Paused.") + QLatin1Char(' ')
                   : training.isStopping() ? tr("Stopping…") + QLatin1Char(' ')
                                           : QString();
    text += tr("Step %1 of %2, epoch %3; loss %4; %5 views a second on %6 (%7); %8 images, %9 held out.")
                .arg(last.step)
                .arg(facts.steps)
                .arg(last.epoch, 0, 'f', 1)
                .arg(last.loss, 0, 'g', 4)
                .arg(last.imagesPerSecond, 0, 'f', 0)
                .arg(toQString(facts.device), toQString(facts.precision))
                .arg(facts.trained)
                .arg(facts.heldOut);
    for (auto point = training.points().rbegin(); point != training.points().rend(); ++point)
        if (point->isValidation()) {
            text += QLatin1Char(' ') + tr("Copies of held-out images: recall@1 %1, µAP %2.")
                                           .arg(point->recall1, 0, 'f', 3)
                                           .arg(point->uap, 0, 'f', 3);
            break;
        }
    return text;
}

void TrainPage::updateState()
{
    TrainingSession &training = m_session.training();
    const bool running = training.isRunning();
    if (running)
        m_charts->setLimits(training.facts().dimension, training.facts().collapsedLoss);
    const QString missing = m_form->missing();
    m_form->setEnabled(!running); // it shows what is trained
    m_start->setEnabled(!running && missing.isEmpty());
    m_start->setToolTip(running ? tr("A training is running: pause or stop it first") : missing);
    m_pause->setEnabled(running);
    m_pause->setText(training.isPaused() ? tr("Go on") : tr("Pause"));
    m_pause->setIcon(themeIcon(training.isPaused() ? "media-playback-start" : "media-playback-pause"));
    m_save->setEnabled(running);
    const bool model =
        !training.run().folder.empty() && std::filesystem::exists(training.run().folder / "model.safetensors");
    m_use->setEnabled(model);
    m_use->setToolTip(model ? tr("Installs the model of this run and chooses its recipe")
                            : tr("There is no trained model yet"));
    m_state->setText(running || !training.points().empty() ? figuresText() : missing);
    m_state->setVisible(!m_state->text().isEmpty());
}

/// Images that could not be read; the run went on without them.
void TrainPage::listProblems()
{
    QStringList lines = m_session.training().warnings();
    const auto &problems = m_session.training().tasks().problems();
    for (const Problem &problem : problems)
        lines << toQString(problem.line());
    if (!problems.empty())
        m_messages->showRefusal(
            tr("%n image(s) could not be read; the training went on without them.", nullptr, int(problems.size())),
            lines.join(QLatin1Char('\n')));
}

void TrainPage::useInSearch()
{
    m_session.useModelOf(m_session.training().run(), this, [this] { Q_EMIT searchWanted(); });
}

} // namespace likeness::ui
