#include "core/eval/unrelated_scores.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace likeness {

namespace {

constexpr double standardErrors = 2;
constexpr double middleEnd = 3;  ///< evidence up to here tells the width: 95 % of unrelated answers
constexpr double widestFit = 4;  ///< gaps this many times as wide as the ranks below say follow another law
constexpr double bulk = .5;      ///< p above it counts for Storey's share
constexpr double separated = .5; ///< some best answer has to be unrelated with less than this probability
constexpr double noScatter = 1e-3;

} // namespace

double truncatedExponentialScale(std::span<const double> values, double end, double errors)
{
    double sum = 0, count = 0;
    for (const double value : values)
        if (value <= end) {
            sum += value;
            ++count;
        }
    const auto meanAt = [end](double scale) { return scale - end / std::expm1(end / scale); };
    double low = 1e-3, high = 1e3;
    if (count < 10 || sum / count >= meanAt(high))
        return std::numeric_limits<double>::infinity();
    for (int step = 0; step < 100; ++step) {
        const double middle = std::sqrt(low * high);
        (meanAt(middle) < sum / count ? low : high) = middle;
    }
    const double x = end / low, information = 1 - x * x * std::exp(-x) / (std::expm1(-x) * std::expm1(-x));
    return low * (1 + errors / std::sqrt(count * std::max(information, 1e-9)));
}

UnrelatedScores::Gap UnrelatedScores::gapAt(std::size_t rank, std::span<const double> scores)
{
    const std::size_t last = std::min(scores.size(), ranks);
    Gap gap;
    gap.size = static_cast<double>(rank) * (scores[rank - 1] - scores[rank]);
    for (std::size_t r = rank + 1; r < last; ++r) {
        gap.scale += static_cast<double>(r) * (scores[r - 1] - scores[r]);
        ++gap.spacings;
    }
    gap.scale /= gap.spacings;
    return gap;
}

/// By the moments of the scales: their scatter beyond that of a mean of so many exponential spacings.
UnrelatedScores::Scales::Scales(std::span<const Gap> gaps)
{
    if (gaps.empty())
        return;
    const auto count = static_cast<double>(gaps.size());
    double inverse = 0, squares = 0;
    for (const Gap &gap : gaps) {
        mean += gap.scale / count;
        inverse += 1 / gap.spacings / count;
    }
    for (const Gap &gap : gaps)
        squares += (gap.scale - mean) * (gap.scale - mean) / count;
    const double scatter = mean > 0 ? (squares / (mean * mean) - inverse) / (1 + inverse) : 0;
    weight = 1 / std::max(noScatter, scatter) + 1;
}

double UnrelatedScores::Scales::evidence(const Gap &gap) const
{
    const double known = weight * mean + gap.spacings * gap.scale;
    return (weight + 1 + gap.spacings) * std::log1p(gap.size / known);
}

UnrelatedScores::UnrelatedScores(std::span<const std::vector<double>> queries)
{
    std::vector<Gap> first, second;
    for (const std::vector<double> &scores : queries)
        if (scores.size() >= fewestRanks) {
            first.push_back(gapAt(1, scores));
            second.push_back(gapAt(2, scores));
        }
    m_queries = first.size();
    m_scales = Scales(first);
    const Scales secondScales(second);
    const bool spread = m_scales.mean > 0 && secondScales.mean > 0;
    std::vector<double> firstEvidence, secondEvidence;
    for (std::size_t i = 0; spread && i < m_queries; ++i) {
        firstEvidence.push_back(m_scales.evidence(first[i]));
        secondEvidence.push_back(secondScales.evidence(second[i]));
    }
    const bool fits = spread && findWidth(firstEvidence, secondEvidence);
    if (m_queries < fewestQueries)
        m_doubt = {QT_TRANSLATE_NOOP("core", "%1 queries with %2 answers each are too few, %3 are needed"),
                   {std::to_string(m_queries), std::to_string(fewestRanks), std::to_string(fewestQueries)}};
    else if (!fits)
        m_doubt = {QT_TRANSLATE_NOOP("core", "the scores of unrelated images do not fall as those of a model do"), {}};
    else if (std::ranges::none_of(firstEvidence, [&](double each) { return falseRateOf(each) < separated; }))
        m_doubt = {QT_TRANSLATE_NOOP("core", "the best answers do not stand out of unrelated images"), {}};
}

/// Each width gives probabilities that the best answers are unrelated, and these a width by the gaps at rank 2. False
/// where the gaps follow another law.
bool UnrelatedScores::findWidth(std::span<const double> first, std::span<const double> second)
{
    const double middle = truncatedExponentialScale(first, middleEnd, standardErrors);
    m_width = std::isfinite(middle) ? std::max(1.0, middle) : 1;
    for (int step = 0; step < 20; ++step) {
        findRates(first);
        double weights = 0, sum = 0;
        for (std::size_t i = 0; i < first.size(); ++i) {
            const double weight = falseRateOf(first[i]);
            weights += weight;
            sum += weight * second[i];
        }
        if (weights > 0)
            m_width = std::max(m_width, sum / weights * (1 + standardErrors / std::sqrt(weights)));
    }
    findRates(first);
    return std::isfinite(middle) && m_width <= widestFit;
}

/// Storey's share and the least concave majorant of the distribution of p.
void UnrelatedScores::findRates(std::span<const double> evidence)
{
    std::vector<double> p;
    for (const double each : evidence)
        p.push_back(std::exp(-each / m_width));
    std::ranges::sort(p);
    const auto count = static_cast<double>(p.size());
    const auto above = static_cast<double>(std::ranges::count_if(p, [](double each) { return each > bulk; }));
    m_share = std::min(1.0, (above + 1) / (count * (1 - bulk)));
    struct Point {
        double p, share;
    };
    std::vector<Point> hull{{0, 0}};
    const auto slope = [](const Point &a, const Point &b) { return (b.share - a.share) / (b.p - a.p); };
    const auto add = [&](const Point &point) {
        if (point.p <= hull.back().p)
            return;
        while (hull.size() > 1 && slope(hull[hull.size() - 2], hull.back()) <= slope(hull.back(), point))
            hull.pop_back();
        hull.push_back(point);
    };
    for (std::size_t i = 0; i < p.size(); ++i)
        if (i + 1 == p.size() || p[i + 1] > p[i]) // equal ones are one step
            add({std::max(p[i], std::numeric_limits<double>::min()), p[i] < 1 ? static_cast<double>(i) / count : 1});
    add({1, 1});
    m_ends.clear();
    m_densities.clear();
    for (std::size_t i = 1; i < hull.size(); ++i) {
        m_ends.push_back(hull[i].p);
        m_densities.push_back(slope(hull[i - 1], hull[i]));
    }
}

double UnrelatedScores::falseRateOf(double evidence) const
{
    const double p = std::exp(-evidence / m_width);
    const auto at = static_cast<std::size_t>(std::ranges::lower_bound(m_ends, p) - m_ends.begin());
    const double density = m_densities[std::min(at, m_densities.size() - 1)];
    return density > m_share ? m_share / density : 1;
}

std::optional<double> UnrelatedScores::significance(std::span<const double> scores) const
{
    if (scores.size() < fewestRanks || m_densities.empty())
        return std::nullopt;
    return std::exp(-m_scales.evidence(gapAt(1, scores)) / m_width);
}

std::optional<double> UnrelatedScores::falseRate(std::span<const double> scores) const
{
    if (scores.size() < fewestRanks || m_densities.empty())
        return std::nullopt;
    return falseRateOf(m_scales.evidence(gapAt(1, scores)));
}

} // namespace likeness
