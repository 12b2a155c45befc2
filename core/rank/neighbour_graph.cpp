#include "core/rank/neighbour_graph.h"
#include "core/index/index.h"

#include "core/base/parallel.h"
#include "core/index/cosine_index.h"

#include <atomic>

namespace likeness {

std::vector<Ranking> neighbourGraph(std::span<const Features> gallery, int k, FitContext &context)
{
    const auto index = makeCosineIndex({});
    index->build(gallery, context);
    std::vector<Ranking> graph(gallery.size());
    std::atomic<std::int64_t> done = 0;
    parallelFor(gallery.size(), context.task, [&](std::size_t i) {
        std::vector<float> scores(gallery.size());
        index->scores(gallery[i], scores);
        scores[i] = noScore;
        graph[i] = ranked(scores, k);
        context.task.progress(++done, static_cast<std::int64_t>(gallery.size()));
    });
    return graph;
}

} // namespace likeness
