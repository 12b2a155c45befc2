#include "ui/page_table.h"

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

namespace likeness::ui {

namespace {

template <class Page>
constexpr PageRow row(PageGroup group, const char *icon, const char *name, const char *tip, bool needsWorkspace = false)
{
    return {&Page::staticMetaObject,
            group,
            icon,
            name,
            tip,
            needsWorkspace,
            [](Session &session, ThumbnailProvider &thumbnails) -> QWidget * {
                if constexpr (std::is_constructible_v<Page, Session &, ThumbnailProvider &>)
                    return new Page(session, thumbnails);
                else if constexpr (std::is_constructible_v<Page, Session &>)
                    return new Page(session);
                else
                    return new Page;
            }};
}

} // namespace

std::span<const PageRow> pageTable()
{
    using enum PageGroup;
    static const PageRow rows[] = {
        row<StartPage>(Start, "go-home", QT_TRANSLATE_NOOP("PageTable", "Start"),
                       QT_TRANSLATE_NOOP("PageTable", "The sample, your folders, what one can do")),
        row<BrowsePage>(Pictures, "view-list-icons", QT_TRANSLATE_NOOP("PageTable", "Browse"),
                        QT_TRANSLATE_NOOP("PageTable", "The pictures of the folder"), true),
        row<SearchPage>(Pictures, "edit-find", QT_TRANSLATE_NOOP("PageTable", "Search"),
                        QT_TRANSLATE_NOOP("PageTable", "Which picture is this, or a copy of it?"), true),
        row<ComparePage>(Pictures, "view-split-left-right", QT_TRANSLATE_NOOP("PageTable", "Compare"),
                         QT_TRANSLATE_NOOP("PageTable", "Query and result over each other: swipe, blink, difference"),
                         true),
        row<MatchPage>(Pictures, "draw-line", QT_TRANSLATE_NOOP("PageTable", "Match"),
                       QT_TRANSLATE_NOOP("PageTable", "The keypoints that two pictures share")),
        row<RecipePage>(Methods, "document-edit", QT_TRANSLATE_NOOP("PageTable", "Recipe"),
                        QT_TRANSLATE_NOOP("PageTable", "The stages of a method, to be changed")),
        row<TradeOffPage>(Methods, "office-chart-scatter", QT_TRANSLATE_NOOP("PageTable", "Trade-off"),
                          QT_TRANSLATE_NOOP("PageTable", "Accuracy against time and memory, for many recipes"), true),
        row<IndexPage>(Methods, "database-index", QT_TRANSLATE_NOOP("PageTable", "Index"),
                       QT_TRANSLATE_NOOP("PageTable", "Large collections, searched from the disk")),
        row<SubmissionPage>(Methods, "table", QT_TRANSLATE_NOOP("PageTable", "Submission"),
                            QT_TRANSLATE_NOOP("PageTable", "Opens an exported file and checks it"), true),
        row<BenchmarkPage>(Methods, "office-chart-bar", QT_TRANSLATE_NOOP("PageTable", "Benchmark"),
                           QT_TRANSLATE_NOOP("PageTable", "Matching methods, measured on pairs with a known truth")),
        row<ModelsPage>(Networks, "distribute-graph-directed", QT_TRANSLATE_NOOP("PageTable", "Models"),
                        QT_TRANSLATE_NOOP("PageTable", "Networks: download, import, check")),
        row<FamiliesPage>(Networks, "view-list-details", QT_TRANSLATE_NOOP("PageTable", "Families"),
                          QT_TRANSLATE_NOOP("PageTable", "What kinds of networks are good for")),
        row<LabelsPage>(Networks, "tag", QT_TRANSLATE_NOOP("PageTable", "Labels"),
                        QT_TRANSLATE_NOOP("PageTable", "What is to be seen, by words"), true),
        row<TrainPage>(Networks, "office-chart-line", QT_TRANSLATE_NOOP("PageTable", "Train"),
                       QT_TRANSLATE_NOOP("PageTable", "A network of your own, on your pictures")),
        row<RunsPage>(Networks, "document-open-recent", QT_TRANSLATE_NOOP("PageTable", "Runs"),
                      QT_TRANSLATE_NOOP("PageTable", "Trainings so far, with their curves"))};
    return rows;
}

} // namespace likeness::ui
