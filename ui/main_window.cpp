#include "ui/main_window.h"

#include "ui/page_bar.h"
#include "ui/page_table.h"
#include "ui/pages/benchmark_page.h"
#include "ui/pages/browse_page.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/index_page.h"
#include "ui/pages/labels_page.h"
#include "ui/pages/match_page.h"
#include "ui/pages/models_page.h"
#include "ui/pages/recipe_page.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/search_page.h"
#include "ui/pages/start_page.h"
#include "ui/pages/submission_page.h"
#include "ui/pages/trade_off_page.h"
#include "ui/pages/train_page.h"
#include "ui/tasks/task_bar.h"
#include "ui/training_session.h"
#include "ui/util/convert.h"
#include "ui/util/settings.h"
#include "ui/widgets/bars.h"
#include "ui/window_actions.h"

#include <QCloseEvent>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QSettings>
#include <QTimer>
#include <QToolBar>
#include <QVBoxLayout>

namespace likeness::ui {

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent), m_thumbnails(m_session.cache()), m_closing(m_session, *this)
{
    setAcceptDrops(true);
    resize(1320, 840);
    restoreGeometry(QSettings().value(QStringLiteral("window_geometry")).toByteArray());
    connectSession();
    rebuild();
}

MainWindow::~MainWindow()
{
    delete takeCentralWidget(); // before the session that the pages refer to
}

void MainWindow::rebuild()
{
    const int shown = m_pages ? m_pages->currentIndex() : 0;
    const QString submission = m_pages && m_pages->areBuilt() ? page<SubmissionPage>().file() : QString();
    for (QMenu *menu : menuBar()->findChildren<QMenu *>(Qt::FindDirectChildrenOnly))
        delete menu;
    for (QToolBar *bar : findChildren<QToolBar *>())
        delete bar;
    delete takeCentralWidget();
    buildPages();
    buildMenus();
    buildPageBar();
    updateTitle();
    if (!submission.isEmpty())
        openSubmission(submission);
    showPage(*pageTable()[std::size_t(shown)].type);
}

void MainWindow::buildPages()
{
    m_messages = new MessageBar;
    m_pages = new PageStack(m_session, m_thumbnails);
    auto *central = new QWidget;
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_messages);
    column->addWidget(m_pages, 1);
    TrainingSession &training = m_session.training();
    column->addWidget(new LaneBars({{&m_session.tasks(), "cancelTask"},
                                    {&m_session.openings(), "cancelOpening"},
                                    {&m_session.deeds(), "cancelDeed"},
                                    {&m_session.jobs(), "cancelJob"},
                                    {&training.tasks(), "stopTraining", [&training] { training.stop(); }}}));
    setCentralWidget(central);
    connect(&page<StartPage>(), &StartPage::sampleWanted, &m_session, &Session::openSample);
    connect(m_pages, &PageStack::built, this, &MainWindow::connectPages);
    QTimer::singleShot(300, m_pages, &PageStack::buildOthers);
}

void MainWindow::connectPages()
{
    connect(&page<BrowsePage>(), &BrowsePage::searchWanted, this, [this] {
        showPage<SearchPage>();
        m_session.runQuery();
    });
    connect(&page<SearchPage>(), &SearchPage::refused, this, [this](const QString &reason) {
        report(MessageKind::Refusal, reason);
        m_saidBy = &m_session.tasks(); // a change that is taken searches, and hides it
    });
    leads<ComparePage>(&SearchPage::compareWanted);
    leads<MatchPage>(&SearchPage::matchWanted);
    leads<RecipePage>(&SearchPage::recipeEditWanted);
    leads<MatchPage>(&ComparePage::matchWanted);
    leads<SearchPage>(&ComparePage::searchWanted);
    leads<ComparePage>(&MatchPage::compareWanted);
    connect(&page<BenchmarkPage>(), &BenchmarkPage::pairWanted, &page<MatchPage>(), &MatchPage::setFiles);
    leads<MatchPage>(&BenchmarkPage::pairWanted);
    connect(&page<TradeOffPage>(), &TradeOffPage::recipeWanted, &page<RecipePage>(), &RecipePage::edit);
    leads<RecipePage>(&TradeOffPage::recipeWanted);
    connect(&page<RunsPage>(), &RunsPage::trainWanted, &page<TrainPage>(), &TrainPage::takeOver);
    connect(&page<RunsPage>(), &RunsPage::resumeWanted, &page<TrainPage>(), &TrainPage::resume);
    leads<TrainPage>(&RunsPage::trainWanted);
    leads<TrainPage>(&RunsPage::resumeWanted);
    leads<ModelsPage>(&LabelsPage::modelsWanted);
    connect(&page<ModelsPage>(), &ModelsPage::searchWanted, this, [this] { showSearch(); });
    connect(&page<TrainPage>(), &TrainPage::searchWanted, this, [this] { showSearch(); });
    connect(&page<RunsPage>(), &RunsPage::searchWanted, this, [this] { showSearch(); });
    connect(&page<RecipePage>(), &RecipePage::searchWanted, this, [this] {
        showSearch();
        m_session.runQuery();
    });
    connect(&page<SearchPage>(), &SearchPage::openQueryWanted, m_actions, &WindowActions::askForQuery);
    connect(&page<SearchPage>(), &SearchPage::pasteWanted, m_actions, &WindowActions::pasteQuery);
    connect(&page<SubmissionPage>(), &SubmissionPage::regionWanted, this, &MainWindow::searchPicture);
    connect(&page<SubmissionPage>(), &SubmissionPage::openWanted, m_actions, &WindowActions::askForSubmission);
}

void MainWindow::buildMenus()
{
    delete m_actions;
    m_actions = new WindowActions(m_session, *menuBar(), *this);
    connect(m_actions, &WindowActions::pathChosen, this, &MainWindow::open);
    connect(m_actions, &WindowActions::pictureChosen, this, &MainWindow::searchPicture);
    connect(m_actions, &WindowActions::submissionChosen, this, &MainWindow::openSubmission);
    connect(m_actions, &WindowActions::message, m_messages,
            [this](const QString &text) { report(MessageKind::Success, text); });
    connect(m_actions, &WindowActions::refused, m_messages,
            [this](const QString &text) { report(MessageKind::Refusal, text); });
    connect(m_actions, &WindowActions::recentChanged, &page<StartPage>(), &StartPage::refresh);
    connect(m_actions, &WindowActions::lookChanged, this, &MainWindow::rebuild);
    connect(m_actions, &WindowActions::indexWanted, this, [this] {
        showPage<IndexPage>();
        page<IndexPage>().askForFolder();
    });
    connect(&page<StartPage>(), &StartPage::folderWanted, m_actions,
            [this](const QString &folder) { folder.isEmpty() ? m_actions->askForFolder() : open(folder); });
}

void MainWindow::buildPageBar()
{
    m_pageBar = new PageBar;
    addToolBar(Qt::LeftToolBarArea, m_pageBar);
    connect(m_pageBar, &PageBar::chosen, this, [this](const QMetaObject &page) { showPage(page); });
    m_pageBar->setWorkspaceThere(m_session.hasWorkspace());
}

void MainWindow::connectSession()
{
    connect(&m_session, &Session::workspaceChanged, this, [this] {
        m_messages->hide();
        m_thumbnails.clear(); // files may have changed since
        page<StartPage>().refresh();
        m_pageBar->setWorkspaceThere(true);
        updateTitle();
        m_session.workspace()->queries.empty() ? showPage<BrowsePage>() : showPage<SearchPage>();
    });
    connect(&m_closing, &Closing::message, this, [this](const QString &text) { report(MessageKind::Note, text); });
    for (TaskRunner *lane : m_session.lanes()) {
        const auto say = [this, lane](MessageKind kind, const QString &text, const QString &problems) {
            report(kind, text, problems);
            // What became of hours of work stays while the next job that waited runs.
            const bool stays = lane == &m_session.jobs() && kind == MessageKind::Refusal;
            m_saidBy = stays ? nullptr : lane;
        };
        connect(lane, &TaskRunner::started, this, [this, lane] {
            if (m_saidBy == lane) // a search does not hide what became of a long job
                m_messages->hide();
            m_startedOn = m_pages->currentIndex();
        });
        connect(lane, &TaskRunner::failed, this,
                [say, lane](const QString &message) { say(MessageKind::Refusal, message, problemsOf(*lane)); });
        connect(lane, &TaskRunner::cancelled, this,
                [say, lane] { say(MessageKind::Note, tr("Cancelled. What was done is kept."), problemsOf(*lane)); });
        connect(lane, &TaskRunner::finished, this, [say, lane] {
            const QString problems = problemsOf(*lane);
            if (!problems.isEmpty())
                say(MessageKind::Refusal,
                    tr("%n file(s) could not be used; everything else is done.", nullptr,
                       int(problems.count(QLatin1Char('\n')) + 1)),
                    problems);
        });
    }
}

QString MainWindow::problemsOf(const TaskRunner &lane)
{
    QStringList lines;
    for (const Problem &problem : lane.problems())
        lines << toQString(problem.line());
    lines.removeDuplicates();
    return lines.join(QLatin1Char('\n'));
}

void MainWindow::report(MessageKind kind, const QString &text, const QString &details)
{
    m_messageOf = m_pages->currentIndex();
    m_messages->showMessage(kind, text, details);
}

void MainWindow::updateTitle()
{
    const QString name = !m_session.hasWorkspace() ? QString()
                         : m_session.isSample()    ? tr("Sample")
                                                   : toQString(m_session.workspace()->root);
    setWindowTitle(name.isEmpty() ? QStringLiteral("Likeness") : name + QStringLiteral(" — Likeness"));
}

void MainWindow::showPage(const QMetaObject &page)
{
    m_pages->show(page);
    const int shown = m_pages->currentIndex();
    if (shown != m_messageOf && shown != m_startedOn)
        m_messages->hide(); // it spoke of a page that is left
    m_pageBar->setCurrent(shown);
}

void MainWindow::showSearch()
{
    m_session.hasWorkspace() ? showPage<SearchPage>() : showPage<StartPage>();
}

void MainWindow::showQuery()
{
    showPage<SearchPage>();
    m_session.runQuery();
}

void MainWindow::open(const QString &path)
{
    if (QFileInfo(path).isFile() && ModelsPage::isWeightFile(path)) {
        showPage<ModelsPage>();
        page<ModelsPage>().import(path);
    } else if (QFileInfo(path).isFile()) {
        m_session.setQueryFile(toPath(QFileInfo(path).absoluteFilePath()));
        showQuery();
    } else {
        m_session.openFolder(QFileInfo(path).absoluteFilePath());
    }
}

void MainWindow::openSubmission(const QString &file)
{
    showPage<SubmissionPage>();
    page<SubmissionPage>().open(file);
}

void MainWindow::searchPicture(const QImage &picture, const QString &name)
{
    m_session.setQueryImage(picture, name);
    showQuery();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->source() == nullptr && (event->mimeData()->hasUrls() || event->mimeData()->hasImage()))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    if (event->mimeData()->hasUrls() && event->mimeData()->urls().first().isLocalFile())
        open(event->mimeData()->urls().first().toLocalFile());
    else if (event->mimeData()->hasImage()) {
        searchPicture(event->mimeData()->imageData().value<QImage>(), tr("Dropped picture"));
    }
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    QSettings().setValue(QStringLiteral("window_geometry"), saveGeometry());
    event->ignore();
    if (m_pages->areBuilt() && page<RecipePage>().isUnsaved())
        page<RecipePage>().askAboutChanges(
            [this] { QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection); });
    else
        event->setAccepted(m_closing.mayClose());
}

} // namespace likeness::ui
