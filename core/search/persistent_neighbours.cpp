#include "core/base/parallel.h"
#include "core/rank/ranking.h"
#include "core/rank/score_normalisation.h"
#include "core/search/persistent_parts.h"

#include <algorithm>
#include <atomic>

namespace likeness {

namespace {

constexpr std::int64_t askedRows = 1024; // compared with all rows at once

/// Images that the rankers look at, the best first.
int imagesLookedAt(const Recipe &recipe)
{
    int most = 0;
    for (const RankerChoice &choice : recipe.rankers) {
        const auto options = optionsFrom<ScoreNormalisationOptions>(choice.ranker.params);
        most = std::max(most, options.skip + options.count);
    }
    return most;
}

/// Several rows may have met the same image: its best score counts. The best first.
void keepBestOfEachImage(std::vector<PersistentIndex::Neighbour> &nearest)
{
    using Neighbour = PersistentIndex::Neighbour;
    std::ranges::sort(nearest, [](const Neighbour &a, const Neighbour &b) {
        return a.image != b.image ? a.image < b.image : a.score > b.score;
    });
    const auto repeated = std::ranges::unique(nearest, {}, &Neighbour::image);
    nearest.erase(repeated.begin(), repeated.end());
    std::ranges::stable_sort(nearest, std::greater{}, &Neighbour::score);
}

/// An image is its own best answer; rankers that are kept on disk look at the best scores alone.
void rerankNeighbours(PersistentIndex::Neighbours &of, const std::vector<std::unique_ptr<Ranker>> &rankers)
{
    std::vector<float> scores{of.self};
    for (const auto &neighbour : of.nearest)
        scores.push_back(neighbour.score);
    for (const auto &ranker : rankers)
        ranker->rerank({}, scores);
    of.self = scores[0];
    for (std::size_t i = 0; i < of.nearest.size(); ++i)
        of.nearest[i].score = scores[i + 1];
}

} // namespace

std::vector<std::string> PersistentIndex::names() const
{
    std::vector<std::string> names;
    for (const IndexedImage &image : m_state->images)
        names.push_back(image.name);
    return names;
}

std::vector<PersistentIndex::Neighbours> PersistentIndex::State::searchedNeighbours(int k, TaskContext &task) const
{
    std::vector<Neighbours> nearest(images.size());
    std::atomic<std::int64_t> done = 0;
    parallelFor(images.size(), task, [&](std::size_t own) {
        FloatRows asked = rows().block(images[own].firstRow, images[own].rows);
        if (asked.rows() == 0)
            return;
        const Features query{
            .rows = cv::Mat(static_cast<int>(asked.rows()), static_cast<int>(asked.cols()), CV_32F, asked.data())};
        const std::vector<float> found = scores(query, codes && k < plan->options.candidates);
        for (const Hit &hit : ranked(found, k + 1)) // it is among them, unless others are as near
            if (const auto other = static_cast<std::size_t>(hit.image); other != own)
                nearest[own].nearest.push_back({other, hit.score});
        nearest[own].self = found[own];
        nearest[own].nearest.resize(std::min(nearest[own].nearest.size(), static_cast<std::size_t>(k)));
        task.progress(++done, static_cast<std::int64_t>(images.size()));
    });
    return nearest;
}

std::vector<PersistentIndex::Neighbours> PersistentIndex::nearestOfEach(int k, TaskContext &task) const
{
    const State &state = *m_state;
    const std::int64_t all = state.manifest.rows;
    std::vector<Neighbours> nearest(state.images.size());
    if (all == 0)
        return nearest;
    task.stage(QT_TRANSLATE_NOOP("core", "Comparing all images"), 1, 1);
    if (state.fusion)
        return state.searchedNeighbours(k, task);
    std::int64_t mostRows = 1; // of an image: its own rows are among the nearest
    for (const IndexedImage &image : state.images)
        mostRows = std::max<std::int64_t>(mostRows, image.rows);
    const std::int64_t wanted = std::max(k, imagesLookedAt(state.manifest.recipe)) + 1;
    const int looked = static_cast<int>(std::min(all, wanted * mostRows));
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
            found = nearestByProduct(rows, asked, looked, task);
        for (std::int64_t q = 0; q < count; ++q) {
            const std::size_t own = state.imageOfRow(first + q);
            nearest[own].self = std::max(nearest[own].self, asked.row(q).squaredNorm());
            for (const RowHit &hit : found[static_cast<std::size_t>(q)])
                if (const std::size_t other = state.imageOfRow(hit.row); other != own)
                    nearest[own].nearest.push_back({other, hit.score});
        }
        task.progress(first + count, all);
    }
    for (Neighbours &of : nearest) {
        keepBestOfEachImage(of.nearest);
        rerankNeighbours(of, state.rankers);
        of.nearest.resize(std::min(of.nearest.size(), static_cast<std::size_t>(k)));
    }
    return nearest;
}

} // namespace likeness
