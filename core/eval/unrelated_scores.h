#pragma once

#include "core/base/error.h"

#include <optional>
#include <span>
#include <vector>

namespace likeness {

/// How unrelated images score, learnt from queries of which nobody knows what is right; and from it how likely the
/// best answer of a query is unrelated too.
///
/// Near the top of a ranking r (x_r - x_(r + 1)) are exponential with one mean, the scale (Weissman 1978), which the
/// ranks 2..10 of the query itself tell; scales of different queries are moderated by an inverse gamma distribution
/// (Smyth 2004). The gap between the first two, in this law, is the evidence: -log P(unrelated images leave such a
/// gap). Its width is corrected by what is seen (an empirical null: Efron 2004), twice: by the gaps at rank 2 of the
/// queries whose best answer seems unrelated, and by the middle of the gaps at rank 1; the larger counts, two standard
/// errors added. The share of queries without a right answer is Storey's (2002), the density of all evidence is
/// Grenander's (Langaas, Lindqvist and Ferkingstad 2005) with one query less than seen: the local false discovery rate
/// comes out too high rather than too low. A second copy in the gallery closes the gap, and the rate is high.
class UnrelatedScores {
public:
    static constexpr std::size_t ranks = 10, fewestRanks = 6; ///< of a query that are looked at, and needed
    static constexpr std::size_t fewestQueries = 30;

    /// Scores of each query, best first.
    explicit UnrelatedScores(std::span<const std::vector<double>> queries);

    /// Why falseRate() means nothing here, such as too few queries; nothing where it holds.
    const std::optional<Message> &doubt() const { return m_doubt; }
    /// Queries with enough ranks.
    std::size_t queries() const { return m_queries; }
    /// Of queries whose best answer is unrelated; rather too large.
    double unrelatedShare() const { return m_share; }
    /// Mean evidence of unrelated best answers, at least 1.
    double width() const { return m_width; }

    /// Of a query's scores, best first: how probable it is that unrelated images alone stand out so far. Nothing for
    /// too few scores.
    std::optional<double> significance(std::span<const double> scores) const;
    /// Probability that the best answer is unrelated (local false discovery rate); falls as the evidence rises.
    std::optional<double> falseRate(std::span<const double> scores) const;

private:
    struct Gap {
        double size = 0, scale = 0; ///< the gap below a rank, times the rank; mean over the ranks below
        double spacings = 0;
    };
    /// The moderated scale: of all queries, and of how many spacings its knowledge is worth.
    struct Scales {
        double mean = 0, weight = 0;
        explicit Scales(std::span<const Gap> gaps);
        double evidence(const Gap &gap) const;
    };
    static Gap gapAt(std::size_t rank, std::span<const double> scores);
    bool findWidth(std::span<const double> first, std::span<const double> second);
    void findRates(std::span<const double> evidence);
    double falseRateOf(double evidence) const;

    Scales m_scales{{}};
    std::size_t m_queries = 0;
    double m_width = 1, m_share = 1;
    std::vector<double> m_ends, m_densities; ///< Grenander's: p <= end has this density; falling
    std::optional<Message> m_doubt;
};

/// Scale of exponential values of which only those up to `end` are seen, by the largest likelihood, plus `errors`
/// standard errors. Infinite for fewer than ten values, and where they do not fall.
double truncatedExponentialScale(std::span<const double> values, double end, double errors);

} // namespace likeness
