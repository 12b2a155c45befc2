#pragma once

#include "core/train/objectives.h"
#include "core/train/training.h"

namespace likeness {

/// Looks at the numbers of a run for what a user has to know.
class RunWatch {
public:
    RunWatch() = default;
    RunWatch(const TrainingFacts &facts, const ObjectiveAdditions &additions) : m_facts(facts), m_additions(additions)
    {
    }

    /// A loss that is no number, or whose running mean has become three times that of the first steps.
    std::optional<Message> failureOf(const HistoryPoint &point);
    /// Each once: a loss within 2 % of the collapsed one after 5 % of the steps; vectors whose entries deviate by less
    /// than a fifth of 1 / sqrt(d).
    std::vector<Message> warningsOf(const HistoryPoint &point);

    double meanLoss = HistoryPoint::none; ///< running mean
    double firstLoss = 0;                 ///< mean of the first steps of the run

private:
    TrainingFacts m_facts;
    ObjectiveAdditions m_additions;
    double m_objective = HistoryPoint::none,
           m_deviation = HistoryPoint::none; ///< running means; m_objective without the additions
    bool m_toldLoss = false, m_toldDeviation = false;
};

/// ln of the number of logits of a row: what NT-Xent, SupCon and SimCSE give where all vectors are equal. Not a number
/// for other objectives.
double collapsedLoss(const TrainingSettings &settings);

} // namespace likeness
