#include "ui/main_window.h"

#include "ui/pages/benchmark_page.h"
#include "ui/pages/browse_page.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/families_page.h"
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
#include "ui/widgets/bars.h"
#include "ui/window_actions.h"

#include <QScrollArea>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

// The pages of the window, and which page leads to which.

namespace likeness::ui {

void MainWindow::buildPages()
{
    m_messages = new MessageBar;
    m_pages = new QStackedWidget;
    m_pages->setObjectName(QStringLiteral("pages"));
    m_start = new StartPage;
    m_pages->addWidget(m_start);
    m_browse = nullptr;
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
    connect(m_start, &StartPage::sampleWanted, &m_session, &Session::openSample);
    QTimer::singleShot(300, m_pages, [this] { buildOtherPages(); });
}

/// The window is up before these are built: on first use, or a moment after the start.
void MainWindow::buildOtherPages()
{
    if (m_browse)
        return;
    const auto add = [this](auto *page) {
        auto *room = new QScrollArea; // on a screen too small for a page the page scrolls; the window fits any
        room->setFrameShape(QFrame::NoFrame);
        room->setFocusPolicy(Qt::NoFocus);
        room->setWidgetResizable(true);
        room->setWidget(page);
        m_pages->addWidget(room);
        return page;
    };
    m_browse = add(new BrowsePage(m_session, m_thumbnails)); // in the order of Page
    m_search = add(new SearchPage(m_session, m_thumbnails));
    m_compare = add(new ComparePage(m_session));
    m_match = add(new MatchPage(m_session));
    m_submission = add(new SubmissionPage(m_session));
    m_index = add(new IndexPage(m_session));
    m_recipe = add(new RecipePage(m_session));
    m_tradeOff = add(new TradeOffPage(m_session));
    m_labels = add(new LabelsPage(m_session, m_thumbnails));
    m_benchmark = add(new BenchmarkPage(m_session));
    m_models = add(new ModelsPage(m_session));
    m_families = add(new FamiliesPage(m_session));
    m_train = add(new TrainPage(m_session));
    m_runs = add(new RunsPage(m_session));
    connectPages();
}

void MainWindow::connectPages()
{
    const auto leads = [this](auto *page, auto signal, Page to) {
        connect(page, signal, this, [this, to] { showPage(to); });
    };
    connect(m_browse, &BrowsePage::searchWanted, this, [this] {
        showPage(Page::Search);
        m_session.runQuery();
    });
    connect(m_search, &SearchPage::refused, this, [this](const QString &reason) {
        report(MessageKind::Refusal, reason);
        m_saidBy = &m_session.tasks(); // a change that is taken searches, and hides it
    });
    leads(m_search, &SearchPage::compareWanted, Page::Compare);
    leads(m_search, &SearchPage::matchWanted, Page::Match);
    leads(m_search, &SearchPage::recipeEditWanted, Page::Recipe);
    leads(m_compare, &ComparePage::matchWanted, Page::Match);
    leads(m_compare, &ComparePage::searchWanted, Page::Search);
    leads(m_match, &MatchPage::compareWanted, Page::Compare);
    connect(m_benchmark, &BenchmarkPage::pairWanted, m_match, &MatchPage::setFiles);
    leads(m_benchmark, &BenchmarkPage::pairWanted, Page::Match);
    connect(m_tradeOff, &TradeOffPage::recipeWanted, m_recipe, &RecipePage::edit);
    leads(m_tradeOff, &TradeOffPage::recipeWanted, Page::Recipe);
    connect(m_runs, &RunsPage::trainWanted, m_train, &TrainPage::takeOver);
    connect(m_runs, &RunsPage::resumeWanted, m_train, &TrainPage::resume);
    leads(m_runs, &RunsPage::trainWanted, Page::Train);
    leads(m_runs, &RunsPage::resumeWanted, Page::Train);
    leads(m_labels, &LabelsPage::modelsWanted, Page::Models);
    connect(m_models, &ModelsPage::searchWanted, this, [this] { showSearch(); });
    connect(m_train, &TrainPage::searchWanted, this, [this] { showSearch(); });
    connect(m_runs, &RunsPage::searchWanted, this, [this] { showSearch(); });
    connect(m_recipe, &RecipePage::searchWanted, this, [this] {
        showSearch();
        m_session.runQuery();
    });
    connect(m_search, &SearchPage::openQueryWanted, m_actions, &WindowActions::askForQuery);
    connect(m_search, &SearchPage::pasteWanted, m_actions, &WindowActions::pasteQuery);
    connect(m_submission, &SubmissionPage::regionWanted, this, &MainWindow::searchPicture);
    connect(m_submission, &SubmissionPage::openWanted, m_actions, &WindowActions::askForSubmission);
}

} // namespace likeness::ui
