#include "core/base/parallel.h"
#include "core/search/persistent_parts.h"

#include <algorithm>

namespace likeness {

namespace {

constexpr std::int64_t askedRows = 1024; // compared with all rows at once

} // namespace

std::vector<std::string> PersistentIndex::names() const
{
    std::vector<std::string> names;
    for (const IndexedImage &image : m_state->images)
        names.push_back(image.name);
    return names;
}

std::vector<std::vector<PersistentIndex::Neighbour>> PersistentIndex::nearestOfEach(int k, TaskContext &task) const
{
    const State &state = *m_state;
    const std::int64_t all = state.manifest.rows;
    std::vector<std::vector<Neighbour>> nearest(state.images.size());
    if (all == 0)
        return nearest;
    task.stage(QT_TRANSLATE_NOOP("core", "Comparing all images"), 1, 1);
    std::int64_t mostRows = 1; // of an image: its own rows are among the nearest
    for (const IndexedImage &image : state.images)
        mostRows = std::max<std::int64_t>(mostRows, image.rows);
    const int looked = static_cast<int>(std::min<std::int64_t>(all, (k + 1) * mostRows));
    const RowSource rows = state.rows();
    for (std::int64_t first = 0; first < all; first += askedRows) {
        task.checkCancelled();
        const std::int64_t count = std::min(askedRows, all - first);
        const FloatRows asked = rows.block(first, count);
        std::vector<std::vector<RowHit>> found(static_cast<std::size_t>(count));
        if (state.codes)
            parallelFor(found.size(), task, [&](std::size_t q) {
                const auto query = asked.row(static_cast<Eigen::Index>(q));
                found[q] = state.codes->search(query, looked);
                scoreExactly(rows, query, found[q]);
            });
        else
            found = nearestByProduct(rows, asked, looked, {}, task);
        for (std::int64_t q = 0; q < count; ++q) {
            const std::size_t own = state.imageOfRow(first + q);
            for (const RowHit &hit : found[static_cast<std::size_t>(q)])
                if (const std::size_t other = state.imageOfRow(hit.row); other != own)
                    nearest[own].push_back({other, hit.score});
        }
        task.progress(first + count, all);
    }
    for (auto &of : nearest) { // several rows may have met the same image
        std::ranges::sort(of, [](const Neighbour &a, const Neighbour &b) {
            return a.image != b.image ? a.image < b.image : a.score > b.score;
        });
        const auto repeated = std::ranges::unique(of, {}, &Neighbour::image);
        of.erase(repeated.begin(), repeated.end());
        std::ranges::stable_sort(of, std::greater{}, &Neighbour::score);
        of.resize(std::min(of.size(), static_cast<std::size_t>(k)));
    }
    return nearest;
}

} // namespace likeness
