#include "core/data/pillow_resize.h"

#include "core/base/clones.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

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

constexpr int rowBlock = 16;
using Bytes16 [[gnu::vector_size(16), gnu::aligned(1), gnu::may_alias]] = std::uint8_t;

/// 16 rows of 16 bytes as 16 columns, by four rounds of interleaving.
void transpose16(const std::uint8_t *const *rows, std::size_t column, std::uint8_t *out)
{
    constexpr Bytes16 low{0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23},
        high{8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31};
    Bytes16 values[rowBlock], next[rowBlock];
    for (int i = 0; i < rowBlock; ++i)
        values[i] = *reinterpret_cast<const Bytes16 *>(rows[i] + column);
    for (int round = 0; round < 4; ++round) {
        for (int i = 0; i < rowBlock / 2; ++i) {
            next[2 * i] = __builtin_shuffle(values[i], values[i + rowBlock / 2], low);
            next[2 * i + 1] = __builtin_shuffle(values[i], values[i + rowBlock / 2], high);
        }
        std::copy_n(next, rowBlock, values);
    }
    for (int i = 0; i < rowBlock; ++i)
        *reinterpret_cast<Bytes16 *>(out + i * rowBlock) = values[i];
}

/// 16 rows of n bytes: byte k of row r goes to out[16 k + r].
void transposed(const std::uint8_t *const *rows, std::size_t n, std::uint8_t *out)
{
    std::size_t k = 0;
    for (; k + rowBlock <= n; k += rowBlock)
        transpose16(rows, k, out + k * rowBlock);
    for (; k < n; ++k)
        for (std::size_t r = 0; r < rowBlock; ++r)
            out[k * rowBlock + r] = rows[r][k];
}

/// The weighted sums of 16 rows at one output place, for each channel. `in` is transposed; neighbouring places lie
/// 16 * channels bytes apart.
using WeighPlace = void (*)(const std::uint8_t *in, int channels, const std::int32_t *weights, int count,
                            std::uint8_t *out);

void weighPlacePlain(const std::uint8_t *in, int channels, const std::int32_t *weights, int count, std::uint8_t *out)
{
    for (int k = 0; k < channels * rowBlock; ++k) {
        std::int32_t sum = 1 << (precisionBits - 1);
        for (int i = 0; i < count; ++i)
            sum += in[i * channels * rowBlock + k] * weights[i];
        out[k] = static_cast<std::uint8_t>(std::clamp(sum >> precisionBits, 0, 255));
    }
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) void weighPlaceAvx2(const std::uint8_t *in, int channels, const std::int32_t *weights,
                                                    int count, std::uint8_t *out)
{
    const std::ptrdiff_t step = std::ptrdiff_t{rowBlock} * channels;
    for (int half = 0; half < 2 * channels; ++half) { // eight rows of one channel
        __m256i sums = _mm256_set1_epi32(1 << (precisionBits - 1));
        for (int i = 0; i < count; ++i) {
            const auto *at = reinterpret_cast<const __m128i *>(in + i * step + half * 8);
            sums = _mm256_add_epi32(
                sums, _mm256_mullo_epi32(_mm256_cvtepu8_epi32(_mm_loadl_epi64(at)), _mm256_set1_epi32(weights[i])));
        }
        sums = _mm256_srai_epi32(sums, precisionBits);
        const __m256i words = _mm256_packs_epi32(sums, sums), bytes = _mm256_packus_epi16(words, words);
        const std::int32_t low = _mm256_cvtsi256_si32(bytes), high = _mm256_extract_epi32(bytes, 4);
        std::memcpy(out + half * 8, &low, sizeof low);
        std::memcpy(out + half * 8 + 4, &high, sizeof high);
    }
}

__attribute__((target("avx512f"))) __m128i clippedBytes(__m512i sums)
{
    sums = _mm512_srai_epi32(sums, precisionBits);
    return _mm512_cvtusepi32_epi8(_mm512_max_epi32(sums, _mm512_setzero_si512()));
}

__attribute__((target("avx512f"))) __m512i pixels(const std::uint8_t *at)
{
    return _mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i *>(at)));
}

__attribute__((target("avx512f"))) void weighPlaceAvx512(const std::uint8_t *in, int channels,
                                                         const std::int32_t *weights, int count, std::uint8_t *out)
{
    const std::ptrdiff_t step = std::ptrdiff_t{rowBlock} * channels;
    const __m512i half = _mm512_set1_epi32(1 << (precisionBits - 1));
    auto *to = reinterpret_cast<__m128i *>(out);
    if (channels == 3) {
        __m512i first = half, second = half, third = half;
        for (int i = 0; i < count; ++i, in += step) {
            const __m512i weight = _mm512_set1_epi32(weights[i]);
            first = _mm512_add_epi32(first, _mm512_mullo_epi32(pixels(in), weight));
            second = _mm512_add_epi32(second, _mm512_mullo_epi32(pixels(in + rowBlock), weight));
            third = _mm512_add_epi32(third, _mm512_mullo_epi32(pixels(in + 2 * rowBlock), weight));
        }
        _mm_storeu_si128(to, clippedBytes(first));
        _mm_storeu_si128(to + 1, clippedBytes(second));
        _mm_storeu_si128(to + 2, clippedBytes(third));
        return;
    }
    __m512i sums = half;
    for (int i = 0; i < count; ++i, in += step)
        sums = _mm512_add_epi32(sums, _mm512_mullo_epi32(pixels(in), _mm512_set1_epi32(weights[i])));
    _mm_storeu_si128(to, clippedBytes(sums));
}
#endif

WeighPlace fastestWeighPlace()
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f"))
        return weighPlaceAvx512;
    if (__builtin_cpu_supports("avx2"))
        return weighPlaceAvx2;
#endif
    return weighPlacePlain;
}

/// The horizontal pass of up to 16 rows at once.
void resizeRows(const cv::Mat &image, int y, const Weights &weights, std::vector<std::uint8_t> &columns,
                cv::Mat &result, int top)
{
    const int channels = image.channels(), rows = std::min(rowBlock, top + result.rows - y);
    const auto inBytes = static_cast<std::size_t>(image.cols * channels),
               outBytes = weights.first.size() * static_cast<std::size_t>(channels);
    const std::uint8_t *from[rowBlock];
    for (int r = 0; r < rowBlock; ++r)
        from[r] = image.ptr(y + std::min(r, rows - 1));
    columns.resize((inBytes + outBytes) * rowBlock);
    std::uint8_t *in = columns.data(), *out = columns.data() + inBytes * rowBlock;
    transposed(from, inBytes, in);
    static const WeighPlace weighPlace = fastestWeighPlace();
    for (std::size_t x = 0; x < weights.first.size(); ++x)
        weighPlace(in + static_cast<std::ptrdiff_t>(weights.first[x] * channels) * rowBlock, channels,
                   weights.values.data() + x * static_cast<std::size_t>(weights.taps), weights.count[x],
                   out + x * static_cast<std::size_t>(channels) * rowBlock);
    std::size_t k = 0;
    for (; k + rowBlock <= outBytes; k += rowBlock) {
        const std::uint8_t *places[rowBlock];
        for (std::size_t i = 0; i < rowBlock; ++i)
            places[i] = out + (k + i) * rowBlock;
        std::uint8_t block[rowBlock * rowBlock];
        transpose16(places, 0, block);
        for (int r = 0; r < rows; ++r)
            std::memcpy(result.ptr(y - top + r) + k, block + r * rowBlock, rowBlock);
    }
    for (; k < outBytes; ++k)
        for (int r = 0; r < rows; ++r)
            result.ptr(y - top + r)[k] = out[k * rowBlock + static_cast<std::size_t>(r)];
}

/// Places are found by adding up steps, as Pillow does: multiplying rounds otherwise.
std::vector<int> nearestPlaces(int in, int out)
{
    const double step = static_cast<double>(in) / out;
    std::vector<int> places;
    for (double at = step * 0.5; static_cast<int>(places.size()) < out; at += step)
        places.push_back(std::min(in - 1, static_cast<int>(at)));
    return places;
}

cv::Mat nearest(const cv::Mat &image, cv::Size size)
{
    cv::Mat result(size, image.type());
    const std::size_t bytes = image.elemSize();
    const std::vector<int> columns = nearestPlaces(image.cols, size.width),
                           rows = nearestPlaces(image.rows, size.height);
    for (int y = 0; y < size.height; ++y) {
        const std::uint8_t *row = image.ptr(rows[static_cast<std::size_t>(y)]);
        for (std::size_t x = 0; x < columns.size(); ++x)
            std::copy_n(row + static_cast<std::size_t>(columns[x]) * bytes, bytes, result.ptr(y) + x * bytes);
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
        std::vector<std::uint8_t> columns;
        for (int y = top; y < bottom; y += rowBlock)
            resizeRows(image, y, horizontal, columns, narrow, top);
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
