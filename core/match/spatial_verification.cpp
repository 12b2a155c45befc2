#include "core/match/spatial_verification.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <set>

namespace likeness {

namespace {

constexpr std::size_t mostHypotheses = 150; // the most distinct matches
constexpr double looseFactor = 4;           // scale and direction of one keypoint are rough
constexpr double mostScale = 12;            // of one image in the other

struct Points {
    std::vector<cv::Point2d> a, b;
};

cv::Matx33d similarityOf(const cv::KeyPoint &a, const cv::KeyPoint &b)
{
    const double scale = double{b.size} / a.size, turn = (b.angle - a.angle) * CV_PI / 180;
    const double c = scale * std::cos(turn), s = scale * std::sin(turn);
    return {c, -s, b.pt.x - c * a.pt.x + s * a.pt.y, s, c, b.pt.y - s * a.pt.x - c * a.pt.y, 0, 0, 1};
}

bool sane(const cv::Matx33d &model)
{
    const double determinant = model(0, 0) * model(1, 1) - model(0, 1) * model(1, 0);
    const double stretch =
        model(0, 0) * model(0, 0) + model(0, 1) * model(0, 1) + model(1, 0) * model(1, 0) + model(1, 1) * model(1, 1);
    // Neither mirrored nor collapsed, and at most 4 times as long as wide.
    return determinant > 1 / (mostScale * mostScale) && determinant < mostScale * mostScale &&
           stretch < 4.25 * determinant;
}

std::vector<bool> agreeing(const Points &points, const cv::Matx33d &model, double limit)
{
    std::vector<bool> agrees(points.a.size());
    for (std::size_t i = 0; i < points.a.size(); ++i) {
        const cv::Point2d at(model(0, 0) * points.a[i].x + model(0, 1) * points.a[i].y + model(0, 2),
                             model(1, 0) * points.a[i].x + model(1, 1) * points.a[i].y + model(1, 2));
        const cv::Point2d off = at - points.b[i];
        agrees[i] = off.dot(off) <= limit * limit;
    }
    return agrees;
}

/// Several orientations of one place, or several places on one, are one piece of evidence.
int distinctPlaces(const Points &points, const std::vector<bool> &agrees)
{
    std::set<std::pair<int, int>> placesA, placesB;
    for (std::size_t i = 0; i < points.a.size(); ++i)
        if (agrees[i]) {
            placesA.emplace(cvRound(points.a[i].x / 3), cvRound(points.a[i].y / 3));
            placesB.emplace(cvRound(points.b[i].x / 3), cvRound(points.b[i].y / 3));
        }
    return static_cast<int>(std::min(placesA.size(), placesB.size()));
}

/// Least squares affine transform of the agreeing pairs.
cv::Matx33d fittedAffine(const Points &points, const std::vector<bool> &agrees)
{
    Eigen::Matrix3d normal = Eigen::Matrix3d::Zero();
    Eigen::Matrix<double, 3, 2> right = Eigen::Matrix<double, 3, 2>::Zero();
    for (std::size_t i = 0; i < points.a.size(); ++i)
        if (agrees[i]) {
            const Eigen::Vector3d p(points.a[i].x, points.a[i].y, 1);
            normal += p * p.transpose();
            right += p * Eigen::RowVector2d(points.b[i].x, points.b[i].y);
        }
    const Eigen::Matrix<double, 3, 2> solved = normal.ldlt().solve(right);
    return {solved(0, 0), solved(1, 0), solved(2, 0), solved(0, 1), solved(1, 1), solved(2, 1), 0, 0, 1};
}

} // namespace

SpatialSupport verifySpatially(const LocalFeatures &a, const LocalFeatures &b, std::span<const Correspondence> matches,
                               double thresholdPx)
{
    SpatialSupport best;
    best.inlier.assign(matches.size(), false);
    Points points;
    for (const Correspondence &match : matches) {
        points.a.emplace_back(a.keypoints[static_cast<std::size_t>(match.a)].pt);
        points.b.emplace_back(b.keypoints[static_cast<std::size_t>(match.b)].pt);
    }
    std::ptrdiff_t most = 0;
    for (std::size_t i = 0; i < std::min(matches.size(), mostHypotheses); ++i) {
        const cv::Matx33d model = similarityOf(a.keypoints[static_cast<std::size_t>(matches[i].a)],
                                               b.keypoints[static_cast<std::size_t>(matches[i].b)]);
        if (!sane(model))
            continue;
        const auto agrees = agreeing(points, model, thresholdPx * looseFactor);
        if (const auto count = std::ranges::count(agrees, true); count > most) {
            most = count;
            best.bFromA = model;
            best.inlier = agrees;
        }
    }
    for (const double factor : {2.5, 1.5, 1.0, 1.0}) {
        if (std::ranges::count(best.inlier, true) < 4)
            break;
        const cv::Matx33d model = fittedAffine(points, best.inlier);
        if (!sane(model))
            break;
        best.bFromA = model;
        best.inlier = agreeing(points, model, thresholdPx * factor);
    }
    best.inliers = distinctPlaces(points, best.inlier);
    return best;
}

} // namespace likeness
