#include "core/vectors/row_neighbours.h"

#include "core/vectors/float_rows.h"

#include <algorithm>

namespace likeness {

std::vector<RowNeighbour> nearestRows(const Column &gallery, const Eigen::RowVectorXf &query, int k)
{
    const Eigen::VectorXf scores = floatRows(gallery.matrix()) * query.transpose();
    std::vector<RowNeighbour> best;
    for (std::size_t image = 0; image < gallery.size(); ++image) {
        const auto begin = static_cast<int>(gallery.firstRow(image)), count = gallery.rowsOf(image);
        if (count == 0)
            continue;
        Eigen::Index at = 0;
        const float score = scores.segment(begin, count).maxCoeff(&at);
        best.push_back({static_cast<int>(image), begin + static_cast<int>(at), score});
    }
    const auto kept = std::min(best.size(), static_cast<std::size_t>(k));
    std::ranges::partial_sort(best, best.begin() + static_cast<std::ptrdiff_t>(kept),
                              [](const RowNeighbour &a, const RowNeighbour &b) {
                                  return a.score != b.score ? a.score > b.score : a.image < b.image;
                              });
    best.resize(kept);
    return best;
}

} // namespace likeness
