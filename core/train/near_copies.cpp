#include "core/train/near_copies.h"

#include "core/base/parallel.h"

#include <bit>
#include <cmath>
#include <map>
#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

constexpr int mostBits = 8;
constexpr double mostLevels = 4;

std::uint64_t differenceHash(const cv::Mat &picture)
{
    cv::Mat grey, small;
    cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
    cv::resize(grey, small, {9, 8}, 0, 0, cv::INTER_AREA);
    std::uint64_t hash = 0;
    for (int y = 0; y < 8; ++y)
        for (int x = 0; x < 8; ++x)
            hash = hash << 1 | (small.at<std::uint8_t>(y, x) > small.at<std::uint8_t>(y, x + 1) ? 1 : 0);
    return hash;
}

/// Way 2 q + m: q quarter turns, then mirrored where m is 1.
cv::Mat turned(const cv::Mat &picture, std::size_t way)
{
    cv::Mat rotated, mirrored; // memory of their own: the picture is looked at in other ways, too
    if (way >= 2)
        cv::rotate(picture, rotated, static_cast<int>(way / 2) - 1); // cv::ROTATE_90_CLOCKWISE and on
    else
        rotated = picture;
    if (way % 2 == 0)
        return rotated;
    cv::flip(rotated, mirrored, 1);
    return mirrored;
}

} // namespace

cv::Mat colourThumbnail(const cv::Mat &picture)
{
    cv::Mat small, row;
    cv::resize(picture, small, {6, 6}, 0, 0, cv::INTER_AREA);
    small.reshape(1, 1).convertTo(row, CV_32F);
    return row;
}

CopyTraits copyTraits(const cv::Mat &picture)
{
    // Divisible by 8, 9 and 6, so that the turned ones are areas of the same pixels.
    cv::Mat square;
    cv::resize(picture, square, {72, 72}, 0, 0, cv::INTER_AREA);
    CopyTraits traits;
    for (std::size_t way = 0; way < traits.hashes.size(); ++way)
        traits.hashes[way] = differenceHash(turned(square, way));
    const cv::Mat colours = colourThumbnail(square).reshape(3, 6);
    traits.mean = cv::mean(colours);
    traits.colours = colours - traits.mean;
    return traits;
}

bool areNearCopies(const CopyTraits &a, const CopyTraits &b)
{
    const double most = mostLevels * std::sqrt(3.0 * static_cast<double>(a.colours.total()));
    const auto matches = [&](std::size_t way) {
        return std::popcount(a.hashes[0] ^ b.hashes[way]) <= mostBits &&
               cv::norm(a.colours, turned(b.colours, way)) <= most &&
               (cv::norm(a.colours) > most || cv::norm(a.mean - b.mean) <= mostLevels * std::sqrt(3.0));
    };
    for (std::size_t way = 0; way < b.hashes.size(); ++way)
        if (matches(way))
            return true;
    return false;
}

std::vector<int> groupsOfNearCopies(std::span<const CopyTraits> pictures, TaskContext &task)
{
    constexpr std::size_t together = 1024; // compared before their groups are chosen
    std::vector<int> groups(pictures.size()), sizes(pictures.size());
    for (std::size_t first = 0; first < pictures.size(); first += together) {
        const std::size_t count = std::min(together, pictures.size() - first);
        std::vector<std::map<int, int>> members(count);    // of each group, near to this picture
        std::vector<std::vector<std::size_t>> near(count); // of those whose groups are not chosen
        parallelFor(count, task, [&](std::size_t i) {
            for (std::size_t j = 0; j < first + i; ++j)
                if (areNearCopies(pictures[first + i], pictures[j])) {
                    if (j < first)
                        ++members[i][groups[j]];
                    else
                        near[i].push_back(j);
                }
        });
        for (std::size_t i = 0; i < count; ++i) {
            int &own = groups[first + i];
            own = static_cast<int>(first + i);
            for (const std::size_t other : near[i])
                ++members[i][groups[other]];
            for (const auto &[group, size] : members[i])
                if (size == sizes[static_cast<std::size_t>(group)]) {
                    own = group;
                    break;
                }
            ++sizes[static_cast<std::size_t>(own)];
        }
        task.progress(static_cast<std::int64_t>(first + count), static_cast<std::int64_t>(pictures.size()));
    }
    return groups;
}

} // namespace likeness
