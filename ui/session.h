#pragma once

#include "ui/query.h"
#include "ui/recipe_library.h"
#include "ui/results.h"
#include "ui/tasks/task_runner.h"

#include <QObject>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <typeindex>

class QWidget;

namespace likeness {
struct TrainingRun;
}

namespace likeness::ui {

class EngineSlot;
class QuickLook;
class TrainingSession;
struct LastEngine;

inline constexpr int answersPerQuery = 100; ///< shown in the window; a submission needs one, micro-AP ten

/// What the pages share: the workspace, the recipe, the query, the results. Lives on the GUI thread; work gets copies
/// and comes back by deliveries. Pages change it by its functions and follow its signals.
class Session final : public QObject {
    Q_OBJECT

public:
    explicit Session(QObject *parent = nullptr);
    ~Session() override;

    /// Short answers: a search. The newest one replaces what runs.
    TaskRunner &tasks() { return m_tasks; }
    /// A folder that is opened: a newer one replaces it, and nothing else does.
    TaskRunner &openings() { return m_openings; }
    /// What takes seconds and must not be lost: a model that is checked, a file that is written.
    TaskRunner &deeds() { return m_deeds; }
    /// Long jobs, and whatever must not be lost: they have their turn one after another, and no short answer stops one.
    TaskRunner &jobs() { return m_jobs; }
    std::array<TaskRunner *, 4> lanes() { return {&m_tasks, &m_openings, &m_deeds, &m_jobs}; }
    bool isBusy();
    TrainingSession &training() { return *m_training; }
    TaskRunner &trainingTasks(); ///< the lane of training()
    RecipeLibrary &recipes() { return m_recipes; }
    const std::shared_ptr<FeatureCache> &cache() const { return m_cache; }

    const std::shared_ptr<const Workspace> &workspace() const { return m_workspace; }
    bool hasWorkspace() const { return m_workspace != nullptr; }
    const QString &folder() const { return m_folder; } ///< that was opened, workspace or index; empty for none
    /// Says later on whether the folder that is open now still is.
    std::function<bool()> whileOpen() const;
    /// A workspace, a folder of images or an index, which brings its recipe.
    void openFolder(const QString &folder);
    /// Makes the sample in the user's data folder at first use, then opens it.
    void openSample();
    static QString sampleFolder();
    bool isSample() const;

    const Recipe &recipe() const { return m_recipe; }
    const Recipe &baseRecipe() const { return m_baseRecipe; } ///< as it was chosen, before parameters were changed
    void chooseRecipe(const Recipe &recipe);
    void changeRecipe(const Recipe &recipe); ///< other parameters of the chosen one
    /// Which stages of the recipe were built anew for it, and which stood; empty before it was searched with.
    std::vector<StageReport> stages() const;

    /// The recipe that searches with an installed model.
    void chooseModel(const std::string &id);
    /// Installs the model of a training run and chooses it; then calls `done`, if `page` is still looked at.
    void useModelOf(const TrainingRun &run, QWidget *page, std::function<void()> done);

    const Query &query() const { return m_query; }
    void setQueryId(ImageId id);
    void setQuery(Query query);
    void setQueryFile(const std::filesystem::path &file) { setQuery(Query::ofFile(file)); }
    void setQueryImage(const QImage &image, const QString &name) { setQuery(Query::ofImage(image, name)); }
    /// Words alone, or with the picture that is the query now.
    void setQueryText(const QString &text, bool withPicture, double weight)
    {
        setQuery(Query::ofText(text, weight, withPicture ? m_query : Query()));
    }
    bool understandsText() const; ///< the recipe's models do
    void runQuery();
    bool isSearching() const { return !m_searching.expired(); } ///< runQuery() is under way
    void searchIfReady(); ///< runQuery() where it takes a blink, and is not under way
    void runAll();        ///< a long job; not a second time while one with the same recipe is under way
    /// Of an earlier session, with the recipe of now.
    void restore(std::vector<std::optional<Answer>> answers);
    bool ranAll() const { return m_ranAll; } ///< what was asked for last were all queries

    /// Of the workspace's queries with the current recipe.
    const Results &results() const { return m_results.now(); }
    /// The last full run, before the recipe was changed; null where there was none.
    const Results *resultsBefore() const { return m_results.before(); }
    const std::optional<Answer> &currentResult() const; ///< of query()
    /// A first answer of a fast recipe to query(), while the chosen one is getting ready.
    const std::optional<Answer> &quickLook() const { return m_quickAnswer; }
    /// What there is to be shown: currentResult(), else the quick look.
    const std::optional<Answer> &shownResult() const { return currentResult() ? currentResult() : m_quickAnswer; }
    const std::set<std::string> *sourcesOf(const QString &query) const;
    /// The hit that is looked at beside the query; -1 for none.
    ImageId selectedHit() const { return m_selectedHit; }
    void selectHit(ImageId image);

    /// What a page does not lose when the window is built anew: one T (a QObject) for the session, made at first use.
    template <class T> T &kept()
    {
        std::unique_ptr<QObject> &place = m_kept[typeid(T)];
        if (!place)
            place = std::make_unique<T>();
        return static_cast<T &>(*place);
    }

Q_SIGNALS:
    void workspaceChanged();
    void recipeChanged();
    void queryChanged();
    void resultChanged(int queryId); ///< -1: of a query outside the workspace
    void resultsReset();
    void selectedHitChanged();
    void measured(); ///< all queries were run: there are figures of the recipe here

private:
    void setWorkspace(std::shared_ptr<const Workspace> workspace, std::shared_ptr<const Engine> engine = nullptr);
    void adopt(const Recipe &recipe);
    void forgetAnswer();
    void store(std::optional<ImageId> id, Answer result);
    void showQuickLook(const Query &query, Answer answer);
    /// Files a result where it belongs, if workspace and recipe are still those of now.
    std::function<void(const Query &, Answer)> keeper();

    std::map<std::type_index, std::unique_ptr<QObject>> m_kept;
    TaskRunner m_tasks, m_openings, m_deeds{TaskRunner::Second::Waits}, m_jobs{TaskRunner::Second::Waits};
    std::unique_ptr<TrainingSession> m_training;
    RecipeLibrary m_recipes;
    std::shared_ptr<FeatureCache> m_cache;
    std::shared_ptr<const Workspace> m_workspace;
    QString m_folder;
    Recipe m_baseRecipe, m_recipe;
    std::shared_ptr<EngineSlot> m_engine; // another one as soon as workspace or recipe change
    std::shared_ptr<LastEngine> m_lastEngine;
    std::shared_ptr<const QueryMemo> m_memo; // of the last query
    Query m_query;
    ResultHistory m_results;
    std::optional<Answer> m_outsideResult; // of a query that is none of the workspace's
    std::shared_ptr<QuickLook> m_quickLook;
    std::optional<Answer> m_quickAnswer;
    ImageId m_selectedHit = -1;
    std::weak_ptr<const void> m_searching; // alive in the work
    bool m_ranAll = false;
};

} // namespace likeness::ui
