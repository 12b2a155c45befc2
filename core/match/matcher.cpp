#include "core/match/matcher.h"

#include <Eigen/Core>
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace likeness {

namespace {

using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

struct Nearest {
    int first = -1;
    float best = std::numeric_limits<float>::max(), second = std::numeric_limits<float>::max();

    void see(int index, float distance)
    {
        if (distance < best) {
            second = best;
            best = distance;
            first = index;
        } else if (distance < second) {
            second = distance;
        }
    }
};

struct BothWays {
    std::vector<Nearest> ofA, ofB;
};

/// Unit rows: the squared distance is 2 - 2 a.b, so one product serves both directions.
BothWays nearestByProduct(const cv::Mat &a, const cv::Mat &b)
{
    BothWays nearest{std::vector<Nearest>(static_cast<std::size_t>(a.rows)),
                     std::vector<Nearest>(static_cast<std::size_t>(b.rows))};
    const Eigen::Map<const RowMajor> stored(b.ptr<float>(), b.rows, b.cols);
    constexpr int block = 256; // rows of A: the products stay in the cache
    RowMajor products;
    for (int start = 0; start < a.rows; start += block) {
        const int rows = std::min(block, a.rows - start);
        const Eigen::Map<const RowMajor> part(a.ptr<float>(start), rows, a.cols);
        products.noalias() = part * stored.transpose();
        for (int i = 0; i < rows; ++i) {
            Nearest &own = nearest.ofA[static_cast<std::size_t>(start + i)];
            const float *row = products.data() + static_cast<std::ptrdiff_t>(i) * b.rows;
            for (int j = 0; j < b.rows; ++j) {
                const float distance = 2 - 2 * row[j];
                own.see(j, distance);
                nearest.ofB[static_cast<std::size_t>(j)].see(start + i, distance);
            }
        }
    }
    for (auto *side : {&nearest.ofA, &nearest.ofB})
        for (Nearest &one : *side) {
            one.best = std::sqrt(std::max(one.best, 0.0f));
            one.second = std::sqrt(std::max(one.second, 0.0f));
        }
    return nearest;
}

BothWays nearestByBits(const cv::Mat &a, const cv::Mat &b)
{
    BothWays nearest{std::vector<Nearest>(static_cast<std::size_t>(a.rows)),
                     std::vector<Nearest>(static_cast<std::size_t>(b.rows))};
    const int words = (a.cols + 7) / 8;
    const auto packed = [words](const cv::Mat &rows) {
        std::vector<std::uint64_t> bits(static_cast<std::size_t>(rows.rows * words), 0);
        for (int y = 0; y < rows.rows; ++y)
            std::memcpy(&bits[static_cast<std::size_t>(y * words)], rows.ptr(y), static_cast<std::size_t>(rows.cols));
        return bits;
    };
    const auto bitsA = packed(a), bitsB = packed(b);
    const float scale = 1.0f / static_cast<float>(8 * a.cols);
    for (int i = 0; i < a.rows; ++i)
        for (int j = 0; j < b.rows; ++j) {
            int different = 0;
            for (int w = 0; w < words; ++w)
                different += std::popcount(bitsA[static_cast<std::size_t>(i * words + w)] ^
                                           bitsB[static_cast<std::size_t>(j * words + w)]);
            const float distance = static_cast<float>(different) * scale;
            nearest.ofA[static_cast<std::size_t>(i)].see(j, distance);
            nearest.ofB[static_cast<std::size_t>(j)].see(i, distance);
        }
    return nearest;
}

} // namespace

std::vector<Correspondence> matchFeatures(const LocalFeatures &a, const LocalFeatures &b, const MatcherOptions &options)
{
    if (a.descriptors.rows < 2 || b.descriptors.rows < 2 || a.descriptors.type() != b.descriptors.type())
        return {};
    const BothWays nearest = a.descriptors.type() == CV_32F ? nearestByProduct(a.descriptors, b.descriptors)
                                                            : nearestByBits(a.descriptors, b.descriptors);
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
    return matches;
}

} // namespace likeness
