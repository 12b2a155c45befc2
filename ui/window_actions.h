#pragma once

#include "ui/session.h"

#include <QWidget>

class QAction;
class QMenu;
class QMenuBar;

namespace likeness::ui {

/// The menus of the window and what their entries ask for: a folder, a picture, the clipboard, the submission, the
/// settings.
class WindowActions final : public QObject {
    Q_OBJECT

public:
    WindowActions(Session &session, QMenuBar &menuBar, QWidget &window);

    void askForFolder();
    void askForQuery();
    void askForSubmission();
    void pasteQuery();
    void showSettings();
    void update(); ///< which entries can be used now, and why not

Q_SIGNALS:
    void pathChosen(const QString &path); ///< a folder to open or a picture to look for
    void pictureChosen(const QImage &picture, const QString &name);
    void submissionChosen(const QString &file);
    void refused(const QString &text); ///< something could not be done, and why
    void message(const QString &text);
    void indexWanted(); ///< of a folder that is still to be asked for
    void lookChanged();
    void recentChanged(); ///< the list of recent folders
    void helpWanted();    ///< on the page that is shown
    void methodsWanted(); ///< the help on methods
    void keysWanted();    ///< of the page that is shown

private:
    void buildFileMenu(QMenu *menu);
    void buildSearchMenu(QMenu *menu);
    void buildHelpMenu(QMenu *menu);
    void exportResults();
    void fillRecent(QMenu *menu);
    void exportSubmission();
    void showAbout();
    void forgetGoneFolders();

    Session &m_session;
    QWidget &m_window;
    QAction *m_export = nullptr, *m_openSubmission = nullptr, *m_runQuery = nullptr, *m_runAll = nullptr,
            *m_exportResults = nullptr, *m_openFolder = nullptr, *m_settings = nullptr, *m_openQuery = nullptr,
            *m_paste = nullptr;
};

} // namespace likeness::ui
