#pragma once

#include "core/data/workspace.h"
#include "core/eval/calibration.h"
#include "core/search/engine.h"
#include "core/submit/submission.h"
#include "ui/recipe_library.h"
#include "ui/tasks/task_runner.h"
#include "ui/training_session.h"

#include <QImage>
#include <QObject>
#include <optional>

namespace likeness::ui {

/// What is looked for: one of the workspace's queries, a file, pixels without a file, words, or a picture and words.
struct Query {
    QString name;
    std::optional<ImageId> id;         ///< in the workspace's queries
    std::filesystem::path path;        ///< empty for pixels
    std::vector<std::uint8_t> bytes{}; ///< PNG of pixels without a file
    QString text{};                    ///< words, alone or added to the picture
    double textWeight = 1;             ///< negative: the picture without them
    bool hasPicture() const { return !path.empty() || !bytes.empty(); }
    bool isNull() const { return !hasPicture() && text.isEmpty(); }
};

inline constexpr int answersPerQuery = 100; ///< shown in the window; a submission needs one, micro-AP ten

/// A result and where the right picture came in the whole gallery, also beyond the answers that are kept.
struct Answer : QueryResult {
    ImageId right = -1; ///< the best right image; -1 without a truth or a source
    int rightRank = 0;  ///< from 1; 0 where it has no score
    float rightScore = 0;
    double waitedSeconds = 0; ///< from the request to this answer: gallery, network and all
};

/// What the pages share: the workspace, the recipe, the query, the results. Lives on the GUI thread; work gets copies
/// and comes back by deliveries. Pages change it by its functions and follow its signals.
class Session final : public QObject {
    Q_OBJECT

public:
    explicit Session(QObject *parent = nullptr);

    TaskRunner &tasks() { return m_tasks; }
    TrainingSession &training() { return m_training; }
    RecipeLibrary &recipes() { return m_recipes; }
    const std::shared_ptr<FeatureCache> &cache() const { return m_cache; }

    const std::shared_ptr<const Workspace> &workspace() const { return m_workspace; }
    bool hasWorkspace() const { return m_workspace != nullptr; }
    void openFolder(const QString &folder);
    /// Makes the sample in the user's data folder at first use, then opens it.
    void openSample();
    static QString sampleFolder();
    bool isSample() const;

    const Recipe &recipe() const { return m_recipe; }
    const Recipe &baseRecipe() const { return m_baseRecipe; } ///< as it was chosen, before parameters were changed
    void chooseRecipe(const Recipe &recipe);
    void changeRecipe(const Recipe &recipe); ///< other parameters of the chosen one

    /// The recipe that searches with an installed model.
    void chooseModel(const std::string &id);
    /// Installs the model of a training run and chooses it; then calls `done`, if `context` is still
    /// there.
    void useModelOf(const TrainingRun &run, QObject *context, std::function<void()> done);

    const Query &query() const { return m_query; }
    void setQueryId(ImageId id);
    void setQueryFile(const std::filesystem::path &file);
    void setQueryImage(const QImage &image, const QString &name);
    /// Words alone, or with the picture that is the query now.
    void setQueryText(const QString &text, bool withPicture, double weight);
    bool understandsText() const; ///< the recipe's models do
    void runQuery();
    void searchIfReady(); ///< runQuery() where it takes a blink, and is not under way
    void runAll();
    bool allDone() const; ///< every query of the workspace has its result

    /// Results of the workspace's queries with the current recipe; no value where it was not run yet.
    const std::vector<std::optional<Answer>> &results() const { return m_results; }
    const std::optional<Answer> &currentResult() const; ///< of query()
    std::vector<QueryResult> completeResults() const;
    /// Of the results so far; no value without a ground truth or a result.
    std::optional<Metrics> metrics() const;
    std::vector<NamedRanking> rankings() const; ///< of the results so far
    /// How scores of the results so far become probabilities; no value where there are too few.
    const std::optional<Calibration> &calibration() const;
    const std::set<std::string> *sourcesOf(const QString &query) const;
    /// The hit that is looked at beside the query; -1 for none.
    ImageId selectedHit() const { return m_selectedHit; }
    void selectHit(ImageId image);

    /// "likeness-cli search ..." that repeats what the window just did.
    QString searchCommand() const;
    QString searchCommand(const std::filesystem::path &query) const; ///< for any picture
    QString submitCommand(const QString &file, std::optional<double> threshold) const;

Q_SIGNALS:
    void workspaceChanged();
    void recipeChanged();
    void queryChanged();
    void resultChanged(int queryId); ///< -1: of a query outside the workspace
    void resultsReset();
    void selectedHitChanged();

private:
    void setWorkspace(std::shared_ptr<const Workspace> workspace);
    void resetResults();
    void setQuery(Query query);
    void store(std::optional<ImageId> id, Answer result);
    std::function<std::shared_ptr<const Engine>(UiTaskContext &)> engineMaker();
    /// Files a result where it belongs, if workspace and recipe are still those of now.
    std::function<void(const Query &, Answer)> keeper();
    QString recipeArguments() const;

    TaskRunner m_tasks;
    TrainingSession m_training;
    RecipeLibrary m_recipes;
    std::shared_ptr<FeatureCache> m_cache;
    std::shared_ptr<const Workspace> m_workspace;
    Recipe m_baseRecipe, m_recipe;
    std::shared_ptr<const Engine> m_engine; // null where workspace or recipe changed since
    Query m_query;
    std::vector<std::optional<Answer>> m_results;
    std::optional<Answer> m_outsideResult;
    mutable std::optional<Calibration> m_calibration; // of m_results, where m_calibrated
    mutable bool m_calibrated = false;
    ImageId m_selectedHit = -1;
    enum class Task { Opening, OneQuery, AllQueries };
    Task m_task = Task::Opening; // the latest one
};

/// Quoted for a POSIX shell where needed.
QString shellQuoted(const QString &text);

} // namespace likeness::ui
