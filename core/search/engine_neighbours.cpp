// The nearest others of each image of a gallery, from the rows that are kept.
#include "core/base/parallel.h"
#include "core/search/engine.h"
#include "core/vectors/float_rows.h"

#include <algorithm>
#include <atomic>

namespace likeness {

namespace {

constexpr std::int64_t askedRows = 1024; // compared with all rows at once

/// Images that rankers look at, the best first; nothing where a ranker looks at more than the best scores.
std::optional<int> imagesLookedAt(std::span<const std::shared_ptr<const Ranker>> rankers)
{
    int most = 0;
    for (const auto &ranker : rankers) {
        const std::optional<int> seen = ranker->bestScoresSeen();
        if (!seen)
            return std::nullopt;
        most = std::max(most, *seen);
    }
    return most;
}

/// Several rows may have met the same image: its best score counts. The best first.
void keepBestOfEachImage(std::vector<Hit> &nearest)
{
    std::ranges::sort(
        nearest, [](const Hit &a, const Hit &b) { return a.image != b.image ? a.image < b.image : a.score > b.score; });
    const auto repeated = std::ranges::unique(nearest, {}, &Hit::image);
    nearest.erase(repeated.begin(), repeated.end());
    std::ranges::stable_sort(nearest, std::greater{}, &Hit::score);
}

} // namespace

QueryMemo Engine::memoOf(std::size_t image) const
{
    QueryMemo memo;
    memo.features.resize(m_extractor.slotCount());
    for (std::size_t slot = 0; slot < memo.features.size(); ++slot)
        if (const auto column = m_columns.find(m_keys.slots[slot]); column != m_columns.end())
            memo.features[slot] = column->second[image];
    for (std::size_t b = 0; b < m_branches.size(); ++b) {
        std::vector<Features> stages(m_branches[b].transforms.size() + 1);
        for (std::size_t t = 0; t < stages.size(); ++t)
            if (const auto column = m_columns.find(m_keys.columns[b][t]); column != m_columns.end())
                stages[t] = column->second[image];
        memo.stages.push_back(std::move(stages));
    }
    score(memo, Asked::Best); // an index of codes compares those that it finds
    return memo;
}

bool Engine::neighboursByRows(int k, std::vector<Neighbours> &nearest, TaskContext &context) const
{
    const std::optional<int> looked = imagesLookedAt(m_rankers);
    if (m_fusion || !looked)
        return false;
    const Column &column = m_columns.at(m_keys.columns[0].back());
    const std::vector<std::size_t> imageOfRow = column.imageOfRow();
    int mostRows = 1; // of an image: its own rows are among the nearest
    for (std::size_t image = 0; image < column.size(); ++image)
        mostRows = std::max(mostRows, column.rowsOf(image));
    const std::int64_t rows = column.rowCount();
    const auto wanted = static_cast<int>(std::min(rows, (std::int64_t{std::max(k, *looked)} + 1) * mostRows));
    const auto found = [&](std::int64_t row, std::int64_t other, float score) {
        Neighbours &own = nearest[imageOfRow[static_cast<std::size_t>(row)]];
        const std::size_t image = imageOfRow[static_cast<std::size_t>(other)];
        if (image != imageOfRow[static_cast<std::size_t>(row)])
            own.nearest.push_back({static_cast<int>(image), score});
    };
    for (std::int64_t first = 0; first < rows; first += askedRows) {
        context.checkCancelled();
        const std::int64_t count = std::min(askedRows, rows - first);
        if (!m_branches[0].index->nearestRows(first, count, wanted, context, found))
            return false;
        context.progress(first + count, rows);
    }
    for (std::size_t image = 0; image < nearest.size(); ++image) {
        Neighbours &of = nearest[image];
        if (column.rowsOf(image) > 0)
            of.self = floatRows(column[image].rows).rowwise().squaredNorm().maxCoeff();
        keepBestOfEachImage(of.nearest);
        std::vector<float> scores{of.self};
        for (const Hit &hit : of.nearest)
            scores.push_back(hit.score);
        for (const auto &ranker : m_rankers)
            ranker->rerank({}, scores);
        of.self = scores[0];
        for (std::size_t i = 0; i < of.nearest.size(); ++i)
            of.nearest[i].score = scores[i + 1];
        of.nearest.resize(std::min(of.nearest.size(), static_cast<std::size_t>(k)));
    }
    return true;
}

std::vector<Engine::Neighbours> Engine::neighbours(int k, TaskContext &context) const
{
    std::vector<Neighbours> nearest(static_cast<std::size_t>(m_gallery.size()));
    context.stage(QT_TRANSLATE_NOOP("core", "Comparing all images"), 1, 1);
    if (neighboursByRows(k, nearest, context))
        return nearest;
    std::atomic<std::int64_t> done = 0;
    parallelFor(nearest.size(), context, [&](std::size_t own) {
        QueryResult result;
        rerank(memoOf(own), k + 1, result, Asked::All); // it is among them, unless others are as near
        for (const Hit &hit : result.ranking)
            if (static_cast<std::size_t>(hit.image) != own)
                nearest[own].nearest.push_back(hit);
        nearest[own].self = result.scores[own];
        nearest[own].nearest.resize(std::min(nearest[own].nearest.size(), static_cast<std::size_t>(k)));
        context.progress(++done, m_gallery.size());
    });
    return nearest;
}

} // namespace likeness
