#include "core/features/descriptor_products.h"

#include <cmath>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace likeness {

namespace {

constexpr int lanes = DescriptorPanels::panelRows;
constexpr int leftBlock = 8; // rows of the left at once: a load of the right serves all of them

std::int16_t rounded(float entry)
{
    return static_cast<std::int16_t>(std::lrintf(entry * descriptorOne));
}

/// products[i][lane] of leftBlock rows with one panel.
template <class Entry> using PanelProduct = void (*)(const std::int16_t *const *rows, int width, const Entry *panel,
                                                     std::int32_t *const *products);

/// What an entry of 1 stands for.
template <class Entry> constexpr int factorOf = sizeof(Entry) == 1 ? DescriptorPanels::byteFactor : 1;

template <class Entry>
void panelProductPlain(const std::int16_t *const *rows, int width, const Entry *panel, std::int32_t *const *products)
{
    for (int i = 0; i < leftBlock; ++i) {
        std::int32_t sums[lanes] = {};
        for (int k = 0; k < width; k += 2)
            for (int lane = 0; lane < lanes; ++lane)
                sums[lane] +=
                    rows[i][k] * panel[k * lanes + 2 * lane] + rows[i][k + 1] * panel[k * lanes + 2 * lane + 1];
        for (std::int32_t &sum : sums)
            sum *= factorOf<Entry>;
        std::memcpy(products[i], sums, sizeof sums);
    }
}

#if defined(__x86_64__)
std::int32_t pairAt(const std::int16_t *entries)
{
    std::int32_t pair;
    std::memcpy(&pair, entries, sizeof pair);
    return pair;
}

__attribute__((target("avx2"))) inline __m256i sixteenAt(const std::int16_t *entries)
{
    return _mm256_loadu_si256(reinterpret_cast<const __m256i *>(entries));
}

__attribute__((target("avx2"))) inline __m256i sixteenAt(const std::uint8_t *entries)
{
    return _mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i *>(entries)));
}

__attribute__((target("avx512f,avx512bw"))) inline __m512i thirtyTwoAt(const std::int16_t *entries)
{
    return _mm512_loadu_si512(entries);
}

__attribute__((target("avx512f,avx512bw"))) inline __m512i thirtyTwoAt(const std::uint8_t *entries)
{
    return _mm512_cvtepu8_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(entries)));
}

constexpr int shiftOf(int factor)
{
    return factor == 1 ? 0 : 4;
}
static_assert(1 << shiftOf(DescriptorPanels::byteFactor) == DescriptorPanels::byteFactor);

template <class Entry> __attribute__((target("avx2"))) void
panelProductAvx2(const std::int16_t *const *rows, int width, const Entry *panel, std::int32_t *const *products)
{
    __m256i low[leftBlock], high[leftBlock];
    for (int i = 0; i < leftBlock; ++i)
        low[i] = high[i] = _mm256_setzero_si256();
    for (int k = 0; k < width; k += 2) {
        const __m256i first = sixteenAt(panel + k * lanes), second = sixteenAt(panel + k * lanes + lanes);
        for (int i = 0; i < leftBlock; ++i) {
            const __m256i pair = _mm256_set1_epi32(pairAt(rows[i] + k));
            low[i] = _mm256_add_epi32(low[i], _mm256_madd_epi16(first, pair));
            high[i] = _mm256_add_epi32(high[i], _mm256_madd_epi16(second, pair));
        }
    }
    constexpr int shift = shiftOf(factorOf<Entry>);
    for (int i = 0; i < leftBlock; ++i) {
        auto *to = reinterpret_cast<__m256i *>(products[i]);
        _mm256_storeu_si256(to, _mm256_slli_epi32(low[i], shift));
        _mm256_storeu_si256(to + 1, _mm256_slli_epi32(high[i], shift));
    }
}

/// By a masked shift: GCC 12 warns of its own header in the plain one.
template <class Entry> __attribute__((target("avx512f,avx512bw"))) inline __m512i timesFactor(__m512i sums)
{
    return _mm512_maskz_slli_epi32(0xffff, sums, shiftOf(factorOf<Entry>));
}

template <class Entry> __attribute__((target("avx512f,avx512bw"))) void
panelProductAvx512(const std::int16_t *const *rows, int width, const Entry *panel, std::int32_t *const *products)
{
    __m512i sums[leftBlock];
    for (int i = 0; i < leftBlock; ++i)
        sums[i] = _mm512_setzero_si512();
    for (int k = 0; k < width; k += 2) {
        const __m512i stored = thirtyTwoAt(panel + k * lanes);
        for (int i = 0; i < leftBlock; ++i)
            sums[i] = _mm512_add_epi32(sums[i], _mm512_madd_epi16(stored, _mm512_set1_epi32(pairAt(rows[i] + k))));
    }
    for (int i = 0; i < leftBlock; ++i)
        _mm512_storeu_si512(products[i], timesFactor<Entry>(sums[i]));
}

/// Eight sums by name: from an array GCC 12 copies each of them at every step.
template <class Entry> __attribute__((target("avx512f,avx512bw,avx512vnni"))) void
panelProductVnni(const std::int16_t *const *rows, int width, const Entry *panel, std::int32_t *const *products)
{
    __m512i s0 = _mm512_setzero_si512(), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
    const std::int16_t *r0 = rows[0], *r1 = rows[1], *r2 = rows[2], *r3 = rows[3], *r4 = rows[4], *r5 = rows[5],
                       *r6 = rows[6], *r7 = rows[7];
    for (int k = 0; k < width; k += 2) {
        const __m512i stored = thirtyTwoAt(panel + k * lanes);
        s0 = _mm512_dpwssd_epi32(s0, stored, _mm512_set1_epi32(pairAt(r0 + k)));
        s1 = _mm512_dpwssd_epi32(s1, stored, _mm512_set1_epi32(pairAt(r1 + k)));
        s2 = _mm512_dpwssd_epi32(s2, stored, _mm512_set1_epi32(pairAt(r2 + k)));
        s3 = _mm512_dpwssd_epi32(s3, stored, _mm512_set1_epi32(pairAt(r3 + k)));
        s4 = _mm512_dpwssd_epi32(s4, stored, _mm512_set1_epi32(pairAt(r4 + k)));
        s5 = _mm512_dpwssd_epi32(s5, stored, _mm512_set1_epi32(pairAt(r5 + k)));
        s6 = _mm512_dpwssd_epi32(s6, stored, _mm512_set1_epi32(pairAt(r6 + k)));
        s7 = _mm512_dpwssd_epi32(s7, stored, _mm512_set1_epi32(pairAt(r7 + k)));
    }
    const __m512i sums[leftBlock] = {s0, s1, s2, s3, s4, s5, s6, s7};
    for (int i = 0; i < leftBlock; ++i)
        _mm512_storeu_si512(products[i], timesFactor<Entry>(sums[i]));
}
#endif

template <class Entry> PanelProduct<Entry> fastestPanelProduct()
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw"))
        return panelProductVnni<Entry>;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw"))
        return panelProductAvx512<Entry>;
    if (__builtin_cpu_supports("avx2"))
        return panelProductAvx2<Entry>;
#endif
    return panelProductPlain<Entry>;
}

template <class Entry> void productsWith(const DescriptorRows &left, std::span<const int> leftRows,
                                         const DescriptorPanels &right, const std::vector<Entry> &entries,
                                         std::int32_t *products)
{
    static const PanelProduct<Entry> panelProduct = fastestPanelProduct<Entry>();
    const int stride = right.panels() * lanes;
    std::int32_t unused[lanes]; // where the last block has fewer rows
    for (std::size_t start = 0; start < leftRows.size(); start += leftBlock) {
        const std::int16_t *rows[leftBlock];
        std::int32_t *out[leftBlock];
        for (std::size_t i = 0; i < leftBlock; ++i) {
            const bool real = start + i < leftRows.size();
            rows[i] = left.row(leftRows[real ? start + i : start]);
            out[i] = real ? products + static_cast<std::ptrdiff_t>(start + i) * stride : unused;
        }
        for (int panel = 0; panel < right.panels(); ++panel) {
            panelProduct(rows, left.width, entries.data() + static_cast<std::ptrdiff_t>(panel * lanes) * right.width,
                         out);
            for (std::size_t i = 0; i < leftBlock; ++i)
                if (out[i] != unused)
                    out[i] += lanes;
        }
    }
}

} // namespace

DescriptorRows::DescriptorRows(const cv::Mat &descriptors)
    : rows(descriptors.rows),
      width((descriptors.cols + 1) / 2 * 2),
      entries(static_cast<std::size_t>(rows) * static_cast<std::size_t>(width), 0)
{
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < descriptors.cols; ++x)
            entries[static_cast<std::size_t>(y * width + x)] = rounded(descriptors.ptr<float>(y)[x]);
}

DescriptorPanels::DescriptorPanels(int count, int columns, bool inBytes)
    : rows(count), cols(columns), width((columns + 1) / 2 * 2)
{
    const std::size_t size = static_cast<std::size_t>(panels() * panelRows) * static_cast<std::size_t>(width);
    inBytes ? bytes.assign(size, 0) : entries.assign(size, 0);
}

DescriptorPanels::DescriptorPanels(const cv::Mat &descriptors)
    : DescriptorPanels(descriptors.rows, descriptors.cols, false)
{
    for (int y = 0; y < rows; ++y)
        set(y, descriptors.row(y));
}

void DescriptorPanels::set(int y, const cv::Mat &descriptor)
{
    const auto panel = static_cast<std::size_t>(y / panelRows * panelRows) * static_cast<std::size_t>(width);
    for (int x = 0; x < cols; ++x) {
        const std::size_t at = panel + static_cast<std::size_t>(x / 2 * 2 * panelRows + 2 * (y % panelRows) + x % 2);
        if (entries.empty())
            bytes[at] = descriptor.ptr<std::uint8_t>(0)[x];
        else
            entries[at] = rounded(descriptor.ptr<float>(0)[x]);
    }
}

void descriptorProducts(const DescriptorRows &left, std::span<const int> leftRows, const DescriptorPanels &right,
                        std::int32_t *products)
{
    if (right.bytes.empty())
        productsWith(left, leftRows, right, right.entries, products);
    else
        productsWith(left, leftRows, right, right.bytes, products);
}

} // namespace likeness
