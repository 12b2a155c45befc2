#pragma once

#include "core/base/task.h"

#include <opencv2/core/mat.hpp>

namespace likeness {

/// Mixture of Gaussians with diagonal covariances.
struct GaussianMixture {
    cv::Mat means, variances; ///< words x d, CV_32F
    cv::Mat weights;          ///< words x 1, CV_32F, sum 1
};
/// EM from the means of k-means; variances have a floor. Stops when the mean log-likelihood gains less than 1e-4.
GaussianMixture fitMixture(const cv::Mat &samples, const cv::Mat &startMeans, TaskContext &task);
/// Posterior of each component for each row: n x words, CV_32F.
cv::Mat posteriors(const GaussianMixture &mixture, const cv::Mat &samples);

} // namespace likeness
