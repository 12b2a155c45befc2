#include "core/features/gaussian_mixture.h"

#include "core/vectors/float_rows.h"

#include <cmath>
#include <numbers>

namespace likeness {

namespace {

/// log(weight x density) of each component for each row: two matrix products, as the square is expanded.
FloatRows logJoint(const GaussianMixture &mixture, const cv::Mat &samples)
{
    const Eigen::Map<const FloatRows> x = floatRows(samples), means = floatRows(mixture.means),
                                      variances = floatRows(mixture.variances);
    const FloatRows precisions = variances.cwiseInverse();
    const FloatRows scaledMeans = means.cwiseProduct(precisions);
    FloatRows joint = x * scaledMeans.transpose();
    joint.noalias() -= 0.5f * (x.cwiseProduct(x) * precisions.transpose());
    for (Eigen::Index w = 0; w < means.rows(); ++w) {
        const float constant = std::log(mixture.weights.at<float>(static_cast<int>(w))) -
                               0.5f * (means.row(w).dot(scaledMeans.row(w)) + variances.row(w).array().log().sum() +
                                       static_cast<float>(means.cols()) * std::log(2 * std::numbers::pi_v<float>));
        joint.col(w).array() += constant;
    }
    return joint;
}

/// In place: log joint -> posteriors. Returns the mean log-likelihood.
double normalise(FloatRows &joint)
{
    double sum = 0;
    for (Eigen::Index i = 0; i < joint.rows(); ++i) {
        const float largest = joint.row(i).maxCoeff();
        joint.row(i) = (joint.row(i).array() - largest).exp();
        const float total = joint.row(i).sum();
        joint.row(i) /= total;
        sum += double{largest} + std::log(double{total});
    }
    return sum / static_cast<double>(std::max<Eigen::Index>(1, joint.rows()));
}

} // namespace

GaussianMixture fitMixture(const cv::Mat &samples, const cv::Mat &startMeans, TaskContext &task)
{
    const Eigen::Map<const FloatRows> x = floatRows(samples);
    const auto words = startMeans.rows;
    const FloatRows squares = x.cwiseProduct(x);
    const Eigen::RowVectorXf mean = x.colwise().mean();
    const Eigen::RowVectorXf variance = squares.colwise().mean() - mean.cwiseProduct(mean);
    const float floor = std::max(1e-6f, 1e-2f * variance.mean()); // a component on one point would be infinitely dense
    GaussianMixture mixture{startMeans.clone(), cv::Mat(startMeans.size(), CV_32F),
                            cv::Mat(words, 1, CV_32F, cv::Scalar(1.0 / words))};
    Eigen::Map<FloatRows> means(mixture.means.ptr<float>(), words, samples.cols),
        variances(mixture.variances.ptr<float>(), words, samples.cols);
    variances.rowwise() = variance.cwiseMax(floor);
    double before = -std::numeric_limits<double>::infinity();
    constexpr int mostIterations = 30;
    for (int iteration = 0; iteration < mostIterations; ++iteration) {
        task.checkCancelled();
        task.progress(iteration, mostIterations);
        FloatRows shares = logJoint(mixture, samples);
        const double likelihood = normalise(shares);
        const Eigen::VectorXf mass = shares.colwise().sum();
        const FloatRows sums = shares.transpose() * x, squareSums = shares.transpose() * squares;
        for (int w = 0; w < words; ++w) {
            if (mass[w] < 1e-3f)
                continue; // nobody's: stays where it was
            means.row(w) = sums.row(w) / mass[w];
            variances.row(w) = (squareSums.row(w) / mass[w] - means.row(w).cwiseProduct(means.row(w))).cwiseMax(floor);
            mixture.weights.at<float>(w) = mass[w] / static_cast<float>(samples.rows);
        }
        if (likelihood - before < 1e-4)
            break;
        before = likelihood;
    }
    return mixture;
}

cv::Mat posteriors(const GaussianMixture &mixture, const cv::Mat &samples)
{
    FloatRows joint = logJoint(mixture, samples);
    normalise(joint);
    cv::Mat shares(samples.rows, mixture.means.rows, CV_32F);
    Eigen::Map<FloatRows>(shares.ptr<float>(), shares.rows, shares.cols) = joint;
    return shares;
}

} // namespace likeness
