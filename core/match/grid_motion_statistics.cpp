#include "core/match/grid_motion_statistics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace likeness {

namespace {

constexpr int cellsA = 20, none = -1;
constexpr double factor = 6;

/// A grid of cells over an image.
struct Grid {
    int side = 0;

    /// Shifted by half a cell where asked; none for a point beyond the rim.
    int cellOf(cv::Point2f point, cv::Size size, bool halfX, bool halfY) const
    {
        const auto along = [this](float at, int length, bool half) {
            // In single precision, as the authors: a point on a line belongs to one side.
            const double cell = double{at / static_cast<float>(length) * static_cast<float>(side)} + (half ? 0.5 : 0);
            return static_cast<int>(std::floor(cell));
        };
        const int x = along(point.x, size.width, halfX), y = along(point.y, size.height, halfY);
        return x < (halfX ? 1 : 0) || y < (halfY ? 1 : 0) || x >= side || y >= side ? none : x + y * side;
    }
    std::array<int, 9> around(int cell) const
    {
        std::array<int, 9> cells;
        for (int i = 0; i < 9; ++i) {
            const int x = cell % side + i % 3 - 1, y = cell / side + i / 3 - 1;
            cells[static_cast<std::size_t>(i)] = x < 0 || y < 0 || x >= side || y >= side ? none : x + y * side;
        }
        return cells;
    }
};

/// The nine cells of B in the order of those of A when B is turned by `turn` eighths: the ring moves on.
std::array<std::size_t, 9> turned(int turn)
{
    constexpr std::array<std::size_t, 8> ring{0, 1, 2, 5, 8, 7, 6, 3};
    std::array<std::size_t, 9> order;
    order[4] = 4;
    for (std::size_t i = 0; i < ring.size(); ++i)
        order[ring[i]] = ring[(i + 8 - static_cast<std::size_t>(turn)) % 8];
    return order;
}

/// Marks the pairs that one placement of A's grid supports.
void addSupported(std::span<const int> cellOfA, std::span<const int> cellOfB, Grid a, Grid b, int turn,
                  std::vector<bool> &supported)
{
    const int countB = b.side * b.side;
    std::vector<int> motions(static_cast<std::size_t>(a.side * a.side * countB)),
        points(static_cast<std::size_t>(a.side * a.side));
    const auto motion = [&](int from, int to) -> int & {
        return motions[static_cast<std::size_t>(from * countB + to)];
    };
    for (std::size_t i = 0; i < cellOfA.size(); ++i)
        if (cellOfA[i] != none && cellOfB[i] != none) {
            ++motion(cellOfA[i], cellOfB[i]);
            ++points[static_cast<std::size_t>(cellOfA[i])];
        }
    std::vector<int> target(points.size(), none);
    const auto order = turned(turn);
    for (int from = 0; from < a.side * a.side; ++from) {
        if (points[static_cast<std::size_t>(from)] == 0)
            continue;
        const int *row = &motion(from, 0);
        const int to = static_cast<int>(std::max_element(row, row + countB) - row);
        const auto nearA = a.around(from), nearB = b.around(to);
        int score = 0, count = 0;
        double sum = 0;
        for (std::size_t i = 0; i < 9; ++i) {
            const int left = nearA[i], right = nearB[order[i]];
            if (left == none || right == none)
                continue;
            score += motion(left, right);
            sum += points[static_cast<std::size_t>(left)];
            ++count;
        }
        if (score >= factor * std::sqrt(sum / count))
            target[static_cast<std::size_t>(from)] = to;
    }
    for (std::size_t i = 0; i < cellOfA.size(); ++i)
        if (cellOfA[i] != none && cellOfB[i] != none && target[static_cast<std::size_t>(cellOfA[i])] == cellOfB[i])
            supported[i] = true;
}

} // namespace

std::vector<bool> supportedByMotion(const LocalFeatures &a, const LocalFeatures &b,
                                    std::span<const Correspondence> pairs, int turn, double scale)
{
    const Grid gridA{cellsA}, gridB{static_cast<int>(cellsA * scale)};
    std::vector<bool> supported(pairs.size());
    std::vector<int> cellOfA(pairs.size()), cellOfB(pairs.size());
    for (std::size_t i = 0; i < pairs.size(); ++i)
        cellOfB[i] = gridB.cellOf(b.keypoints[static_cast<std::size_t>(pairs[i].b)].pt, b.imageSize, false, false);
    for (int half = 0; half < 4; ++half) {
        for (std::size_t i = 0; i < pairs.size(); ++i)
            cellOfA[i] =
                gridA.cellOf(a.keypoints[static_cast<std::size_t>(pairs[i].a)].pt, a.imageSize, half & 1, half & 2);
        addSupported(cellOfA, cellOfB, gridA, gridB, turn, supported);
    }
    return supported;
}

std::vector<bool> supportedByMotion(const LocalFeatures &a, const LocalFeatures &b,
                                    std::span<const Correspondence> pairs)
{
    std::vector<bool> best(pairs.size());
    for (const double scale : {1.0, 0.5, 1 / std::numbers::sqrt2, std::numbers::sqrt2, 2.0})
        for (int turn = 0; turn < 8; ++turn)
            if (auto found = supportedByMotion(a, b, pairs, turn, scale);
                std::ranges::count(found, true) > std::ranges::count(best, true))
                best = std::move(found);
    return best;
}

} // namespace likeness
