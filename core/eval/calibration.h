#pragma once

#include "core/eval/metrics.h"
#include "core/rank/extreme_values.h"

#include <optional>

namespace likeness {

/// The probability that a query's best answer is right, by its score; rises with the score.
class Calibration {
public:
    /// From answers that are known to be right or wrong, by a logistic curve (Platt 1999, with the targets and the
    /// Newton steps of Lin, Lin and Weng 2007). Nothing for fewer than ten answers.
    static std::optional<Calibration> fromTruth(const std::vector<NamedRanking> &rankings, const GroundTruth &truth);
    /// Without a truth: how rarely the second answers, which are unrelated images where a copy has one source, reach
    /// the score. A little too sure where the best answers are unrelated too. Nothing for fewer than ten.
    static std::optional<Calibration> fromBackground(const std::vector<NamedRanking> &rankings);
    /// From the truth where there is one.
    static std::optional<Calibration> of(const std::vector<NamedRanking> &rankings,
                                         const std::optional<GroundTruth> &truth);

    bool isFromTruth() const { return m_fromTruth; }
    double probability(double score) const;
    /// Of the best answers with at least this score (of all without one): the mean of their probabilities; nothing
    /// where there are none.
    std::optional<double> precisionFrom(std::optional<double> cut, const std::vector<NamedRanking> &rankings) const;
    /// The lowest score of an answer from which the expected precision is reached; nothing where none reaches it.
    std::optional<double> cutFor(double precision, const std::vector<NamedRanking> &rankings) const;

private:
    double m_slope = 0, m_offset = 0; // of the logistic curve, where m_fromTruth
    LargestValues m_background;
    bool m_fromTruth = false;
};

} // namespace likeness
