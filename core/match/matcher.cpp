#include "core/match/matcher.h"

#include "core/base/clones.h"
#include "core/features/descriptor_products.h"
#include "core/match/approximate_nearest.h"
#include "core/match/grid_motion_statistics.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

namespace likeness {

namespace {

struct BothWays {
    std::vector<Nearest> ofA, ofB;
};

/// Best and second best product of each row and column. Blocks of 16 columns, which the compiler turns into registers.
struct TopTwo {
    std::vector<std::int32_t> best, second;
    std::vector<int> first;

    explicit TopTwo(std::size_t n) : best(n, nothing), second(n, nothing), first(n, -1) {}
    static constexpr std::int32_t nothing = std::numeric_limits<std::int32_t>::min();
};

LIKENESS_CLONES void updateColumnMaxima(const std::int32_t *products, int row, int n, std::int32_t *best,
                                        std::int32_t *second, int *first)
{
    for (int j = 0; j < n; ++j) {
        const std::int32_t value = products[j], was = best[j];
        const std::int32_t less = value < was ? value : was;
        second[j] = second[j] > less ? second[j] : less;
        first[j] = value > was ? row : first[j];
        best[j] = value > was ? value : was;
    }
}

constexpr int lanes = 16;

/// The same of one row, lane by lane; the caller joins the lanes.
LIKENESS_CLONES void updateLaneMaxima(const std::int32_t *products, int n, std::int32_t *best, std::int32_t *second,
                                      int *first)
{
    for (int j = 0; j + lanes <= n; j += lanes)
        for (int lane = 0; lane < lanes; ++lane) {
            const std::int32_t value = products[j + lane], was = best[lane];
            const std::int32_t less = value < was ? value : was;
            second[lane] = second[lane] > less ? second[lane] : less;
            first[lane] = value > was ? j + lane : first[lane];
            best[lane] = value > was ? value : was;
        }
}

/// Of equal products the first column counts.
void joinLanes(const TopTwo &byLane, TopTwo &rows, std::size_t row)
{
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        const std::int32_t value = byLane.best[lane];
        const bool better = value > rows.best[row] || (value == rows.best[row] && byLane.first[lane] < rows.first[row]);
        const std::int32_t less = std::min(value, rows.best[row]);
        rows.second[row] = std::max({rows.second[row], less, byLane.second[lane]});
        if (better) {
            rows.best[row] = value;
            rows.first[row] = byLane.first[lane];
        }
    }
}

/// One row of products with all of B, `stride` long; what is beyond B is TopTwo::nothing.
void updateMaxima(const std::int32_t *row, int i, int n, int stride, TopTwo &ofA, TopTwo &ofB)
{
    TopTwo byLane(lanes);
    updateLaneMaxima(row, stride, byLane.best.data(), byLane.second.data(), byLane.first.data());
    joinLanes(byLane, ofA, static_cast<std::size_t>(i));
    updateColumnMaxima(row, i, n, ofB.best.data(), ofB.second.data(), ofB.first.data());
}

template <class Distance> std::vector<Nearest> distances(const TopTwo &top, Distance distance)
{
    std::vector<Nearest> nearest(top.best.size());
    for (std::size_t i = 0; i < nearest.size(); ++i)
        nearest[i] = {top.first[i], distance(top.best[i]), distance(top.second[i])};
    return nearest;
}

/// Unit rows: the squared distance is 2 - 2 a.b, so one product serves both directions.
BothWays nearestByProduct(const cv::Mat &a, const cv::Mat &b)
{
    const DescriptorRows left(a);
    const DescriptorPanels right(b);
    constexpr int block = 64; // rows of A: the products stay in the cache
    const int stride = right.panels() * DescriptorPanels::panelRows;
    std::vector<std::int32_t> products(static_cast<std::size_t>(block * stride));
    TopTwo ofA(static_cast<std::size_t>(a.rows)), ofB(static_cast<std::size_t>(stride));
    std::vector<int> rows;
    for (int start = 0; start < a.rows; start += block) {
        rows.resize(static_cast<std::size_t>(std::min(block, a.rows - start)));
        std::iota(rows.begin(), rows.end(), start);
        descriptorProducts(left, rows, right, products.data());
        for (const int i : rows) {
            std::int32_t *row = products.data() + static_cast<std::ptrdiff_t>(i - start) * stride;
            std::fill(row + b.rows, row + stride, TopTwo::nothing); // the filling of the last panel
            updateMaxima(row, i, b.rows, stride, ofA, ofB);
        }
    }
    const auto distance = [](std::int32_t product) {
        return std::sqrt(std::max(0.f, 2 - 2 * (static_cast<float>(product) / productOne)));
    };
    BothWays nearest{distances(ofA, distance), distances(ofB, distance)};
    nearest.ofB.resize(static_cast<std::size_t>(b.rows));
    return nearest;
}

/// Different bits of one row with `n` others, as products: the fewer, the larger.
LIKENESS_CLONES void equalBits(const std::uint64_t *row, const std::uint64_t *others, int words, int n,
                               std::int32_t *products)
{
    if (words == 4) { // ORB: the loop that matters
        for (int j = 0; j < n; ++j)
            products[j] =
                -(__builtin_popcountll(row[0] ^ others[4 * j]) + __builtin_popcountll(row[1] ^ others[4 * j + 1]) +
                  __builtin_popcountll(row[2] ^ others[4 * j + 2]) + __builtin_popcountll(row[3] ^ others[4 * j + 3]));
        return;
    }
    for (int j = 0; j < n; ++j) {
        int different = 0;
        for (int w = 0; w < words; ++w)
            different += __builtin_popcountll(row[w] ^ others[words * j + w]);
        products[j] = -different;
    }
}

std::vector<std::uint64_t> packedBits(const cv::Mat &rows, int words)
{
    std::vector<std::uint64_t> bits(static_cast<std::size_t>(rows.rows * words), 0);
    for (int y = 0; y < rows.rows; ++y)
        std::memcpy(&bits[static_cast<std::size_t>(y * words)], rows.ptr(y), static_cast<std::size_t>(rows.cols));
    return bits;
}

BothWays nearestByBits(const cv::Mat &a, const cv::Mat &b)
{
    const int words = (a.cols + 7) / 8, stride = (b.rows + lanes - 1) / lanes * lanes;
    const auto bitsA = packedBits(a, words), bitsB = packedBits(b, words);
    TopTwo ofA(static_cast<std::size_t>(a.rows)), ofB(static_cast<std::size_t>(b.rows));
    std::vector<std::int32_t> products(static_cast<std::size_t>(stride), TopTwo::nothing);
    for (int i = 0; i < a.rows; ++i) {
        equalBits(bitsA.data() + static_cast<std::ptrdiff_t>(i) * words, bitsB.data(), words, b.rows, products.data());
        updateMaxima(products.data(), i, b.rows, stride, ofA, ofB);
    }
    const auto share = [bits = 8 * a.cols](std::int32_t product) {
        return -static_cast<float>(product) / static_cast<float>(bits);
    };
    return {distances(ofA, share), distances(ofB, share)};
}

BothWays nearestOf(const cv::Mat &a, const cv::Mat &b, const MatcherOptions &options)
{
    if (options.search == MatcherOptions::Search::Flann)
        return {approximateNearest(a, b), options.mutual ? approximateNearest(b, a) : std::vector<Nearest>()};
    return a.type() == CV_32F ? nearestByProduct(a, b) : nearestByBits(a, b);
}

} // namespace

std::vector<Correspondence> matchFeatures(const LocalFeatures &a, const LocalFeatures &b, const MatcherOptions &options,
                                          std::vector<Nearest> *nearestOfA)
{
    if (a.descriptors.rows < 2 || b.descriptors.rows < 2 || a.descriptors.type() != b.descriptors.type())
        return {};
    const BothWays nearest = nearestOf(a.descriptors, b.descriptors, options);
    if (nearestOfA)
        *nearestOfA = nearest.ofA;
    std::vector<Correspondence> matches;
    for (int i = 0; i < a.descriptors.rows; ++i) {
        const Nearest &own = nearest.ofA[static_cast<std::size_t>(i)];
        if (own.first < 0 || own.best >= static_cast<float>(options.ratio) * own.second)
            continue;
        if (options.mutual && nearest.ofB[static_cast<std::size_t>(own.first)].first != i)
            continue;
        matches.push_back({i, own.first, own.best, own.second > 0 ? own.best / own.second : 0});
    }
    std::ranges::stable_sort(matches, {}, &Correspondence::ratio);
    // One match a point of B: the most distinct one.
    std::vector<bool> taken(static_cast<std::size_t>(b.descriptors.rows), false);
    std::erase_if(matches, [&taken](const Correspondence &match) {
        const auto target = static_cast<std::size_t>(match.b);
        const bool repeated = taken[target];
        taken[target] = true;
        return repeated;
    });
    if (options.filter == MatcherOptions::Filter::Gms) {
        const std::vector<bool> supported = supportedByMotion(a, b, matches);
        std::erase_if(matches, [&, i = std::size_t{0}](const Correspondence &) mutable { return !supported[i++]; });
    }
    return matches;
}

} // namespace likeness
