#pragma once

#include <opencv2/core/mat.hpp>
#include <vector>

namespace likeness {

/// SSIM of Wang, Bovik, Sheikh, Simoncelli 2004: gaussian window 11 x 11 with sigma 1.5, K1 0.01, K2 0.03, range 255,
/// population (not sample) covariance, mean over the positions where the window fits. The same as scikit-image's
/// structural_similarity(gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=255).
/// What one image brings to every comparison is computed once here.
struct SsimImage {
    int width = 0, height = 0;    ///< of the pixels; both >= 11
    std::vector<float> pixels;    ///< height x width
    std::vector<float> mean, var; ///< (height - 10) x (width - 10): windowed mean and variance
};

SsimImage prepareSsim(const cv::Mat &grey); ///< CV_8UC1 or CV_32FC1

struct SsimParts {
    double ssim = 0;     ///< mean of the full index
    double contrast = 0; ///< mean of its contrast-structure factor, for MS-SSIM
};
SsimParts ssim(const SsimImage &a, const SsimImage &b);

/// Map of local SSIM, CV_32FC1 of the images' size (border replicated); both CV_8UC1 of one size of at least 1 x 1.
cv::Mat ssimMap(const cv::Mat &a, const cv::Mat &b);

/// MS-SSIM (Wang, Simoncelli, Bovik 2003) over as many of its five scales as leave 11 pixels a side, their exponents
/// rescaled to sum to one; scales by 2 x 2 means. `pyramid` is made by prepareMsSsim.
std::vector<SsimImage> prepareMsSsim(const cv::Mat &grey);
double msSsim(const std::vector<SsimImage> &a, const std::vector<SsimImage> &b);

} // namespace likeness
