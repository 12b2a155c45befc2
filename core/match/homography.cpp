#include "core/match/homography.h"

#include "core/base/plain_text.h"

#include <Eigen/Dense>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace likeness {

namespace {

/// Centre to 0, mean distance sqrt(2).
cv::Matx33d normalisation(std::span<const PointPair> pairs, bool ofB)
{
    cv::Point2d mean;
    for (const PointPair &pair : pairs)
        mean += (ofB ? pair.b : pair.a) * (1.0 / static_cast<double>(pairs.size()));
    double distance = 0;
    for (const PointPair &pair : pairs)
        distance += cv::norm((ofB ? pair.b : pair.a) - mean) / static_cast<double>(pairs.size());
    const double scale = distance > 1e-9 ? std::numbers::sqrt2 / distance : 1;
    return {scale, 0, -scale * mean.x, 0, scale, -scale * mean.y, 0, 0, 1};
}

using Parameters = Eigen::Matrix<double, 8, 1>;

struct Normalised {
    std::vector<PointPair> pairs; // sigma in units of B
    double softSquared;
};

double costOf(const Parameters &h, const Normalised &problem)
{
    double cost = 0;
    for (const PointPair &pair : problem.pairs) {
        const double w = h[6] * pair.a.x + h[7] * pair.a.y + 1;
        const double dx = (h[0] * pair.a.x + h[1] * pair.a.y + h[2]) / w - pair.b.x;
        const double dy = (h[3] * pair.a.x + h[4] * pair.a.y + h[5]) / w - pair.b.y;
        cost += problem.softSquared * std::log1p((dx * dx + dy * dy) / (pair.sigma * pair.sigma) / problem.softSquared);
    }
    return cost;
}

/// One damped step; the Cauchy weight of each residual is taken from the current parameters.
Parameters stepFrom(const Parameters &h, const Normalised &problem, double damping)
{
    Eigen::Matrix<double, 8, 8> normal = Eigen::Matrix<double, 8, 8>::Zero();
    Parameters gradient = Parameters::Zero();
    for (const PointPair &pair : problem.pairs) {
        const double x = pair.a.x, y = pair.a.y;
        const double w = h[6] * x + h[7] * y + 1;
        const double u = (h[0] * x + h[1] * y + h[2]) / w, v = (h[3] * x + h[4] * y + h[5]) / w;
        const double du = u - pair.b.x, dv = v - pair.b.y;
        const double precision = 1 / (pair.sigma * pair.sigma);
        const double weight = precision / (1 + (du * du + dv * dv) * precision / problem.softSquared);
        Parameters ju, jv;
        ju << x, y, 1, 0, 0, 0, -u * x, -u * y;
        jv << 0, 0, 0, x, y, 1, -v * x, -v * y;
        ju /= w;
        jv /= w;
        normal += weight * (ju * ju.transpose() + jv * jv.transpose());
        gradient += weight * (ju * du + jv * dv);
    }
    normal.diagonal() *= 1 + damping;
    return h - normal.ldlt().solve(gradient);
}

} // namespace

cv::Point2d transferred(const cv::Matx33d &bFromA, const cv::Point2d &a)
{
    const cv::Vec3d p = bFromA * cv::Vec3d(a.x, a.y, 1);
    return {p[0] / p[2], p[1] / p[2]};
}

cv::Matx33d refinedHomography(const cv::Matx33d &bFromA, std::span<const PointPair> pairs, double softSigmas)
{
    const cv::Matx33d normA = normalisation(pairs, false), normB = normalisation(pairs, true);
    const double scale = normB(0, 0);
    Normalised problem{{}, softSigmas * softSigmas};
    for (const PointPair &pair : pairs)
        problem.pairs.push_back({transferred(normA, pair.a), transferred(normB, pair.b), pair.sigma * scale});
    cv::Matx33d start = normB * bFromA * normA.inv();
    start *= 1 / start(2, 2);
    Parameters h;
    for (int i = 0; i < 8; ++i)
        h[i] = start.val[i];
    double cost = costOf(h, problem), damping = 1e-4;
    for (int iteration = 0; iteration < 20; ++iteration) {
        const Parameters next = stepFrom(h, problem, damping);
        const double nextCost = next.allFinite() ? costOf(next, problem) : std::numeric_limits<double>::infinity();
        if (!(nextCost < cost)) {
            damping *= 10;
            if (damping > 1e3)
                break;
            continue;
        }
        const bool settled = cost - nextCost < 1e-9 * cost;
        h = next;
        cost = nextCost;
        damping = std::max(damping / 10, 1e-9);
        if (settled)
            break;
    }
    cv::Matx33d fitted(h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], 1);
    fitted = normB.inv() * fitted * normA;
    return fitted * (1 / fitted(2, 2));
}

std::optional<Message> implausible(const cv::Matx33d &bFromA, cv::Size sizeA)
{
    const double w = sizeA.width - 1, h = sizeA.height - 1;
    const std::array<cv::Point2d, 4> corners{cv::Point2d(0, 0), {w, 0}, {w, h}, {0, h}};
    std::array<cv::Point2d, 4> moved;
    double nearest = std::numeric_limits<double>::max(), farthest = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const cv::Vec3d p = bFromA * cv::Vec3d(corners[i].x, corners[i].y, 1);
        if (!(p[2] * bFromA(2, 2) > 0))
            return Message{QT_TRANSLATE_NOOP("core", "the perspective is torn: a corner lies behind the horizon"), {}};
        moved[i] = {p[0] / p[2], p[1] / p[2]};
        nearest = std::min(nearest, std::abs(p[2]));
        farthest = std::max(farthest, std::abs(p[2]));
    }
    double area = 0;
    int turns = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const cv::Point2d next = moved[(i + 1) % 4] - moved[i], after = moved[(i + 2) % 4] - moved[(i + 1) % 4];
        turns += next.cross(after) > 0;
        area += moved[i].cross(moved[(i + 1) % 4]) / 2;
    }
    if (turns == 0)
        return Message{QT_TRANSLATE_NOOP("core", "the model mirrors the picture"), {}};
    if (turns != 4)
        return Message{QT_TRANSLATE_NOOP("core", "the model folds the picture over itself"), {}};
    constexpr double mostDepth = 5; // photographs of one plane stay below 3
    if (farthest > mostDepth * nearest)
        return Message{QT_TRANSLATE_NOOP("core", "the perspective is wild: one corner is %1 times as near as another"),
                       {fixedText(farthest / nearest, 1)}};
    const double share = area / std::max(1.0, w * h);
    if (share < 0.005 || share > 200)
        return Message{QT_TRANSLATE_NOOP("core", "the area changes by a factor of %1"), {roundedText(share, 3)}};
    return std::nullopt;
}

} // namespace likeness
