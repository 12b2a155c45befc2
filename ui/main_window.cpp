#include "ui/main_window.h"

#include "ui/last_time.h"
#include "ui/page_bar.h"
#include "ui/page_table.h"
#include "ui/page_ways.h"
#include "ui/pages/browse_page.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/help_window.h"
#include "ui/pages/index_page.h"
#include "ui/pages/keys_dialog.h"
#include "ui/pages/match_page.h"
#include "ui/pages/models_page.h"
#include "ui/pages/recipe_page.h"
#include "ui/pages/search_page.h"
#include "ui/pages/submission_page.h"
#include "ui/pages/train_page.h"
#include "ui/picture_menu.h"
#include "ui/status_strip.h"
#include "ui/util/convert.h"
#include "ui/util/settings.h"
#include "ui/window_actions.h"

#include <QCloseEvent>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QSettings>
#include <QTimer>
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
    m_lastTime = new LastTime(m_session, *this);
    connect(m_lastTime, &LastTime::pageWanted, this, [this](const QString &name) {
        for (const PageRow &row : pageTable())
            if (name == QLatin1String(row.type->className()))
                showPage(*row.type);
    });
    connect(m_lastTime, &LastTime::formWanted, this, [this](bool shown) { page<SearchPage>().showForm(shown); });
}

void MainWindow::comeBack()
{
    page<BrowsePage>(); // all are there
    m_lastTime->comeBack();
}

MainWindow::~MainWindow()
{
    delete takeCentralWidget(); // before the session that the pages refer to
}

QString MainWindow::shownPage() const
{
    return QString::fromLatin1(pageTable()[std::size_t(m_pages->currentIndex())].type->className());
}

/// In the language of now: the one of an earlier language is gone.
HelpWindow &MainWindow::help()
{
    auto *open = findChild<HelpWindow *>();
    return open ? *open : *new HelpWindow(this);
}

MessageBar &MainWindow::messages()
{
    return m_strip->messages();
}

void MainWindow::rebuild()
{
    const int shown = m_pages ? m_pages->currentIndex() : 0;
    const QString submission = m_pages && m_pages->areBuilt() ? page<SubmissionPage>().file() : QString();
    for (QMenu *menu : menuBar()->findChildren<QMenu *>(Qt::FindDirectChildrenOnly))
        delete menu;
    delete takeCentralWidget();
    buildPages();
    buildMenus();
    buildPictureMenu();
    updateTitle();
    if (!submission.isEmpty())
        openSubmission(submission);
    showPage(*pageTable()[std::size_t(shown)].type);
}

void MainWindow::buildPages()
{
    m_pages = new PageStack(m_session, m_thumbnails);
    m_pageBar = new PageBar;
    m_pageBar->setWorkspaceThere(m_session.hasWorkspace());
    connect(m_pageBar, &PageBar::chosen, this, [this](const QMetaObject &page) { showPage(page); });
    auto *line = new QFrame;
    line->setFrameShape(QFrame::VLine);
    line->setForegroundRole(QPalette::Mid);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_pageBar);
    row->addWidget(line);
    row->addWidget(m_pages, 1);
    auto *central = new QWidget;
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row, 1);
    m_strip = new StatusStrip(m_session);
    column->addWidget(m_strip);
    connect(m_strip, &StatusStrip::trainingWanted, this, [this] { showPage<TrainPage>(); });
    setCentralWidget(central);
    connect(&page<StartPage>(), &StartPage::sampleWanted, &m_session, &Session::openSample);
    connect(&page<StartPage>(), &StartPage::taskWanted, this, &MainWindow::beginTask);
    connect(m_pages, &PageStack::built, this, [this] {
        connectPages(*this, *m_actions, *m_strip);
        connect(&page<SearchPage>(), &SearchPage::formShown, this, [this](bool shown) {
            if (m_lastTime)
                m_lastTime->setFormShown(shown);
        });
    });
    QTimer::singleShot(300, m_pages, &PageStack::buildOthers);
}

void MainWindow::buildMenus()
{
    delete m_actions;
    m_actions = new WindowActions(m_session, *menuBar(), *this);
    connect(m_actions, &WindowActions::pathChosen, this, &MainWindow::open);
    connect(m_actions, &WindowActions::pictureChosen, this, &MainWindow::searchPicture);
    connect(m_actions, &WindowActions::submissionChosen, this, &MainWindow::openSubmission);
    connect(m_actions, &WindowActions::message, m_strip,
            [this](const QString &text) { m_strip->report(MessageKind::Success, text); });
    connect(m_actions, &WindowActions::refused, m_strip,
            [this](const QString &text) { m_strip->report(MessageKind::Refusal, text); });
    connect(m_actions, &WindowActions::recentChanged, &page<StartPage>(), &StartPage::refresh);
    connect(m_actions, &WindowActions::lookChanged, this, &MainWindow::rebuild);
    connect(m_actions, &WindowActions::helpWanted, this, [this] { help().open(shownPage()); });
    connect(m_actions, &WindowActions::methodsWanted, this, [this] { help().open(QStringLiteral("methods")); });
    connect(m_actions, &WindowActions::keysWanted, this, [this] {
        const PageRow &row = pageTable()[std::size_t(m_pages->currentIndex())];
        (new KeysDialog(QCoreApplication::translate("PageTable", row.name), this))->show();
    });
    connect(m_actions, &WindowActions::indexWanted, this, [this] {
        showPage<IndexPage>();
        page<IndexPage>().askForFolder();
    });
    connect(&page<StartPage>(), &StartPage::folderWanted, m_actions,
            [this](const QString &folder) { folder.isEmpty() ? m_actions->askForFolder() : open(folder); });
}

void MainWindow::buildPictureMenu()
{
    delete m_pictureMenu;
    m_pictureMenu = new PictureMenu(m_session, *this);
    connect(m_pictureMenu, &PictureMenu::searchWanted, this, [this] { showPage<SearchPage>(); });
    connect(m_pictureMenu, &PictureMenu::compareWanted, this, [this] { showPage<ComparePage>(); });
    connect(m_pictureMenu, &PictureMenu::matchWanted, this, [this](const Query &a, const Query &b) {
        page<MatchPage>().setPair(a, b);
        showPage<MatchPage>();
    });
    connect(m_pictureMenu, &PictureMenu::message, this,
            [this](const QString &text) { m_strip->report(MessageKind::Note, text); });
}

void MainWindow::connectSession()
{
    connect(&m_session, &Session::workspaceChanged, this, [this] {
        m_thumbnails.clear(); // files may have changed since
        page<StartPage>().refresh();
        m_pageBar->setWorkspaceThere(true);
        updateTitle();
        m_session.workspace()->queries.empty() ? showPage<BrowsePage>() : showPage<SearchPage>();
    });
    connect(&m_closing, &Closing::message, this,
            [this](const QString &text) { m_strip->report(MessageKind::Note, text); });
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
    m_strip->setPage(shown);
    m_pageBar->setCurrent(shown);
    if (m_lastTime)
        m_lastTime->setPage(QString::fromLatin1(page.className()));
}

/// A task of the start page leads to where it is done; where it needs pictures and none are open, they are asked for.
void MainWindow::beginTask(StartPage::Task task)
{
    switch (task) {
    case StartPage::Task::FindPicture:
        return m_session.hasWorkspace() ? showPage<SearchPage>() : m_actions->askForFolder();
    case StartPage::Task::FindDuplicates:
        if (m_session.hasWorkspace())
            showPage<BrowsePage>();
        else
            m_actions->askForFolder();
        return m_strip->report(MessageKind::Note,
                               tr("Choose a picture and find it again; whole groups: likeness-cli duplicates FOLDER"));
    case StartPage::Task::Learn:
        return help().open(QStringLiteral("methods"));
    case StartPage::Task::Train:
        return showPage<TrainPage>();
    }
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
    m_lastTime->writeNow();
    event->ignore();
    if (m_pages->areBuilt() && page<RecipePage>().isUnsaved())
        page<RecipePage>().askAboutChanges(
            [this] { QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection); });
    else
        event->setAccepted(m_closing.mayClose());
}

} // namespace likeness::ui
