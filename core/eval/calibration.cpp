#include "core/eval/calibration.h"

#include <algorithm>
#include <cmath>

namespace likeness {

namespace {

constexpr std::size_t parts = 10;

std::vector<double> scoresOf(const NamedRanking &ranking)
{
    std::vector<double> scores;
    for (const Candidate &candidate : ranking.candidates)
        scores.push_back(static_cast<double>(candidate.score));
    return scores;
}

/// The share that is overstated in five of a hundred samples (Wilson 1927, one-sided): where all are right, n /
/// (n + 2.7).
double surelyRight(double right, double count)
{
    if (count == 0)
        return 0;
    constexpr double z = 1.645;
    const double share = right / count, scatter = share * (1 - share) / count + z * z / (4 * count * count);
    return (share + z * z / (2 * count) - z * std::sqrt(scatter)) / (1 + z * z / count);
}

} // namespace

std::optional<Calibration> Calibration::fromTruth(const std::vector<NamedRanking> &rankings, const GroundTruth &truth)
{
    std::vector<JudgedAnswer> judged;
    std::vector<std::string> queries;
    for (const NamedRanking &ranking : rankings)
        if (const auto *sources = truth.sourcesOf(ranking.query); sources && !ranking.candidates.empty()) {
            const Candidate &best = ranking.candidates.front();
            judged.push_back({static_cast<double>(best.score), sources->contains(best.source)});
            queries.push_back(ranking.query);
        }
    if (judged.size() < fewestQueries)
        return std::nullopt;
    Calibration calibration;
    calibration.m_curve = LogisticCurve::fitted(judged);
    for (std::size_t part = 0; part < parts; ++part) {
        std::vector<JudgedAnswer> others;
        for (std::size_t i = 0; i < judged.size(); ++i)
            if (i % parts != part)
                others.push_back(judged[i]);
        const LogisticCurve curve = LogisticCurve::fitted(others);
        for (std::size_t i = part; i < judged.size(); i += parts)
            calibration.m_crossFitted[queries[i]] = curve.at(judged[i].score);
    }
    calibration.setAnswers(rankings, &truth);
    return calibration;
}

std::optional<Calibration> Calibration::fromBackground(const std::vector<NamedRanking> &rankings)
{
    std::vector<std::vector<double>> scores;
    for (const NamedRanking &ranking : rankings)
        scores.push_back(scoresOf(ranking));
    Calibration calibration;
    calibration.m_unrelated.emplace(scores);
    if (calibration.m_unrelated->queries() < fewestQueries)
        return std::nullopt;
    calibration.setAnswers(rankings, nullptr);
    return calibration;
}

std::optional<Calibration> Calibration::of(const std::vector<NamedRanking> &rankings,
                                           const std::optional<GroundTruth> &truth)
{
    return truth ? fromTruth(rankings, *truth) : fromBackground(rankings);
}

std::optional<double> Calibration::probability(const NamedRanking &ranking) const
{
    if (ranking.candidates.empty() || kind() == Kind::Significance)
        return std::nullopt;
    if (m_unrelated) {
        const auto rate = m_unrelated->falseRate(scoresOf(ranking));
        return rate ? std::optional(1 - *rate) : std::nullopt;
    }
    const auto known = m_crossFitted.find(ranking.query);
    return known != m_crossFitted.end() ? known->second : m_curve.at(static_cast<double>(ranking.candidates[0].score));
}

std::optional<double> Calibration::significance(const NamedRanking &ranking) const
{
    return m_unrelated ? m_unrelated->significance(scoresOf(ranking)) : std::nullopt;
}

void Calibration::setAnswers(const std::vector<NamedRanking> &rankings, const GroundTruth *truth)
{
    for (const NamedRanking &ranking : rankings) {
        if (ranking.candidates.empty())
            continue;
        const Candidate &best = ranking.candidates.front();
        // An answer of which nothing is known is not promised.
        Answer answer{static_cast<double>(best.score), probability(ranking).value_or(0)};
        if (const auto *sources = truth ? truth->sourcesOf(ranking.query) : nullptr)
            answer.right = sources->contains(best.source);
        m_answers.push_back(answer);
    }
    std::ranges::stable_sort(m_answers, std::greater{}, &Answer::score);
    double sum = 0;
    int judged = 0, right = 0;
    for (const Answer &answer : m_answers) {
        m_probabilities.push_back(sum += answer.probability);
        m_judged.push_back(judged += answer.right.has_value());
        m_right.push_back(right += answer.right.value_or(false));
    }
}

double Calibration::precisionOf(std::size_t count) const
{
    const double mean = m_probabilities[count - 1] / static_cast<double>(count);
    return m_unrelated ? mean : std::min(mean, surelyRight(m_right[count - 1], m_judged[count - 1]));
}

std::optional<double> Calibration::precisionFrom(std::optional<double> cut) const
{
    const auto end = cut ? std::ranges::find_if(m_answers, [&](const Answer &answer) { return answer.score < *cut; })
                         : m_answers.end();
    if (end == m_answers.begin() || kind() == Kind::Significance)
        return std::nullopt;
    return precisionOf(static_cast<std::size_t>(end - m_answers.begin()));
}

std::optional<double> Calibration::cutFor(double precision) const
{
    if (kind() == Kind::Significance)
        return std::nullopt;
    for (std::size_t count = m_answers.size(); count > 0; --count) {
        // Equal scores are answered together.
        const bool last = count == m_answers.size() || m_answers[count].score < m_answers[count - 1].score;
        if (last && precisionOf(count) >= precision)
            return m_answers[count - 1].score;
    }
    return std::nullopt;
}

} // namespace likeness
