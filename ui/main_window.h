#pragma once

#include "ui/closing.h"
#include "ui/models/thumbnail_provider.h"
#include "ui/page_stack.h"
#include "ui/pages/start_page.h"
#include "ui/util/input_rules.h"

#include <QMainWindow>

namespace likeness::ui {

class MessageBar;
class HelpWindow;
class LastTime;
class PageBar;
class PictureMenu;
class StatusStrip;
class WindowActions;

/// Menus, the sidebar, the stack of pages and the status strip with messages and tasks; knows no algorithm. Built anew
/// when language or look change; the session stays.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(QWidget *parent = nullptr);
    ~MainWindow() override;

    Session &session() { return m_session; }
    bool isBusy() const { return m_closing.isBusy(); } ///< a worker has not ended
    /// To where the user was when the program ended.
    void comeBack();
    /// A folder is opened, an image becomes the query, a file of weights is imported.
    void open(const QString &path);
    /// A page by its class; all are built when one but the first is asked for.
    template <class Page> Page &page() { return m_pages->page<Page>(); }
    template <class Page> void showPage() { showPage(Page::staticMetaObject); }
    void showPage(const QMetaObject &page);
    template <class Page> bool isShown() const { return m_pages->isShown<Page>(); }
    void openSubmission(const QString &file);
    void searchPicture(const QImage &picture, const QString &name);
    void rebuild();
    MessageBar &messages();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void buildPages();
    void showQuery();
    void buildMenus();
    void buildPictureMenu();
    void connectSession();
    void updateTitle();
    void beginTask(StartPage::Task task);
    QString shownPage() const; ///< its class
    HelpWindow &help();

    InputRules m_rules;
    Session m_session;
    ThumbnailProvider m_thumbnails;
    PageStack *m_pages = nullptr;
    PageBar *m_pageBar = nullptr;
    StatusStrip *m_strip = nullptr;
    WindowActions *m_actions = nullptr;
    PictureMenu *m_pictureMenu = nullptr;
    LastTime *m_lastTime = nullptr;
    Closing m_closing;
};

} // namespace likeness::ui
