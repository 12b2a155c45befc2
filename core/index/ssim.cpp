#include "core/index/ssim.h"

#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

// The loops below are the whole cost of an SSIM search; one copy a processor generation is chosen when the program
// starts.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
#define LIKENESS_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define LIKENESS_CLONES
#endif

namespace likeness {

namespace {

constexpr int taps = 11;
constexpr float c1 = 0.01f * 255 * 0.01f * 255, c2 = 0.03f * 255 * 0.03f * 255;

std::array<float, taps> gaussian()
{
    std::array<double, taps> weights;
    double sum = 0;
    for (int i = 0; i < taps; ++i)
        sum += weights[i] = std::exp(-0.5 * (i - 5) * (i - 5) / (1.5 * 1.5));
    std::array<float, taps> result;
    for (int i = 0; i < taps; ++i)
        result[i] = static_cast<float>(weights[i] / sum);
    return result;
}
const std::array<float, taps> kernel = gaussian();

/// out: (height - 10) x (width - 10); `columns` is scratch of (height - 10) x width.
LIKENESS_CLONES
void blurValid(const float *in, int width, int height, const float *weights, float *columns, float *out)
{
    const int outHeight = height - taps + 1, outWidth = width - taps + 1;
    for (int y = 0; y < outHeight; ++y) {
        float *row = columns + static_cast<std::ptrdiff_t>(y) * width;
        const float *source = in + static_cast<std::ptrdiff_t>(y) * width;
        for (int x = 0; x < width; ++x) {
            float sum = weights[5] * source[5 * width + x];
            for (int k = 0; k < 5; ++k)
                sum += weights[k] * (source[k * width + x] + source[(10 - k) * width + x]);
            row[x] = sum;
        }
    }
    for (int y = 0; y < outHeight; ++y) {
        const float *row = columns + static_cast<std::ptrdiff_t>(y) * width;
        float *target = out + static_cast<std::ptrdiff_t>(y) * outWidth;
        for (int x = 0; x < outWidth; ++x) {
            float sum = weights[5] * row[x + 5];
            for (int k = 0; k < 5; ++k)
                sum += weights[k] * (row[x + k] + row[x + 10 - k]);
            target[x] = sum;
        }
    }
}

LIKENESS_CLONES
void multiply(const float *a, const float *b, int n, float *out)
{
    for (int i = 0; i < n; ++i)
        out[i] = a[i] * b[i];
}

constexpr int lanes = 16; // independent sums, so that the loop vectorises without reordering additions

LIKENESS_CLONES
void sumSsim(const float *meanA, const float *meanB, const float *varA, const float *varB, const float *product, int n,
             float *__restrict full, float *__restrict contrast)
{
    for (int i = 0; i + lanes <= n; i += lanes)
        for (int lane = 0; lane < lanes; ++lane) {
            const int at = i + lane;
            const float means = meanA[at] * meanB[at];
            const float cs = (2 * (product[at] - means) + c2) / (varA[at] + varB[at] + c2);
            const float luminance = (2 * means + c1) / (meanA[at] * meanA[at] + meanB[at] * meanB[at] + c1);
            full[lane] += luminance * cs;
            contrast[lane] += cs;
        }
    for (int at = n / lanes * lanes; at < n; ++at) {
        const float means = meanA[at] * meanB[at];
        const float cs = (2 * (product[at] - means) + c2) / (varA[at] + varB[at] + c2);
        const float luminance = (2 * means + c1) / (meanA[at] * meanA[at] + meanB[at] * meanB[at] + c1);
        full[0] += luminance * cs;
        contrast[0] += cs;
    }
}

struct Scratch {
    std::vector<float> product, columns, blurred;
    explicit Scratch(int width, int height)
        : product(static_cast<std::size_t>(width) * height), columns(product.size()), blurred(product.size())
    {
    }
};

} // namespace

SsimImage prepareSsim(const cv::Mat &grey)
{
    SsimImage image;
    image.width = grey.cols;
    image.height = grey.rows;
    cv::Mat floats;
    grey.convertTo(floats, CV_32F);
    floats = floats.isContinuous() ? floats : floats.clone();
    image.pixels.assign(floats.ptr<float>(), floats.ptr<float>() + floats.total());
    Scratch scratch(image.width, image.height);
    const int valid = (image.width - taps + 1) * (image.height - taps + 1);
    image.mean.resize(static_cast<std::size_t>(valid));
    image.var.resize(image.mean.size());
    blurValid(image.pixels.data(), image.width, image.height, kernel.data(), scratch.columns.data(), image.mean.data());
    multiply(image.pixels.data(), image.pixels.data(), image.width * image.height, scratch.product.data());
    blurValid(scratch.product.data(), image.width, image.height, kernel.data(), scratch.columns.data(),
              image.var.data());
    for (std::size_t i = 0; i < image.var.size(); ++i)
        image.var[i] -= image.mean[i] * image.mean[i];
    return image;
}

SsimParts ssim(const SsimImage &a, const SsimImage &b)
{
    thread_local Scratch scratch(0, 0);
    const std::size_t pixels = a.pixels.size();
    if (scratch.product.size() < pixels)
        scratch = Scratch(a.width, a.height);
    multiply(a.pixels.data(), b.pixels.data(), static_cast<int>(pixels), scratch.product.data());
    blurValid(scratch.product.data(), a.width, a.height, kernel.data(), scratch.columns.data(), scratch.blurred.data());
    float full[lanes] = {}, contrast[lanes] = {};
    const int valid = static_cast<int>(a.mean.size());
    sumSsim(a.mean.data(), b.mean.data(), a.var.data(), b.var.data(), scratch.blurred.data(), valid, full, contrast);
    SsimParts parts;
    for (int lane = 0; lane < lanes; ++lane) {
        parts.ssim += full[lane];
        parts.contrast += contrast[lane];
    }
    parts.ssim /= valid;
    parts.contrast /= valid;
    return parts;
}

cv::Mat ssimMap(const cv::Mat &a, const cv::Mat &b)
{
    const auto blur = [](const cv::Mat &in) {
        cv::Mat out;
        cv::GaussianBlur(in, out, {taps, taps}, 1.5, 1.5, cv::BORDER_REPLICATE);
        return out;
    };
    cv::Mat x, y;
    a.convertTo(x, CV_32F);
    b.convertTo(y, CV_32F);
    const cv::Mat meanX = blur(x), meanY = blur(y);
    const cv::Mat means = meanX.mul(meanY), squares = meanX.mul(meanX) + meanY.mul(meanY);
    const cv::Mat varX = blur(x.mul(x)) - meanX.mul(meanX), varY = blur(y.mul(y)) - meanY.mul(meanY);
    const cv::Mat covariance = blur(x.mul(y)) - means;
    cv::Mat numerator = cv::Mat(2 * means + c1).mul(2 * covariance + c2);
    cv::Mat denominator = cv::Mat(squares + c1).mul(varX + varY + c2);
    return numerator / denominator;
}

std::vector<SsimImage> prepareMsSsim(const cv::Mat &grey)
{
    std::vector<SsimImage> pyramid;
    cv::Mat level;
    grey.convertTo(level, CV_32F);
    for (int scale = 0; scale < 5 && std::min(level.cols, level.rows) >= taps; ++scale) {
        pyramid.push_back(prepareSsim(level));
        cv::Mat half;
        cv::resize(level, half, {std::max(1, level.cols / 2), std::max(1, level.rows / 2)}, 0, 0, cv::INTER_AREA);
        level = half;
    }
    return pyramid;
}

double msSsim(const std::vector<SsimImage> &a, const std::vector<SsimImage> &b)
{
    static constexpr double exponents[] = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};
    double total = 0;
    for (std::size_t scale = 0; scale < a.size(); ++scale)
        total += exponents[scale];
    double product = 1;
    for (std::size_t scale = 0; scale < a.size(); ++scale) {
        const SsimParts parts = ssim(a[scale], b[scale]);
        const double factor = scale + 1 == a.size() ? parts.ssim : parts.contrast;
        product *= std::pow(std::max(factor, 0.0), exponents[scale] / total);
    }
    return product;
}

} // namespace likeness
