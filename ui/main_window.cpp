#include "ui/main_window.h"

#include "ui/page_bar.h"
#include "ui/pages/index_page.h"
#include "ui/pages/models_page.h"
#include "ui/pages/recipe_page.h"
#include "ui/pages/start_page.h"
#include "ui/pages/submission_page.h"
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
#include <QStackedWidget>
#include <QToolBar>

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
    const Page shown = m_pages ? page() : Page::Start;
    const QString submission = m_browse ? m_submission->file() : QString();
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
    showPage(shown);
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
    connect(m_actions, &WindowActions::recentChanged, m_start, &StartPage::refresh);
    connect(m_actions, &WindowActions::lookChanged, this, &MainWindow::rebuild);
    connect(m_actions, &WindowActions::indexWanted, this, [this] {
        showPage(Page::Index);
        m_index->askForFolder();
    });
    connect(m_start, &StartPage::folderWanted, m_actions,
            [this](const QString &folder) { folder.isEmpty() ? m_actions->askForFolder() : open(folder); });
}

void MainWindow::buildPageBar()
{
    m_pageBar = new PageBar;
    addToolBar(Qt::LeftToolBarArea, m_pageBar);
    connect(m_pageBar, &PageBar::chosen, this, [this](int page) { showPage(Page(page)); });
    m_pageBar->setWorkspaceThere(m_session.hasWorkspace());
}

void MainWindow::connectSession()
{
    connect(&m_session, &Session::workspaceChanged, this, [this] {
        m_messages->hide();
        m_thumbnails.clear(); // files may have changed since
        m_start->refresh();
        m_pageBar->setWorkspaceThere(true);
        updateTitle();
        showPage(m_session.workspace()->queries.empty() ? Page::Browse : Page::Search);
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
            m_startedOn = page();
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
    for (const Problem &problem : lane.problems()) {
        const QString reason = toQString(problem.reason);
        const bool named = reason.contains(toQString(problem.file)); // most reasons name the file themselves
        lines << (named ? reason : toQString(problem.file) + QStringLiteral(": ") + reason);
    }
    lines.removeDuplicates();
    return lines.join(QLatin1Char('\n'));
}

void MainWindow::report(MessageKind kind, const QString &text, const QString &details)
{
    m_messageOf = page();
    m_messages->showMessage(kind, text, details);
}

void MainWindow::updateTitle()
{
    const QString name = !m_session.hasWorkspace() ? QString()
                         : m_session.isSample()    ? tr("Sample")
                                                   : toQString(m_session.workspace()->root);
    setWindowTitle(name.isEmpty() ? QStringLiteral("Likeness") : name + QStringLiteral(" — Likeness"));
}

void MainWindow::showPage(Page page)
{
    if (page != Page::Start)
        buildOtherPages();
    if (page != m_messageOf && page != m_startedOn)
        m_messages->hide(); // it spoke of a page that is left
    m_pages->setCurrentIndex(int(page));
    m_pageBar->setCurrent(int(page));
}

void MainWindow::showSearch()
{
    showPage(m_session.hasWorkspace() ? Page::Search : Page::Start);
}

void MainWindow::showQuery()
{
    showPage(Page::Search);
    m_session.runQuery();
}

MainWindow::Page MainWindow::page() const
{
    return Page(m_pages->currentIndex());
}

void MainWindow::open(const QString &path)
{
    if (QFileInfo(path).isFile() && ModelsPage::isWeightFile(path)) {
        showPage(Page::Models);
        m_models->import(path);
    } else if (QFileInfo(path).isFile()) {
        m_session.setQueryFile(toPath(QFileInfo(path).absoluteFilePath()));
        showQuery();
    } else {
        m_session.openFolder(QFileInfo(path).absoluteFilePath());
    }
}

void MainWindow::openSubmission(const QString &file)
{
    showPage(Page::Submission);
    m_submission->open(file);
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
    if (m_browse && m_recipe->isUnsaved())
        m_recipe->askAboutChanges([this] { QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection); });
    else
        event->setAccepted(m_closing.mayClose());
}

} // namespace likeness::ui
