#include "core/match/robust_model.h"

#include <Eigen/Dense>
#include <cmath>
#include <opencv2/calib3d.hpp>

namespace likeness {

namespace {

using Verifier = VerifierOptions::Verifier;
using Model = VerifierOptions::Model;

cv::UsacParams usacOf(const VerifierOptions &options)
{
    cv::UsacParams usac;
    usac.threshold = options.thresholdPx;
    usac.confidence = 0.9999;
    usac.maxIterations = options.iterations;
    usac.isParallel = false;
    usac.randomGeneratorState = options.seed; // USAC by an int flag ignores every seed
    usac.sampler = options.verifier == Verifier::Prosac ? cv::SAMPLING_PROSAC : cv::SAMPLING_UNIFORM;
    switch (options.verifier) {
    case Verifier::Magsac:
        usac.score = cv::SCORE_METHOD_MAGSAC;
        usac.loMethod = cv::LOCAL_OPTIM_SIGMA;
        break;
    case Verifier::Lmeds:
        usac.score = cv::SCORE_METHOD_LMEDS;
        usac.loMethod = cv::LOCAL_OPTIM_INNER_LO;
        break;
    case Verifier::Ransac:
        usac.score = cv::SCORE_METHOD_RANSAC;
        usac.loMethod = cv::LOCAL_OPTIM_NULL;
        break;
    case Verifier::Usac:
    case Verifier::Prosac:
        usac.score = cv::SCORE_METHOD_MSAC;
        usac.loMethod = cv::LOCAL_OPTIM_INNER_AND_ITER_LO;
        break;
    }
    return usac;
}

/// Weighted least squares; a similarity has four free numbers, an affine transform six.
cv::Matx33d leastSquares(std::span<const PointPair> pairs, bool similarity)
{
    const Eigen::Index unknowns = similarity ? 4 : 6;
    Eigen::MatrixXd normal = Eigen::MatrixXd::Zero(unknowns, unknowns);
    Eigen::VectorXd right = Eigen::VectorXd::Zero(unknowns);
    for (const PointPair &pair : pairs) {
        const double weight = 1 / (pair.sigma * pair.sigma);
        Eigen::VectorXd u = Eigen::VectorXd::Zero(unknowns), v = u;
        if (similarity) { // x' = a x - b y + c, y' = b x + a y + d
            u << pair.a.x, -pair.a.y, 1, 0;
            v << pair.a.y, pair.a.x, 0, 1;
        } else {
            u << pair.a.x, pair.a.y, 1, 0, 0, 0;
            v << 0, 0, 0, pair.a.x, pair.a.y, 1;
        }
        normal += weight * (u * u.transpose() + v * v.transpose());
        right += weight * (u * pair.b.x + v * pair.b.y);
    }
    const Eigen::VectorXd s = normal.ldlt().solve(right);
    if (similarity)
        return {s[0], -s[1], s[2], s[1], s[0], s[3], 0, 0, 1};
    return {s[0], s[1], s[2], s[3], s[4], s[5], 0, 0, 1};
}

} // namespace

std::optional<cv::Matx33d> robustModel(std::span<const PointPair> pairs, const VerifierOptions &options)
{
    std::vector<cv::Point2f> a, b;
    for (const PointPair &pair : pairs) {
        a.emplace_back(pair.a);
        b.emplace_back(pair.b);
    }
    cv::Mat mask, found;
    if (options.model == Model::Fundamental) {
        if (pairs.size() < 8)
            return std::nullopt;
        found = cv::findFundamentalMat(a, b, mask, usacOf(options));
    } else if (options.model == Model::Homography) {
        found = cv::findHomography(a, b, mask, usacOf(options));
    } else {
        const bool similarity = options.model == Model::Similarity;
        if (similarity) // not among USAC's models; this one is seeded by OpenCV itself
            found =
                cv::estimateAffinePartial2D(a, b, mask, options.verifier == Verifier::Lmeds ? cv::LMEDS : cv::RANSAC,
                                            options.thresholdPx, static_cast<std::size_t>(options.iterations), 0.9999);
        else
            found = cv::estimateAffine2D(a, b, mask, usacOf(options));
        if (found.rows == 2)
            found.push_back(cv::Mat(cv::Matx13d(0, 0, 1)));
    }
    if (found.rows != 3 || !cv::checkRange(found))
        return std::nullopt;
    const cv::Matx33d model(found.ptr<double>());
    if (options.model == Model::Fundamental)
        return model * (1 / std::max(1e-30, cv::norm(model)));
    if (model(2, 2) == 0)
        return std::nullopt;
    return model * (1 / model(2, 2));
}

cv::Matx33d refinedModel(const cv::Matx33d &model, std::span<const PointPair> pairs, const VerifierOptions &options)
{
    if (options.model == Model::Homography)
        return refinedHomography(model, pairs, 1);
    if (options.model == Model::Fundamental)
        return model; // its local optimisation is part of USAC
    return leastSquares(pairs, options.model == Model::Similarity);
}

double modelErrorPx(const cv::Matx33d &model, const PointPair &pair, const VerifierOptions &options)
{
    if (options.model == Model::Fundamental) {
        const cv::Vec3d a(pair.a.x, pair.a.y, 1), b(pair.b.x, pair.b.y, 1);
        const cv::Vec3d line = model * a, other = model.t() * b;
        const double slope = line[0] * line[0] + line[1] * line[1] + other[0] * other[0] + other[1] * other[1];
        return slope > 0 ? std::abs(b.dot(line)) / std::sqrt(slope) : 1e9;
    }
    const double error = cv::norm(transferred(model, pair.a) - pair.b);
    return std::isfinite(error) ? error : 1e9;
}

} // namespace likeness
