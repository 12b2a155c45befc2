#include "core/features/pdq.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace likeness {

namespace {

constexpr int sampled = 64; // side of the sampled luma plane
constexpr int kept = 16;    // side of the kept DCT block

/// The published running-sum box filter, in single precision and in its order of additions: other orders flip bits.
void boxFilter(const float *in, float *out, int length, int stride, int window)
{
    const int half = (window + 2) / 2;
    const int tail = window - half + 1;
    int left = 0, right = 0, at = 0, count = 0;
    float sum = 0;
    for (int i = 0; i < half - 1; ++i, ++right) {
        sum += in[right * stride];
        ++count;
    }
    const auto emit = [&] { out[at++ * stride] = sum / static_cast<float>(count); };
    for (int i = 0; i < tail; ++i, ++right) {
        sum += in[right * stride];
        ++count;
        emit();
    }
    for (int i = 0; i < length - window; ++i, ++left, ++right) {
        sum += in[right * stride];
        sum -= in[left * stride];
        emit();
    }
    for (int i = 0; i < half - 1; ++i, ++left) {
        sum -= in[left * stride];
        --count;
        emit();
    }
}

void jaroszFilter(std::vector<float> &plane, int rows, int cols)
{
    const auto windowOf = [](int length) { return std::min(length, (length + 2 * sampled - 1) / (2 * sampled)); };
    std::vector<float> other(plane.size());
    for (int pass = 0; pass < 2; ++pass) {
        for (int y = 0; y < rows; ++y)
            boxFilter(&plane[static_cast<std::size_t>(y) * cols], &other[static_cast<std::size_t>(y) * cols], cols, 1,
                      windowOf(cols));
        for (int x = 0; x < cols; ++x)
            boxFilter(&other[x], &plane[x], rows, cols, windowOf(rows));
    }
}

int qualityOf(const float (&plane)[sampled][sampled])
{
    int gradients = 0;
    const auto step = [](float u, float v) { return static_cast<int>(std::fabs((u - v) * 100 / 255)); };
    for (int y = 0; y < sampled - 1; ++y)
        for (int x = 0; x < sampled; ++x)
            gradients += step(plane[y][x], plane[y + 1][x]);
    for (int y = 0; y < sampled; ++y)
        for (int x = 0; x < sampled - 1; ++x)
            gradients += step(plane[y][x], plane[y][x + 1]);
    return std::min(100, gradients / 90);
}

struct DctMatrix {
    float rows[kept][sampled];
    DctMatrix()
    {
        const double scale = std::sqrt(2.0 / sampled);
        for (int i = 0; i < kept; ++i)
            for (int j = 0; j < sampled; ++j)
                rows[i][j] =
                    static_cast<float>(scale * std::cos(std::numbers::pi / 2 / sampled * (i + 1) * (2 * j + 1)));
    }
};

} // namespace

PdqHash pdqHash(const cv::Mat &bgr)
{
    const int rows = bgr.rows, cols = bgr.cols;
    std::vector<float> luma(static_cast<std::size_t>(rows) * cols);
    for (int y = 0; y < rows; ++y) {
        const auto *in = bgr.ptr<cv::Vec3b>(y);
        for (int x = 0; x < cols; ++x)
            luma[static_cast<std::size_t>(y) * cols + x] = 0.299f * in[x][2] + 0.587f * in[x][1] + 0.114f * in[x][0];
    }
    jaroszFilter(luma, rows, cols);

    float plane[sampled][sampled];
    for (int y = 0; y < sampled; ++y)
        for (int x = 0; x < sampled; ++x) {
            const int sourceY = static_cast<int>((y + 0.5) * rows / sampled),
                      sourceX = static_cast<int>((x + 0.5) * cols / sampled);
            plane[y][x] = luma[static_cast<std::size_t>(sourceY) * cols + sourceX];
        }

    static const DctMatrix dct;
    float half[kept][sampled], block[kept * kept];
    for (int i = 0; i < kept; ++i)
        for (int j = 0; j < sampled; ++j) {
            float sum = 0;
            for (int k = 0; k < sampled; ++k)
                sum += dct.rows[i][k] * plane[k][j];
            half[i][j] = sum;
        }
    for (int i = 0; i < kept; ++i)
        for (int j = 0; j < kept; ++j) {
            float sum = 0;
            for (int k = 0; k < sampled; ++k)
                sum += half[i][k] * dct.rows[j][k];
            block[i * kept + j] = sum;
        }

    std::array<float, kept * kept> sorted;
    std::copy_n(block, sorted.size(), sorted.begin());
    const auto middle = sorted.begin() + sorted.size() / 2 - 1; // the lower median, as the authors' search finds it
    std::nth_element(sorted.begin(), middle, sorted.end());

    PdqHash hash{{}, qualityOf(plane)};
    for (int i = 0; i < kept * kept; ++i)
        if (block[i] > *middle)
            hash.bits[31 - i / 8] |= static_cast<std::uint8_t>(1 << (i % 8)); // the text prints the highest word first
    return hash;
}

} // namespace likeness
