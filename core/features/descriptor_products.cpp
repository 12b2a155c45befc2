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
using PanelProduct = void (*)(const std::int16_t *const *rows, int width, const std::int16_t *panel,
                              std::int32_t *const *products);

void panelProductPlain(const std::int16_t *const *rows, int width, const std::int16_t *panel,
                       std::int32_t *const *products)
{
    for (int i = 0; i < leftBlock; ++i) {
        std::int32_t sums[lanes] = {};
        for (int k = 0; k < width; k += 2)
            for (int lane = 0; lane < lanes; ++lane)
                sums[lane] +=
                    rows[i][k] * panel[k * lanes + 2 * lane] + rows[i][k + 1] * panel[k * lanes + 2 * lane + 1];
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

__attribute__((target("avx2"))) void panelProductAvx2(const std::int16_t *const *rows, int width,
                                                      const std::int16_t *panel, std::int32_t *const *products)
{
    __m256i low[leftBlock], high[leftBlock];
    for (int i = 0; i < leftBlock; ++i)
        low[i] = high[i] = _mm256_setzero_si256();
    for (int k = 0; k < width; k += 2) {
        const auto *at = reinterpret_cast<const __m256i *>(panel + k * lanes);
        const __m256i first = _mm256_loadu_si256(at), second = _mm256_loadu_si256(at + 1);
        for (int i = 0; i < leftBlock; ++i) {
            const __m256i pair = _mm256_set1_epi32(pairAt(rows[i] + k));
            low[i] = _mm256_add_epi32(low[i], _mm256_madd_epi16(first, pair));
            high[i] = _mm256_add_epi32(high[i], _mm256_madd_epi16(second, pair));
        }
    }
    for (int i = 0; i < leftBlock; ++i) {
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(products[i]), low[i]);
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(products[i]) + 1, high[i]);
    }
}

__attribute__((target("avx512f,avx512bw"))) void
panelProductAvx512(const std::int16_t *const *rows, int width, const std::int16_t *panel, std::int32_t *const *products)
{
    __m512i sums[leftBlock];
    for (int i = 0; i < leftBlock; ++i)
        sums[i] = _mm512_setzero_si512();
    for (int k = 0; k < width; k += 2) {
        const __m512i stored = _mm512_loadu_si512(panel + k * lanes);
        for (int i = 0; i < leftBlock; ++i)
            sums[i] = _mm512_add_epi32(sums[i], _mm512_madd_epi16(stored, _mm512_set1_epi32(pairAt(rows[i] + k))));
    }
    for (int i = 0; i < leftBlock; ++i)
        _mm512_storeu_si512(products[i], sums[i]);
}

/// Eight sums by name: from an array GCC 12 copies each of them at every step.
__attribute__((target("avx512f,avx512bw,avx512vnni"))) void
panelProductVnni(const std::int16_t *const *rows, int width, const std::int16_t *panel, std::int32_t *const *products)
{
    __m512i s0 = _mm512_setzero_si512(), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
    const std::int16_t *r0 = rows[0], *r1 = rows[1], *r2 = rows[2], *r3 = rows[3], *r4 = rows[4], *r5 = rows[5],
                       *r6 = rows[6], *r7 = rows[7];
    for (int k = 0; k < width; k += 2) {
        const __m512i stored = _mm512_loadu_si512(panel + k * lanes);
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
        _mm512_storeu_si512(products[i], sums[i]);
}
#endif

PanelProduct fastestPanelProduct()
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw"))
        return panelProductVnni;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw"))
        return panelProductAvx512;
    if (__builtin_cpu_supports("avx2"))
        return panelProductAvx2;
#endif
    return panelProductPlain;
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

DescriptorPanels::DescriptorPanels(const cv::Mat &descriptors)
    : rows(descriptors.rows),
      width((descriptors.cols + 1) / 2 * 2),
      entries(static_cast<std::size_t>(panels() * panelRows) * static_cast<std::size_t>(width), 0)
{
    for (int y = 0; y < rows; ++y) {
        std::int16_t *panel = entries.data() + static_cast<std::ptrdiff_t>(y / panelRows * panelRows) * width;
        const float *row = descriptors.ptr<float>(y);
        for (int x = 0; x < descriptors.cols; ++x)
            panel[x / 2 * 2 * panelRows + 2 * (y % panelRows) + x % 2] = rounded(row[x]);
    }
}

void descriptorProducts(const DescriptorRows &left, std::span<const int> leftRows, const DescriptorPanels &right,
                        std::int32_t *products)
{
    static const PanelProduct panelProduct = fastestPanelProduct();
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
            panelProduct(rows, left.width,
                         right.entries.data() + static_cast<std::ptrdiff_t>(panel * lanes) * right.width, out);
            for (std::size_t i = 0; i < leftBlock; ++i)
                if (out[i] != unused)
                    out[i] += lanes;
        }
    }
}

} // namespace likeness
