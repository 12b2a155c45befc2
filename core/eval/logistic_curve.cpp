#include "core/eval/logistic_curve.h"

#include <algorithm>
#include <cmath>

namespace likeness {

namespace {

double logistic(double x)
{
    return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x));
}

/// Negative log likelihood of the targets, in a form that does not overflow.
double loss(double x, double target)
{
    return std::log1p(std::exp(-std::abs(x))) + std::max(x, 0.0) - target * x;
}

/// Newton's method with halved steps; scores of about unit deviation.
LogisticCurve fittedLine(const std::vector<JudgedAnswer> &judged)
{
    const auto right = static_cast<double>(std::ranges::count(judged, true, &JudgedAnswer::right)),
               wrong = static_cast<double>(judged.size()) - right;
    const double high = (right + 1) / (right + 2), low = 1 / (wrong + 2);
    const auto target = [&](const JudgedAnswer &each) { return each.right ? high : low; };
    const auto total = [&](const LogisticCurve &line) {
        double sum = 0;
        for (const JudgedAnswer &each : judged)
            sum += loss(line.slope * each.score + line.offset, target(each));
        return sum;
    };
    LogisticCurve line{0, std::log((right + 1) / (wrong + 1))};
    double before = total(line);
    for (int step = 0; step < 100; ++step) {
        double g0 = 0, g1 = 0, h00 = 1e-12, h01 = 0, h11 = 1e-12;
        for (const JudgedAnswer &each : judged) {
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
        const LogisticCurve by{-(h11 * g0 - h01 * g1) / determinant, -(h00 * g1 - h01 * g0) / determinant};
        double length = 1;
        for (; length > 1e-10; length /= 2) {
            const LogisticCurve tried{line.slope + length * by.slope, line.offset + length * by.offset};
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

LogisticCurve LogisticCurve::fitted(std::vector<JudgedAnswer> answers)
{
    const auto count = static_cast<double>(answers.size());
    double mean = 0, squares = 0;
    for (const JudgedAnswer &each : answers)
        mean += each.score / count;
    for (const JudgedAnswer &each : answers)
        squares += (each.score - mean) * (each.score - mean) / count;
    const double deviation = squares > 0 ? std::sqrt(squares) : 1;
    for (JudgedAnswer &each : answers)
        each.score = (each.score - mean) / deviation;
    const LogisticCurve line = fittedLine(answers);
    if (line.slope <= 0) {
        const auto right = static_cast<double>(std::ranges::count(answers, true, &JudgedAnswer::right));
        return {0, std::log((right + 1) / (count - right + 1))};
    }
    return {line.slope / deviation, line.offset - line.slope / deviation * mean};
}

double LogisticCurve::at(double score) const
{
    return logistic(slope * score + offset);
}

} // namespace likeness
