#include "core/eval/calibration.h"

#include <algorithm>
#include <cmath>

namespace likeness {

namespace {

constexpr std::size_t fewestQueries = 10;

struct Judged {
    double score;
    bool right;
};

double logistic(double x)
{
    return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x));
}

/// Negative log likelihood of the targets, in a form that does not overflow.
double loss(double x, double target)
{
    return std::log1p(std::exp(-std::abs(x))) + std::max(x, 0.0) - target * x;
}

struct Line {
    double slope = 0, offset = 0;
};

/// Newton's method with halved steps; scores of about unit deviation.
Line fittedLine(const std::vector<Judged> &judged)
{
    const auto right = static_cast<double>(std::ranges::count(judged, true, &Judged::right)),
               wrong = static_cast<double>(judged.size()) - right;
    const double high = (right + 1) / (right + 2), low = 1 / (wrong + 2);
    const auto target = [&](const Judged &each) { return each.right ? high : low; };
    const auto total = [&](const Line &line) {
        double sum = 0;
        for (const Judged &each : judged)
            sum += loss(line.slope * each.score + line.offset, target(each));
        return sum;
    };
    Line line{0, std::log((right + 1) / (wrong + 1))};
    double before = total(line);
    for (int step = 0; step < 100; ++step) {
        double g0 = 0, g1 = 0, h00 = 1e-12, h01 = 0, h11 = 1e-12;
        for (const Judged &each : judged) {
            const double p = logistic(line.slope * each.score + line.offset), d = p - target(each), w = p * (1 - p);
            g0 += each.score * d;
            g1 += d;
            h00 += each.score * each.score * w;
            h01 += each.score * w;
            h11 += w;
        }
        if (std::abs(g0) < 1e-9 && std::abs(g1) < 1e-9)
            break;
        const double determinant = h00 * h11 - h01 * h01;
        const Line by{-(h11 * g0 - h01 * g1) / determinant, -(h00 * g1 - h01 * g0) / determinant};
        double length = 1;
        for (; length > 1e-10; length /= 2) {
            const Line tried{line.slope + length * by.slope, line.offset + length * by.offset};
            if (const double after = total(tried); after < before + 1e-4 * length * (g0 * by.slope + g1 * by.offset)) {
                line = tried;
                before = after;
                break;
            }
        }
        if (length <= 1e-10)
            break;
    }
    return line;
}

} // namespace

std::optional<Calibration> Calibration::fromTruth(const std::vector<NamedRanking> &rankings, const GroundTruth &truth)
{
    std::vector<Judged> judged;
    for (const NamedRanking &ranking : rankings)
        if (const auto *sources = truth.sourcesOf(ranking.query); sources && !ranking.candidates.empty())
            judged.push_back(
                {static_cast<double>(ranking.candidates[0].score), sources->contains(ranking.candidates[0].source)});
    if (judged.size() < fewestQueries)
        return std::nullopt;
    double mean = 0, squares = 0;
    for (const Judged &each : judged)
        mean += each.score / static_cast<double>(judged.size());
    for (const Judged &each : judged)
        squares += (each.score - mean) * (each.score - mean) / static_cast<double>(judged.size());
    const double deviation = squares > 0 ? std::sqrt(squares) : 1;
    for (Judged &each : judged)
        each.score = (each.score - mean) / deviation;
    const Line line = fittedLine(judged);
    Calibration calibration;
    calibration.m_slope = std::max(0.0, line.slope) / deviation;
    calibration.m_offset = line.offset - calibration.m_slope * mean;
    calibration.m_fromTruth = true;
    return calibration;
}

std::optional<Calibration> Calibration::fromBackground(const std::vector<NamedRanking> &rankings)
{
    std::vector<float> seconds;
    for (const NamedRanking &ranking : rankings)
        if (ranking.candidates.size() > 1)
            seconds.push_back(ranking.candidates[1].score);
    if (seconds.size() < fewestQueries)
        return std::nullopt;
    Calibration calibration;
    calibration.m_background = LargestValues::fromLowerHalf(seconds);
    return calibration;
}

std::optional<Calibration> Calibration::of(const std::vector<NamedRanking> &rankings,
                                           const std::optional<GroundTruth> &truth)
{
    return truth ? fromTruth(rankings, *truth) : fromBackground(rankings);
}

double Calibration::probability(double score) const
{
    return m_fromTruth ? logistic(m_slope * score + m_offset) : m_background.below(score);
}

std::optional<double> Calibration::precisionFrom(std::optional<double> cut,
                                                 const std::vector<NamedRanking> &rankings) const
{
    double sum = 0;
    int count = 0;
    for (const NamedRanking &ranking : rankings)
        if (!ranking.candidates.empty() && (!cut || static_cast<double>(ranking.candidates[0].score) >= *cut)) {
            sum += probability(static_cast<double>(ranking.candidates[0].score));
            ++count;
        }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

std::optional<double> Calibration::cutFor(double precision, const std::vector<NamedRanking> &rankings) const
{
    std::vector<double> scores;
    for (const NamedRanking &ranking : rankings)
        if (!ranking.candidates.empty())
            scores.push_back(static_cast<double>(ranking.candidates[0].score));
    std::ranges::sort(scores, std::greater{});
    std::optional<double> cut;
    double sum = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        sum += probability(scores[i]);
        // Equal scores are answered together.
        const bool last = i + 1 == scores.size() || scores[i + 1] < scores[i];
        if (last && sum / static_cast<double>(i + 1) >= precision)
            cut = scores[i];
    }
    return cut;
}

} // namespace likeness
