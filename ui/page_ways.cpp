#include "ui/page_ways.h"

#include "ui/main_window.h"
#include "ui/pages/benchmark_page.h"
#include "ui/pages/browse_page.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/labels_page.h"
#include "ui/pages/match_page.h"
#include "ui/pages/models_page.h"
#include "ui/pages/recipe_page.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/search_page.h"
#include "ui/pages/submission_page.h"
#include "ui/pages/trade_off_page.h"
#include "ui/pages/train_page.h"
#include "ui/status_strip.h"
#include "ui/window_actions.h"

namespace likeness::ui {

namespace {

/// Whatever the signal says besides.
template <class To, class From, class... Arguments> void leads(MainWindow &window, void (From::*signal)(Arguments...))
{
    QObject::connect(&window.page<From>(), signal, &window, [&window] { window.showPage<To>(); });
}

void showSearch(MainWindow &window)
{
    window.session().hasWorkspace() ? window.showPage<SearchPage>() : window.showPage<StartPage>();
}

} // namespace

void connectPages(MainWindow &window, WindowActions &actions, StatusStrip &strip)
{
    QObject::connect(&window.page<BrowsePage>(), &BrowsePage::searchWanted, &window, [&window] {
        window.showPage<SearchPage>();
        window.session().runQuery();
    });
    QObject::connect(&window.page<SearchPage>(), &SearchPage::refused, &window,
                     [&window, &strip](const QString &reason) {
                         strip.report(MessageKind::Refusal, reason);
                         strip.setSaidBy(&window.session().tasks()); // a change that is taken searches, and hides it
                     });
    leads<ComparePage>(window, &SearchPage::compareWanted);
    leads<MatchPage>(window, &SearchPage::matchWanted);
    leads<RecipePage>(window, &SearchPage::recipeEditWanted);
    leads<MatchPage>(window, &ComparePage::matchWanted);
    leads<SearchPage>(window, &ComparePage::searchWanted);
    leads<ComparePage>(window, &MatchPage::compareWanted);
    QObject::connect(&window.page<BenchmarkPage>(), &BenchmarkPage::pairWanted, &window.page<MatchPage>(),
                     &MatchPage::setFiles);
    leads<MatchPage>(window, &BenchmarkPage::pairWanted);
    QObject::connect(&window.page<TradeOffPage>(), &TradeOffPage::recipeWanted, &window.page<RecipePage>(),
                     &RecipePage::edit);
    leads<RecipePage>(window, &TradeOffPage::recipeWanted);
    QObject::connect(&window.page<RunsPage>(), &RunsPage::trainWanted, &window.page<TrainPage>(), &TrainPage::takeOver);
    QObject::connect(&window.page<RunsPage>(), &RunsPage::resumeWanted, &window.page<TrainPage>(), &TrainPage::resume);
    leads<TrainPage>(window, &RunsPage::trainWanted);
    leads<TrainPage>(window, &RunsPage::resumeWanted);
    leads<ModelsPage>(window, &LabelsPage::modelsWanted);
    QObject::connect(&window.page<ModelsPage>(), &ModelsPage::searchWanted, &window, [&window] { showSearch(window); });
    QObject::connect(&window.page<TrainPage>(), &TrainPage::searchWanted, &window, [&window] { showSearch(window); });
    QObject::connect(&window.page<RunsPage>(), &RunsPage::searchWanted, &window, [&window] { showSearch(window); });
    QObject::connect(&window.page<RecipePage>(), &RecipePage::searchWanted, &window, [&window] {
        showSearch(window);
        window.session().runQuery();
    });
    QObject::connect(&window.page<SearchPage>(), &SearchPage::openQueryWanted, &actions, &WindowActions::askForQuery);
    QObject::connect(&window.page<SearchPage>(), &SearchPage::pasteWanted, &actions, &WindowActions::pasteQuery);
    QObject::connect(&window.page<SubmissionPage>(), &SubmissionPage::regionWanted, &window,
                     &MainWindow::searchPicture);
    QObject::connect(&window.page<SubmissionPage>(), &SubmissionPage::openWanted, &actions,
                     &WindowActions::askForSubmission);
}

} // namespace likeness::ui
