#include "ui/main_window.h"

#include "ui/pages/browse_page.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/export_dialog.h"
#include "ui/pages/search_page.h"
#include "ui/pages/settings_dialog.h"
#include "ui/pages/start_page.h"
#include "ui/pages/submission_page.h"
#include "ui/tasks/task_bar.h"
#include "ui/util/convert.h"
#include "ui/util/settings.h"
#include "ui/widgets/bars.h"

#include <QActionGroup>
#include <QClipboard>
#include <QCloseEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
#include <QToolBar>
#include <QVBoxLayout>

namespace likeness::ui {

MainWindow::MainWindow(QWidget *parent) : QMainWindow(parent), m_thumbnails(m_session.cache())
{
    setAcceptDrops(true);
    resize(1320, 840);
    restoreGeometry(QSettings().value(QStringLiteral("window_geometry")).toByteArray());
    connectSession();
    rebuild();
}

MainWindow::~MainWindow() = default;

void MainWindow::rebuild()
{
    const Page shown = m_pages ? page() : Page::Start;
    menuBar()->clear();
    for (QToolBar *bar : findChildren<QToolBar *>())
        delete bar;
    delete takeCentralWidget();
    buildPages();
    buildMenus();
    buildPageBar();
    updateTitle();
    updateActions();
    showPage(shown);
}

void MainWindow::buildPages()
{
    m_messages = new MessageBar;
    m_pages = new QStackedWidget;
    m_start = new StartPage;
    m_browse = new BrowsePage(m_session, m_thumbnails);
    m_search = new SearchPage(m_session, m_thumbnails);
    m_compare = new ComparePage(m_session);
    m_submission = new SubmissionPage(m_session);
    for (QWidget *page : std::initializer_list<QWidget *>{m_start, m_browse, m_search, m_compare, m_submission})
        m_pages->addWidget(page); // in the order of Page
    auto *central = new QWidget;
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_messages);
    column->addWidget(m_pages, 1);
    column->addWidget(new TaskBar(m_session.tasks()));
    setCentralWidget(central);
    connect(m_start, &StartPage::sampleWanted, &m_session, &Session::openSample);
    connect(m_start, &StartPage::folderWanted, this,
            [this](const QString &folder) { folder.isEmpty() ? askForFolder() : open(folder); });
    connect(m_browse, &BrowsePage::searchWanted, this, [this] {
        showPage(Page::Search);
        m_session.runQuery();
    });
    connect(m_search, &SearchPage::compareWanted, this, [this] { showPage(Page::Compare); });
    connect(m_search, &SearchPage::openQueryWanted, this, &MainWindow::askForQuery);
    connect(m_search, &SearchPage::pasteWanted, this, &MainWindow::pasteQuery);
    connect(m_compare, &ComparePage::searchWanted, this, [this] { showPage(Page::Search); });
    connect(m_submission, &SubmissionPage::openWanted, this, &MainWindow::askForSubmission);
}

void MainWindow::buildMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    file->addAction(themeIcon("folder-open"), tr("&Open Folder…"), QKeySequence::Open, this, &MainWindow::askForFolder);
    fillRecent(file->addMenu(tr("Open &Recent")));
    file->addAction(themeIcon("image-x-generic"), tr("Open the &Sample"), &m_session, &Session::openSample);
    file->addSeparator();
    m_export = file->addAction(themeIcon("document-export"), tr("&Export Submission…"),
                               QKeySequence(Qt::CTRL | Qt::Key_E), this, &MainWindow::exportSubmission);
    m_export->setObjectName(QStringLiteral("exportSubmission"));
    m_openSubmission =
        file->addAction(themeIcon("document-open"), tr("Open S&ubmission…"), this, &MainWindow::askForSubmission);
    file->addSeparator();
    file->addAction(themeIcon("configure"), tr("Se&ttings…"), QKeySequence(Qt::CTRL | Qt::Key_Comma), this,
                    &MainWindow::showSettings);
    file->addAction(themeIcon("application-exit"), tr("&Quit"), QKeySequence::Quit, this, &QWidget::close);
    file->setToolTipsVisible(true);

    QMenu *search = menuBar()->addMenu(tr("&Search"));
    search->addAction(themeIcon("document-open"), tr("Open Query &Picture…"),
                      QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O), this, &MainWindow::askForQuery);
    search->addAction(themeIcon("edit-paste"), tr("P&aste Query Picture"), QKeySequence::Paste, this,
                      &MainWindow::pasteQuery);
    search->addSeparator();
    m_runQuery = search->addAction(themeIcon("edit-find"), tr("&Search"), QKeySequence(Qt::CTRL | Qt::Key_Return),
                                   &m_session, &Session::runQuery);
    m_runAll = search->addAction(themeIcon("media-playback-start"), tr("&Run All Queries"),
                                 QKeySequence(Qt::CTRL | Qt::Key_R), &m_session, &Session::runAll);

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    help->addAction(themeIcon("help-about"), tr("&About Likeness"), this, &MainWindow::showAbout);
}

void MainWindow::buildPageBar()
{
    auto *bar = new QToolBar(tr("Pages"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    bar->setIconSize({3 * gap, 3 * gap});
    addToolBar(Qt::LeftToolBarArea, bar);
    delete m_pageActions;
    m_pageActions = new QActionGroup(this);
    const struct {
        const char *icon;
        QString text;
    } pages[] = {{"go-home", tr("Start")},
                 {"view-list-icons", tr("Browse")},
                 {"edit-find", tr("Search")},
                 {"view-split-left-right", tr("Compare")},
                 {"view-form-table", tr("Submission")}};
    for (int i = 0; i < int(std::size(pages)); ++i) {
        QAction *action = bar->addAction(themeIcon(pages[i].icon), pages[i].text);
        action->setCheckable(true);
        action->setShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + i)));
        m_pageActions->addAction(action);
        connect(action, &QAction::triggered, this, [this, i] { showPage(Page(i)); });
    }
}

void MainWindow::connectSession()
{
    connect(&m_session, &Session::workspaceChanged, this, [this] {
        m_messages->hide();
        m_start->refresh();
        updateTitle();
        showPage(m_session.workspace()->queries.empty() ? Page::Browse : Page::Search);
    });
    for (auto signal : {&Session::workspaceChanged, &Session::resultsReset, &Session::queryChanged})
        connect(&m_session, signal, this, &MainWindow::updateActions);
    connect(&m_session, &Session::resultChanged, this, &MainWindow::updateActions);
    TaskRunner &tasks = m_session.tasks();
    connect(&tasks, &TaskRunner::started, this, [this] { m_messages->hide(); });
    connect(&tasks, &TaskRunner::failed, this, [this](const QString &message) { m_messages->showMessage(message); });
    connect(&tasks, &TaskRunner::cancelled, this,
            [this] { m_messages->showMessage(tr("Cancelled. What was done is kept.")); });
    connect(&tasks, &TaskRunner::finished, this, &MainWindow::reportProblems);
    connect(&tasks, &TaskRunner::idle, this, [this] {
        if (m_closing)
            close();
    });
}

void MainWindow::reportProblems()
{
    const auto &problems = m_session.tasks().problems();
    if (problems.empty())
        return;
    QStringList lines;
    for (const Problem &problem : problems) {
        const QString reason = toQString(problem.reason);
        lines << (reason.contains(toQString(problem.file)) ? reason
                                                           : toQString(problem.file) + QStringLiteral(": ") + reason);
    }
    lines.removeDuplicates();
    m_messages->showMessage(tr("%n file(s) could not be used; everything else is done.", nullptr, int(lines.size())),
                            lines.join(QLatin1Char('\n')));
}

void MainWindow::updateTitle()
{
    const QString name = !m_session.hasWorkspace() ? QString()
                         : m_session.isSample()    ? tr("Sample")
                                                   : toQString(m_session.workspace()->root);
    setWindowTitle(name.isEmpty() ? QStringLiteral("Likeness") : name + QStringLiteral(" — Likeness"));
}

void MainWindow::updateActions()
{
    const bool gallery = m_session.hasWorkspace() && !m_session.workspace()->gallery.empty();
    const bool queries = m_session.hasWorkspace() && !m_session.workspace()->queries.empty();
    m_runQuery->setEnabled(gallery && !m_session.query().isNull());
    m_runAll->setEnabled(gallery && queries);
    m_openSubmission->setEnabled(m_session.hasWorkspace());
    m_export->setEnabled(m_session.allDone());
    m_export->setToolTip(m_export->isEnabled() ? QString()
                         : queries             ? tr("Run all queries first")
                                               : tr("Open a workspace with queries first"));
}

void MainWindow::showPage(Page page)
{
    m_pages->setCurrentIndex(int(page));
    m_pageActions->actions().at(int(page))->setChecked(true);
}

MainWindow::Page MainWindow::page() const
{
    return Page(m_pages->currentIndex());
}

void MainWindow::open(const QString &path)
{
    if (QFileInfo(path).isFile()) {
        m_session.setQueryFile(QFileInfo(path).absoluteFilePath());
        showPage(Page::Search);
        m_session.runQuery();
    } else {
        m_session.openFolder(QFileInfo(path).absoluteFilePath());
    }
}

void MainWindow::askForFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a folder of pictures"));
    if (!folder.isEmpty())
        open(folder);
}

void MainWindow::askForQuery()
{
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Open a query picture"), {},
        tr("Pictures (*.jpg *.jpeg *.png *.gif *.webp *.bmp *.tif *.tiff *.avif *.heic);;All files (*)"));
    if (!file.isEmpty())
        open(file);
}

void MainWindow::pasteQuery()
{
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    if (data->hasUrls() && data->urls().first().isLocalFile())
        return open(data->urls().first().toLocalFile());
    const QImage image = QGuiApplication::clipboard()->image();
    if (image.isNull())
        return m_messages->showMessage(tr("There is no picture in the clipboard."));
    m_session.setQueryImage(image, tr("Pasted picture"));
    showPage(Page::Search);
    m_session.runQuery();
}

void MainWindow::exportSubmission()
{
    ExportDialog dialog(m_session, this);
    if (dialog.exec() == QDialog::Accepted)
        m_messages->showMessage(tr("Written: %1").arg(dialog.writtenFile()));
}

void MainWindow::askForSubmission()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Open a submission"), {}, tr("Submission (*.csv)"));
    if (!file.isEmpty())
        openSubmission(file);
}

void MainWindow::openSubmission(const QString &file)
{
    m_submission->open(file);
    showPage(Page::Submission);
}

void MainWindow::showSettings()
{
    auto *dialog = new SettingsDialog(m_session, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SettingsDialog::lookChanged, this, [this, dialog] {
        rebuild();
        dialog->close();
        showSettings(); // in the new language
    });
    dialog->show();
}

void MainWindow::showAbout()
{
    QMessageBox::about(this, tr("About Likeness"),
                       tr("<b>Likeness</b> finds which picture in a collection is this one, or a copy of it."));
}

void MainWindow::fillRecent(QMenu *menu)
{
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        for (const QString &folder : Settings::recentFolders())
            menu->addAction(folder, this, [this, folder] { open(folder); });
        if (menu->isEmpty())
            menu->addAction(tr("None yet"))->setEnabled(false);
    });
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
        m_session.setQueryImage(event->mimeData()->imageData().value<QImage>(), tr("Dropped picture"));
        showPage(Page::Search);
        m_session.runQuery();
    }
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    QSettings().setValue(QStringLiteral("window_geometry"), saveGeometry());
    if (!m_session.tasks().isRunning())
        return event->accept();
    // The worker is asked to stop and closes the window when it has; the GUI thread waits for nothing.
    m_closing = true;
    m_session.tasks().cancel();
    setEnabled(false);
    event->ignore();
}

} // namespace likeness::ui
