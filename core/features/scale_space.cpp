#include "core/features/scale_space.h"

#include "core/base/clones.h"

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

constexpr int border = 5;

/// Sixteen neighbours at once, wherever they lie; the compiler splits them where registers are shorter.
using Lanes [[gnu::vector_size(64), gnu::aligned(4), gnu::may_alias]] = float;

/// out[x] = half[0] * before[0][x] + sum over i of half[i] * (before[i][x] + after[i][x]), i from 1. The sums of a
/// block stay in registers.
LIKENESS_CLONES void symmetricSums(const float *const *before, const float *const *after, const float *half, int radius,
                                   float *out, int n)
{
    constexpr int lanes = 16;
    const auto at = [](const float *p) -> const Lanes & { return *reinterpret_cast<const Lanes *>(p); };
    int x = 0;
    for (; x + 2 * lanes <= n; x += 2 * lanes) {
        Lanes first = half[0] * at(before[0] + x), second = half[0] * at(before[0] + x + lanes);
        for (int i = 1; i <= radius; ++i) {
            const float *left = before[i] + x, *right = after[i] + x;
            first += half[i] * (at(left) + at(right));
            second += half[i] * (at(left + lanes) + at(right + lanes));
        }
        *reinterpret_cast<Lanes *>(out + x) = first;
        *reinterpret_cast<Lanes *>(out + x + lanes) = second;
    }
    for (; x < n; ++x) {
        float sum = half[0] * before[0][x];
        for (int i = 1; i <= radius; ++i)
            sum += half[i] * (before[i][x] + after[i][x]);
        out[x] = sum;
    }
}

std::vector<float> gaussianHalf(double sigma)
{
    const int radius = static_cast<int>(std::lround(sigma * 4)); // what OpenCV takes for float images
    std::vector<float> half;
    double sum = 0;
    for (int i = 0; i <= radius; ++i) {
        const double value = std::exp(-i * i / (2 * sigma * sigma));
        half.push_back(static_cast<float>(value));
        sum += i == 0 ? value : 2 * value;
    }
    for (float &value : half)
        value = static_cast<float>(value / sum);
    return half;
}

int reflected(int i, int n)
{
    while (i < 0 || i >= n)
        i = n == 1 ? 0 : i < 0 ? -i : 2 * n - 2 - i;
    return i;
}

/// Separable, row by row: the vertical sums of a row stay in the cache for the horizontal pass.
void blur(const cv::Mat &source, cv::Mat &target, double sigma)
{
    const std::vector<float> half = gaussianHalf(sigma);
    const int radius = static_cast<int>(half.size()) - 1, width = source.cols;
    target.create(source.size(), CV_32F);
    std::vector<float> buffer(static_cast<std::size_t>(width + 2 * radius));
    float *middle = buffer.data() + radius;
    std::vector<const float *> above(half.size()), below(half.size()), left(half.size()), right(half.size());
    for (int i = 0; i <= radius; ++i) {
        left[static_cast<std::size_t>(i)] = middle - i;
        right[static_cast<std::size_t>(i)] = middle + i;
    }
    for (int y = 0; y < source.rows; ++y) {
        for (int i = 0; i <= radius; ++i) {
            above[static_cast<std::size_t>(i)] = source.ptr<float>(reflected(y - i, source.rows));
            below[static_cast<std::size_t>(i)] = source.ptr<float>(reflected(y + i, source.rows));
        }
        symmetricSums(above.data(), below.data(), half.data(), radius, middle, width);
        for (int i = 1; i <= radius; ++i) {
            middle[-i] = middle[reflected(-i, width)];
            middle[width - 1 + i] = middle[reflected(width - 1 + i, width)];
        }
        symmetricSums(left.data(), right.data(), half.data(), radius, target.ptr<float>(y), width);
    }
}

LIKENESS_CLONES void difference(const float *upper, const float *lower, float *result, int n)
{
    for (int x = 0; x < n; ++x)
        result[x] = upper[x] - lower[x];
}

LIKENESS_CLONES void extremesOf(const float *a, const float *b, const float *c, float *__restrict smallest,
                                float *__restrict largest, int n)
{
    for (int x = 0; x < n; ++x) {
        const float high = a[x] > b[x] ? a[x] : b[x], low = a[x] < b[x] ? a[x] : b[x];
        largest[x] = high > c[x] ? high : c[x];
        smallest[x] = low < c[x] ? low : c[x];
    }
}

/// Of the columns of three neighbouring scales, given their extremes.
LIKENESS_CLONES void extremesOfScales(const float *const *lows, const float *const *highs, float *__restrict smallest,
                                      float *__restrict largest, int n)
{
    const float *l0 = lows[0], *l1 = lows[1], *l2 = lows[2], *h0 = highs[0], *h1 = highs[1], *h2 = highs[2];
    for (int x = 0; x < n; ++x) {
        const float high = h0[x] > h1[x] ? h0[x] : h1[x], low = l0[x] < l1[x] ? l0[x] : l1[x];
        largest[x] = high > h2[x] ? high : h2[x];
        smallest[x] = low < l2[x] ? low : l2[x];
    }
}

/// `high` and `low` are the extremes of each column of the 3 x 3 x 3 neighbourhood.
LIKENESS_CLONES int markExtrema(const float *centre, const float *high, const float *low, float threshold,
                                unsigned char *mark, int begin, int end)
{
    int any = 0;
    for (int x = begin; x < end; ++x) {
        const float v = centre[x];
        const bool top = (v > threshold) & (v >= high[x - 1]) & (v >= high[x]) & (v >= high[x + 1]);
        const bool bottom = (v < -threshold) & (v <= low[x - 1]) & (v <= low[x]) & (v <= low[x + 1]);
        mark[x] = static_cast<unsigned char>(top | bottom);
        any |= mark[x];
    }
    return any;
}

/// Rows of the differences around one row, and their extremes over three rows.
struct DifferenceRows {
    static constexpr int differences = siftLevels - 1;
    int width;
    std::vector<float> rows, high, low, columnHigh, columnLow;

    explicit DifferenceRows(int columns)
        : width(columns),
          rows(static_cast<std::size_t>(differences * 3 * columns)),
          high(static_cast<std::size_t>(differences * columns)),
          low(high.size()),
          columnHigh(static_cast<std::size_t>(columns)),
          columnLow(columnHigh.size())
    {
    }
    float *row(int scale, int y) { return rows.data() + static_cast<std::ptrdiff_t>((scale * 3 + y % 3) * width); }
    float *highOf(int scale) { return high.data() + static_cast<std::ptrdiff_t>(scale * width); }
    float *lowOf(int scale) { return low.data() + static_cast<std::ptrdiff_t>(scale * width); }
    void fill(const Octave &octave, int y)
    {
        for (int s = 0; s < differences; ++s)
            difference(octave.levels[static_cast<std::size_t>(s + 1)].ptr<float>(y),
                       octave.levels[static_cast<std::size_t>(s)].ptr<float>(y), row(s, y), width);
    }
};

} // namespace

void buildScaleSpace(const cv::Mat &grey, bool upsample, std::vector<Octave> &octaves)
{
    cv::Mat base;
    grey.convertTo(base, CV_32F);
    if (upsample)
        cv::resize(base, base, {grey.cols * 2, grey.rows * 2}, 0, 0, cv::INTER_LINEAR);
    const double cameraSigma = upsample ? 1.0 : 0.5; // what a sharp photograph is taken to have
    const int smallest = std::min(base.cols, base.rows);
    const auto count = std::max(1L, std::lround(std::log2(static_cast<double>(smallest)) - 2));
    octaves.resize(static_cast<std::size_t>(count));
    for (std::size_t o = 0; o < octaves.size(); ++o) {
        auto &levels = octaves[o].levels;
        if (o == 0)
            blur(base, levels[0], std::sqrt(siftSigma * siftSigma - cameraSigma * cameraSigma));
        else
            cv::resize(octaves[o - 1].levels[siftLayers], levels[0],
                       {octaves[o - 1].levels[0].cols / 2, octaves[o - 1].levels[0].rows / 2}, 0, 0, cv::INTER_NEAREST);
        for (int i = 1; i < siftLevels; ++i) {
            const double before = siftSigma * std::exp2((i - 1.0) / siftLayers);
            blur(levels[static_cast<std::size_t>(i - 1)], levels[static_cast<std::size_t>(i)],
                 before * std::sqrt(std::exp2(2.0 / siftLayers) - 1));
        }
    }
}

std::vector<Extremum> extrema(const Octave &octave, float threshold)
{
    std::vector<Extremum> found;
    const int width = octave.levels[0].cols, height = octave.levels[0].rows;
    if (width <= 2 * border || height <= 2 * border)
        return found;
    DifferenceRows rows(width);
    std::vector<unsigned char> mark(static_cast<std::size_t>(width));
    rows.fill(octave, border - 1);
    rows.fill(octave, border);
    for (int y = border; y < height - border; ++y) {
        rows.fill(octave, y + 1);
        for (int s = 0; s < DifferenceRows::differences; ++s) {
            extremesOf(rows.row(s, y - 1), rows.row(s, y), rows.row(s, y + 1), rows.lowOf(s), rows.highOf(s), width);
        }
        for (int layer = 1; layer <= siftLayers; ++layer) {
            const float *lows[] = {rows.lowOf(layer - 1), rows.lowOf(layer), rows.lowOf(layer + 1)};
            const float *highs[] = {rows.highOf(layer - 1), rows.highOf(layer), rows.highOf(layer + 1)};
            extremesOfScales(lows, highs, rows.columnLow.data(), rows.columnHigh.data(), width);
            if (!markExtrema(rows.row(layer, y), rows.columnHigh.data(), rows.columnLow.data(), threshold, mark.data(),
                             border, width - border))
                continue;
            for (int x = border; x < width - border; ++x)
                if (mark[static_cast<std::size_t>(x)])
                    found.push_back({layer, y, x});
        }
    }
    return found;
}

} // namespace likeness
