#pragma once

#include "ui/closing.h"
#include "ui/models/thumbnail_provider.h"
#include "ui/util/input_rules.h"

#include <QMainWindow>

class QStackedWidget;

namespace likeness::ui {

class BenchmarkPage;
class BrowsePage;
class ComparePage;
class FamiliesPage;
class IndexPage;
class LabelsPage;
class MatchPage;
class MessageBar;
enum class MessageKind;
class ModelsPage;
class PageBar;
class RecipePage;
class RunsPage;
class SearchPage;
class StartPage;
class SubmissionPage;
class TradeOffPage;
class TrainPage;
class WindowActions;

/// Menus, the page bar, the stack of pages, the message bar and the task bar; knows no algorithm. Built anew when
/// language or look change; the session stays.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    enum class Page {
        Start,
        Browse,
        Search,
        Compare,
        Match,
        Submission,
        Index,
        Recipe,
        TradeOff,
        Labels,
        Benchmark,
        Models,
        Families,
        Train,
        Runs
    };

    explicit MainWindow(QWidget *parent = nullptr);
    ~MainWindow() override;

    Session &session() { return m_session; }
    bool isBusy() const { return m_closing.isBusy(); } ///< a worker has not ended
    /// A folder is opened, an image becomes the query, a file of weights is imported.
    void open(const QString &path);
    void showPage(Page page);
    Page page() const;
    void openSubmission(const QString &file);
    void searchPicture(const QImage &picture, const QString &name);
    void rebuild();
    BrowsePage &browsePage() { return built(m_browse); }
    ComparePage &comparePage() { return built(m_compare); }
    MatchPage &matchPage() { return built(m_match); }
    BenchmarkPage &benchmarkPage() { return built(m_benchmark); }
    ModelsPage &modelsPage() { return built(m_models); }
    LabelsPage &labelsPage() { return built(m_labels); }
    FamiliesPage &familiesPage() { return built(m_families); }
    TrainPage &trainPage() { return built(m_train); }
    RunsPage &runsPage() { return built(m_runs); }
    IndexPage &indexPage() { return built(m_index); }
    RecipePage &recipePage() { return built(m_recipe); }
    TradeOffPage &tradeOffPage() { return built(m_tradeOff); }
    MessageBar &messages() { return *m_messages; }

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    template <class PageType> PageType &built(PageType *&page)
    {
        buildOtherPages();
        return *page;
    }
    void buildPages();
    void buildOtherPages();
    void connectPages();
    void showQuery();
    void buildMenus();
    void buildPageBar();
    void connectSession();
    void updateTitle();
    void showSearch();
    static QString problemsOf(const TaskRunner &lane); ///< one a line
    void report(MessageKind kind, const QString &text, const QString &details = {});

    InputRules m_rules;
    Session m_session;
    ThumbnailProvider m_thumbnails;
    QStackedWidget *m_pages = nullptr;
    PageBar *m_pageBar = nullptr;
    StartPage *m_start = nullptr;
    BrowsePage *m_browse = nullptr;
    SearchPage *m_search = nullptr;
    ComparePage *m_compare = nullptr;
    MatchPage *m_match = nullptr;
    BenchmarkPage *m_benchmark = nullptr;
    SubmissionPage *m_submission = nullptr;
    ModelsPage *m_models = nullptr;
    LabelsPage *m_labels = nullptr;
    FamiliesPage *m_families = nullptr;
    TrainPage *m_train = nullptr;
    RunsPage *m_runs = nullptr;
    IndexPage *m_index = nullptr;
    RecipePage *m_recipe = nullptr;
    TradeOffPage *m_tradeOff = nullptr;
    MessageBar *m_messages = nullptr;
    WindowActions *m_actions = nullptr;
    Closing m_closing;
    const TaskRunner *m_saidBy = nullptr; ///< whose end the message bar tells
    Page m_messageOf = Page::Start;       // the page that was shown when the message came
    Page m_startedOn = Page::Start;       // the page that was shown when the latest task began
};

} // namespace likeness::ui
