#pragma once

#include "core/data/workspace.h"
#include "core/eval/calibration.h"
#include "core/search/engine.h"
#include "core/submit/submission.h"

#include <list>
#include <memory>
#include <optional>

namespace likeness::ui {

/// A result and where the right picture came in the whole gallery, also beyond the answers that are kept.
struct Answer : QueryResult {
    ImageId right = -1; ///< the best right image; -1 without a truth or a source
    int rightRank = 0;  ///< from 1; 0 where it has no score
    float rightScore = 0;
    double waitedSeconds = 0; ///< from the request to this answer: gallery, network and all
};

/// Judged by the truth while the scores of the whole gallery are at hand; the window keeps the ranking.
Answer answerOf(QueryResult result, const Workspace &workspace);

/// What one recipe answered to the queries of one workspace, as far as they were asked.
class Results {
public:
    Results(Recipe recipe, std::shared_ptr<const Workspace> workspace);

    const Recipe &recipe() const { return m_recipe; }
    /// One place a query of the workspace; no value where it was not asked yet.
    const std::vector<std::optional<Answer>> &answers() const { return m_answers; }
    void store(ImageId query, Answer answer);
    int count() const { return m_count; }
    bool complete() const { return m_count > 0 && std::size_t(m_count) == m_answers.size(); }
    std::vector<QueryResult> queryResults() const;
    std::vector<NamedRanking> rankings() const;
    /// Of the answers so far; no value without a ground truth or an answer.
    const std::optional<Metrics> &metrics() const;
    /// How scores of the answers so far become probabilities; no value where there are too few.
    const std::optional<Calibration> &calibration() const;

    /// While what this gives is alive somewhere, a run over all queries is under way or waits.
    std::shared_ptr<const void> beginRun();
    bool isRunning() const { return !m_run.expired(); }

private:
    Recipe m_recipe;
    std::shared_ptr<const Workspace> m_workspace; // null before one is opened
    std::vector<std::optional<Answer>> m_answers;
    int m_count = 0;
    std::weak_ptr<const void> m_run;
    // Of the answers so far; no value of the outer ones where it was not asked for since the last answer.
    mutable std::optional<std::optional<Metrics>> m_metrics;
    mutable std::optional<std::optional<Calibration>> m_calibration;
};

/// The results of the recipe that is chosen now, and those of the last full run before it was changed: they stay until
/// a newer full run takes their place, and are there again when the recipe is.
class ResultHistory {
public:
    ResultHistory();
    Results &now() { return m_sets.back(); }
    const Results &now() const { return m_sets.back(); }
    const Results *before() const; ///< the last full run with another recipe; null where there was none
    Results *find(const Recipe &recipe);
    void open(std::shared_ptr<const Workspace> workspace, const Recipe &recipe); ///< forgets everything
    void choose(const Recipe &recipe);

private:
    std::shared_ptr<const Workspace> m_workspace;
    std::list<Results> m_sets; // the last one is of the recipe of now; places stay while others come and go
};

} // namespace likeness::ui
