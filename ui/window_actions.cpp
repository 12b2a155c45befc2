#include "ui/window_actions.h"

#include "core/submit/results_export.h"
#include "ui/pages/export_dialog.h"
#include "ui/pages/settings_dialog.h"
#include "ui/util/convert.h"
#include "ui/util/file_dialogs.h"
#include "ui/util/settings.h"
#include "ui/util/shortcuts.h"

#include <QAction>
#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>

namespace likeness::ui {

WindowActions::WindowActions(Session &session, QMenuBar &menuBar, QWidget &window)
    : QObject(&menuBar), m_session(session), m_window(window)
{
    buildFileMenu(menuBar.addMenu(tr("&File")));
    buildSearchMenu(menuBar.addMenu(tr("&Search")));
    buildHelpMenu(menuBar.addMenu(tr("&Help")));
    const std::pair<QAction *, const char *> keys[] = {{m_openFolder, "open-folder"}, {m_export, "export-submission"},
                                                       {m_settings, "settings"},      {m_openQuery, "open-query"},
                                                       {m_paste, "paste-query"},      {m_runQuery, "search"},
                                                       {m_runAll, "run-all"}};
    for (const auto &[action, id] : keys)
        Shortcuts::add(*action, id);
    for (auto signal : {&Session::workspaceChanged, &Session::resultsReset, &Session::queryChanged})
        connect(&session, signal, this, &WindowActions::update);
    connect(&session, &Session::resultChanged, this, &WindowActions::update);
    for (SettingsDialog *open : window.findChildren<SettingsDialog *>()) // it stays when the window is built anew
        connect(open, &SettingsDialog::lookChanged, this, &WindowActions::lookChanged, Qt::QueuedConnection);
    update();
}

void WindowActions::buildFileMenu(QMenu *menu)
{
    menu->setToolTipsVisible(true);
    m_openFolder = menu->addAction(themeIcon("folder-open"), tr("&Open Folder…"), QKeySequence::Open, this,
                                   &WindowActions::askForFolder);
    fillRecent(menu->addMenu(tr("Open &Recent")));
    menu->addAction(themeIcon("database-index"), tr("&Index a Folder…"), this, &WindowActions::indexWanted)
        ->setObjectName(QStringLiteral("indexFolder"));
    menu->addAction(themeIcon("image-x-generic"), tr("Open the &Sample"), &m_session, &Session::openSample);
    menu->addSeparator();
    m_export = menu->addAction(themeIcon("document-export"), tr("&Export Submission…"),
                               QKeySequence(Qt::CTRL | Qt::Key_E), this, &WindowActions::exportSubmission);
    m_export->setObjectName(QStringLiteral("exportSubmission"));
    m_exportResults =
        menu->addAction(themeIcon("document-export"), tr("Export &Results…"), this, &WindowActions::exportResults);
    m_exportResults->setObjectName(QStringLiteral("exportResults"));
    m_openSubmission =
        menu->addAction(themeIcon("document-open"), tr("Open S&ubmission…"), this, &WindowActions::askForSubmission);
    menu->addSeparator();
    m_settings = menu->addAction(themeIcon("configure"), tr("Se&ttings…"), QKeySequence(Qt::CTRL | Qt::Key_Comma), this,
                                 &WindowActions::showSettings);
    menu->addAction(themeIcon("application-exit"), tr("&Quit"), QKeySequence::Quit, &m_window, &QWidget::close);
}

void WindowActions::buildSearchMenu(QMenu *menu)
{
    menu->setToolTipsVisible(true);
    m_openQuery = menu->addAction(themeIcon("document-open"), tr("Open Query &Picture…"),
                                  QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O), this, &WindowActions::askForQuery);
    m_paste = menu->addAction(themeIcon("edit-paste"), tr("P&aste Query Picture"), QKeySequence::Paste, this,
                              &WindowActions::pasteQuery);
    menu->addSeparator();
    m_runQuery = menu->addAction(themeIcon("edit-find"), tr("&Search"), QKeySequence(Qt::CTRL | Qt::Key_Return),
                                 &m_session, &Session::runQuery);
    m_runAll = menu->addAction(themeIcon("media-playback-start"), tr("&Run All Queries"),
                               QKeySequence(Qt::CTRL | Qt::Key_R), &m_session, &Session::runAll);
}

void WindowActions::buildHelpMenu(QMenu *menu)
{
    QAction *page = menu->addAction(themeIcon("help-contents"), tr("&Help on This Page"), QKeySequence(Qt::Key_F1),
                                    this, &WindowActions::helpWanted);
    QAction *keys =
        menu->addAction(tr("&Keys of This Page…"), QKeySequence(QStringLiteral("?")), this, &WindowActions::keysWanted);
    menu->addAction(tr("&Methods and Their Parameters"), this, &WindowActions::methodsWanted);
    menu->addSeparator();
    menu->addAction(themeIcon("help-about"), tr("&About Likeness"), this, &WindowActions::showAbout);
    Shortcuts::add(*page, "help");
    Shortcuts::add(*keys, "keys");
}

void WindowActions::fillRecent(QMenu *menu)
{
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        for (const QString &folder : Settings::recentFolders())
            if (QFileInfo(folder).isDir()) {
                menu->addAction(folder, this, [this, folder] { Q_EMIT pathChosen(folder); });
            } else { // perhaps on a disk that is not there now
                QAction *gone = menu->addAction(tr("%1 (is gone)").arg(folder));
                gone->setEnabled(false);
            }
        if (menu->isEmpty())
            menu->addAction(tr("None yet"))->setEnabled(false);
        else
            menu->addAction(tr("Forget Folders That Are Gone"), this, &WindowActions::forgetGoneFolders);
    });
}

void WindowActions::forgetGoneFolders()
{
    for (const QString &folder : Settings::recentFolders())
        if (!QFileInfo(folder).isDir())
            Settings::removeRecentFolder(folder);
    Q_EMIT recentChanged();
}

void WindowActions::update()
{
    const bool gallery = m_session.hasWorkspace() && !m_session.workspace()->gallery.empty();
    const bool queries = m_session.hasWorkspace() && !m_session.workspace()->queries.empty();
    m_runQuery->setEnabled(gallery && !m_session.query().isNull());
    m_runAll->setEnabled(gallery && queries);
    m_openSubmission->setEnabled(m_session.hasWorkspace());
    m_export->setEnabled(m_session.results().complete());
    m_exportResults->setEnabled(m_session.results().count() > 0);
    m_exportResults->setToolTip(m_session.results().count() > 0 ? QString()
                                                                : tr("Search for queries of a folder first"));
    m_export->setToolTip(m_session.results().complete() ? QString()
                         : queries                      ? tr("Run all queries first")
                                                        : tr("Open a workspace with queries first"));
}

void WindowActions::askForFolder()
{
    const QString folder = ui::askForFolder(&m_window, tr("Open a folder of pictures"));
    if (!folder.isEmpty())
        Q_EMIT pathChosen(folder);
}

void WindowActions::askForQuery()
{
    QStringList patterns;
    for (const char *extension : imageExtensions())
        patterns << QStringLiteral("*.") + QString::fromLatin1(extension);
    const QString kinds =
        tr("Pictures (%1)").arg(patterns.join(QLatin1Char(' '))) + QStringLiteral(";;") + tr("All files (*)");
    const QString file = askForFile(&m_window, tr("Open a query picture"), kinds);
    if (!file.isEmpty())
        Q_EMIT pathChosen(file);
}

void WindowActions::pasteQuery()
{
    const QMimeData *data = QGuiApplication::clipboard()->mimeData(); // null where it is empty
    if (data && data->hasUrls() && data->urls().first().isLocalFile()) {
        Q_EMIT pathChosen(data->urls().first().toLocalFile());
        return;
    }
    const QImage image = QGuiApplication::clipboard()->image();
    if (image.isNull())
        Q_EMIT refused(tr("There is no picture in the clipboard: copy one in another program first."));
    else
        Q_EMIT pictureChosen(image, tr("Pasted picture"));
}

void WindowActions::exportSubmission()
{
    ExportDialog dialog(m_session, &m_window);
    if (dialog.exec() == QDialog::Accepted)
        Q_EMIT message(tr("Written: %1").arg(dialog.writtenFile()));
}

/// Of all queries that were answered: a table, or a sheet of pictures to look at or to hand on.
void WindowActions::exportResults()
{
    constexpr std::size_t best = 10;
    const QString file = askWhereToSave(&m_window, tr("Export the results"), QStringLiteral("results.html"),
                                        tr("A sheet of pictures (*.html);;A table (*.csv);;For programs (*.json)"));
    if (file.isEmpty())
        return;
    const SheetTexts texts{tr("Results of %1").arg(recipeTitle(m_session.recipe())).toStdString(),
                           tr("Query").toStdString(), tr("no source").toStdString()};
    m_session.deeds().start(
        tr("Writing %1").arg(QFileInfo(file).fileName()),
        [path = toPath(file), workspace = m_session.workspace(), results = m_session.results().queryResults(), texts,
         cache = m_session.cache()](UiTaskContext &context) {
            likeness::exportResults(path, *workspace, results, best, texts, cache.get(), context);
        },
        [this, file] { Q_EMIT message(tr("Written: %1").arg(file)); });
}

void WindowActions::askForSubmission()
{
    const QString file = askForFile(&m_window, tr("Open a submission"), tr("Submission (*.csv)"));
    if (!file.isEmpty())
        Q_EMIT submissionChosen(file);
}

void WindowActions::showSettings()
{
    auto *dialog = new SettingsDialog(m_session, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SettingsDialog::lookChanged, this, &WindowActions::lookChanged, Qt::QueuedConnection);
    dialog->show();
}

void WindowActions::showAbout()
{
    const QString text =
        tr("<p><b>Likeness %1</b> finds which picture in a collection is this one, or a copy of it.</p>"
           "<p>Free software under the MIT licence; the network that comes with it is under the Apache licence 2.0.</p>"
           "<p>Help: F1 on every page; README.md and the folder docs of the source explain methods and figures; "
           "<tt>likeness-cli --help</tt> lists the commands.</p>"
           "<p>Made with Qt %2, OpenCV, LibTorch, Eigen, Faiss, oneDNN and libexif.</p>")
            .arg(QCoreApplication::applicationVersion().toHtmlEscaped(), QString::fromLatin1(qVersion()));
    QMessageBox::about(&m_window, tr("About Likeness"), text);
}

} // namespace likeness::ui
