#include "core/learn/pillow_resize.h"

#include "core/base/clones.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace likeness {

namespace {

constexpr int precisionBits = 32 - 8 - 2;

double lanczos(double x)
{
    const auto sinc = [](double v) { return v == 0 ? 1 : std::sin(v * std::numbers::pi) / (v * std::numbers::pi); };
    return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
}

double bicubic(double x)
{
    constexpr double a = -0.5;
    x = std::abs(x);
    if (x < 1)
        return ((a + 2) * x - (a + 3)) * x * x + 1;
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
}

double weightOf(ResizeFilter filter, double x)
{
    if (filter == ResizeFilter::Box)
        return x > -0.5 && x <= 0.5 ? 1 : 0;
    if (filter == ResizeFilter::Bilinear)
        return std::max(0.0, 1 - std::abs(x));
    return filter == ResizeFilter::Bicubic ? bicubic(x) : lanczos(x);
}

double supportOf(ResizeFilter filter)
{
    return filter == ResizeFilter::Box        ? 0.5
           : filter == ResizeFilter::Bilinear ? 1
           : filter == ResizeFilter::Bicubic  ? 2
                                              : 3;
}

/// For each output place the first input place and the weights in whole numbers, `taps` a row.
struct Weights {
    int taps = 0;
    std::vector<int> first, count;
    std::vector<std::int32_t> values;

    Weights(int in, int out, ResizeFilter filter)
    {
        const double scale = static_cast<double>(in) / out, wide = std::max(scale, 1.0);
        const double support = supportOf(filter) * wide;
        taps = static_cast<int>(std::ceil(support)) * 2 + 1;
        values.assign(static_cast<std::size_t>(taps) * static_cast<std::size_t>(out), 0);
        std::vector<double> row(static_cast<std::size_t>(taps));
        for (int place = 0; place < out; ++place) {
            const double centre = (place + 0.5) * scale;
            const int from = std::max(0, static_cast<int>(centre - support + 0.5));
            const int n = std::min(in, static_cast<int>(centre + support + 0.5)) - from;
            double sum = 0;
            for (int i = 0; i < n; ++i)
                sum += row[static_cast<std::size_t>(i)] = weightOf(filter, (i + from - centre + 0.5) * (1.0 / wide));
            for (int i = 0; i < n; ++i) {
                const double weight =
                    sum != 0 ? row[static_cast<std::size_t>(i)] / sum : row[static_cast<std::size_t>(i)];
                const double fixed = weight * (1 << precisionBits);
                values[static_cast<std::size_t>(place * taps + i)] =
                    static_cast<std::int32_t>(fixed < 0 ? fixed - 0.5 : fixed + 0.5);
            }
            first.push_back(from);
            count.push_back(n);
        }
    }
};

std::uint8_t clipped(std::int32_t sum)
{
    return static_cast<std::uint8_t>(std::clamp(sum >> precisionBits, 0, 255));
}

/// sums[i] = half + sum over rows of weight * row[i], to 8 bits. `n` bytes of each row.
LIKENESS_CLONES void weightedRows(const std::uint8_t *const *rows, const std::int32_t *weights, int count,
                                  std::int32_t *sums, std::uint8_t *out, int n)
{
    for (int i = 0; i < n; ++i)
        sums[i] = 1 << (precisionBits - 1);
    int r = 0;
    for (; r + 4 <= count; r += 4) { // four rows a pass: the sums are read and written less often
        const std::uint8_t *a = rows[r], *b = rows[r + 1], *c = rows[r + 2], *d = rows[r + 3];
        const std::int32_t wa = weights[r], wb = weights[r + 1], wc = weights[r + 2], wd = weights[r + 3];
        for (int i = 0; i < n; ++i)
            sums[i] += a[i] * wa + b[i] * wb + c[i] * wc + d[i] * wd;
    }
    for (; r < count; ++r) {
        const std::uint8_t *row = rows[r];
        const std::int32_t weight = weights[r];
        for (int i = 0; i < n; ++i)
            sums[i] += row[i] * weight;
    }
    for (int i = 0; i < n; ++i) {
        const std::int32_t value = sums[i] >> precisionBits;
        out[i] = static_cast<std::uint8_t>(value < 0 ? 0 : value > 255 ? 255 : value);
    }
}

/// One output row: three channels' sums for each place. Planar rows of the input, so that the taps lie side by side.
LIKENESS_CLONES std::int32_t weightedSum(const std::int32_t *row, const std::int32_t *weights, int count)
{
    std::int32_t sum = 1 << (precisionBits - 1);
    for (int i = 0; i < count; ++i)
        sum += row[i] * weights[i];
    return sum;
}

void resizeRow(const std::uint8_t *in, int width, int channels, const Weights &weights,
               std::vector<std::int32_t> &plane, std::uint8_t *out)
{
    plane.resize(static_cast<std::size_t>(width));
    for (int c = 0; c < channels; ++c) {
        for (int x = 0; x < width; ++x)
            plane[static_cast<std::size_t>(x)] = in[x * channels + c];
        for (std::size_t x = 0; x < weights.first.size(); ++x)
            out[x * static_cast<std::size_t>(channels) + static_cast<std::size_t>(c)] = clipped(
                weightedSum(plane.data() + weights.first[x],
                            weights.values.data() + x * static_cast<std::size_t>(weights.taps), weights.count[x]));
    }
}

cv::Mat nearest(const cv::Mat &image, cv::Size size)
{
    cv::Mat result(size, image.type());
    const std::size_t bytes = image.elemSize();
    for (int y = 0; y < size.height; ++y) {
        const std::uint8_t *row =
            image.ptr(std::min(image.rows - 1, static_cast<int>((y + 0.5) * image.rows / size.height)));
        for (int x = 0; x < size.width; ++x) {
            const int from = std::min(image.cols - 1, static_cast<int>((x + 0.5) * image.cols / size.width));
            std::copy_n(row + static_cast<std::size_t>(from) * bytes, bytes,
                        result.ptr(y) + static_cast<std::size_t>(x) * bytes);
        }
    }
    return result;
}

} // namespace

cv::Mat pillowResize(const cv::Mat &image, cv::Size size, ResizeFilter filter)
{
    if (image.size() == size)
        return image.clone();
    if (filter == ResizeFilter::Nearest)
        return nearest(image, size);
    const int channels = image.channels();
    const Weights vertical(image.rows, size.height, filter);
    // Only the rows that the vertical pass reads.
    const int top = vertical.first.front(), bottom = vertical.first.back() + vertical.count.back();
    cv::Mat narrow = image.rowRange(top, bottom);
    if (size.width != image.cols) {
        const Weights horizontal(image.cols, size.width, filter);
        narrow = cv::Mat(bottom - top, size.width, image.type());
        std::vector<std::int32_t> plane;
        for (int y = top; y < bottom; ++y)
            resizeRow(image.ptr(y), image.cols, channels, horizontal, plane, narrow.ptr(y - top));
    }
    if (size.height == image.rows)
        return narrow;
    cv::Mat result(size, image.type());
    std::vector<std::int32_t> sums(static_cast<std::size_t>(size.width * channels));
    std::vector<const std::uint8_t *> rows(static_cast<std::size_t>(vertical.taps));
    for (int y = 0; y < size.height; ++y) {
        const auto place = static_cast<std::size_t>(y);
        for (int i = 0; i < vertical.count[place]; ++i)
            rows[static_cast<std::size_t>(i)] = narrow.ptr(vertical.first[place] - top + i);
        weightedRows(rows.data(), vertical.values.data() + place * static_cast<std::size_t>(vertical.taps),
                     vertical.count[place], sums.data(), result.ptr(y), size.width * channels);
    }
    return result;
}

} // namespace likeness
