#pragma once

#include "core/eval/logistic_curve.h"
#include "core/eval/metrics.h"
#include "core/eval/unrelated_scores.h"

#include <map>
#include <optional>

namespace likeness {

/// How probable it is that a query's best answer is right.
///
/// With a truth: a logistic curve of the score, never judged on the answers it was fitted on: the answers are dealt
/// into ten parts, and each part is judged by the curve of the nine others. Without one: one minus the local false
/// discovery rate of UnrelatedScores, which is rather too low. Where that means nothing, only a significance: how
/// rarely unrelated images alone stand out so far.
class Calibration {
public:
    enum class Kind { Probability, Significance };
    static constexpr std::size_t fewestQueries = 10;

    /// Nothing for fewer than ten queries that the truth knows and that have an answer.
    static std::optional<Calibration> fromTruth(const std::vector<NamedRanking> &rankings, const GroundTruth &truth);
    /// Nothing for fewer than ten queries with enough answers.
    static std::optional<Calibration> fromBackground(const std::vector<NamedRanking> &rankings);
    /// From the truth where there is one.
    static std::optional<Calibration> of(const std::vector<NamedRanking> &rankings,
                                         const std::optional<GroundTruth> &truth);

    bool isFromTruth() const { return !m_unrelated; }
    Kind kind() const { return m_unrelated && m_unrelated->doubt() ? Kind::Significance : Kind::Probability; }
    /// Why there is no probability.
    std::optional<Message> doubt() const { return m_unrelated ? m_unrelated->doubt() : std::nullopt; }

    /// That the best answer is right; of a query that the curve was fitted on by the others. Nothing where the kind is
    /// a significance or the ranking is too short.
    std::optional<double> probability(const NamedRanking &ranking) const;
    /// How probable it is that unrelated images alone stand out so far; nothing with a truth or for a short ranking.
    std::optional<double> significance(const NamedRanking &ranking) const;

    /// Of the best answers with at least this score (of all without one) the share that is right, at least: the mean
    /// of their probabilities, and with a truth no more than the count says with 95 % confidence (Wilson 1927).
    /// Nothing where there are none, and where the kind is a significance.
    std::optional<double> precisionFrom(std::optional<double> cut) const;
    /// The lowest score of an answer from which the precision is reached; nothing where none reaches it.
    std::optional<double> cutFor(double precision) const;

private:
    struct Answer {
        double score = 0, probability = 0;
        std::optional<bool> right{};
    };
    void setAnswers(const std::vector<NamedRanking> &rankings, const GroundTruth *truth);
    double precisionOf(std::size_t count) const;

    LogisticCurve m_curve;
    std::map<std::string, double> m_crossFitted; ///< probability of each query that the truth knows
    std::optional<UnrelatedScores> m_unrelated;
    std::vector<Answer> m_answers;       ///< best score first
    std::vector<double> m_probabilities; ///< sums over the first answers
    std::vector<int> m_judged, m_right;  ///< likewise, by the truth
};

} // namespace likeness
