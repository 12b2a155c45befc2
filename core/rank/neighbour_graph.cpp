#include "core/rank/neighbour_graph.h"

#include "core/base/array_file.h"
#include "core/base/parallel.h"
#include "core/index/cosine_index.h"

#include <atomic>

namespace likeness {

std::vector<Ranking> neighbourGraph(const Column &gallery, int k, FitContext &context)
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

std::vector<Ranking> readGraph(const std::filesystem::path &file, std::size_t images)
{
    ArrayFileReader reader(file);
    std::vector<Ranking> graph(images);
    for (Ranking &ranking : graph) {
        const auto neighbours = reader.take<int>();
        const auto scores = reader.take<float>();
        if (neighbours.size() != scores.size())
            reader.refuse();
        for (std::size_t i = 0; i < neighbours.size(); ++i) {
            if (neighbours[i] < 0 || static_cast<std::size_t>(neighbours[i]) >= images)
                reader.refuse();
            ranking.push_back({neighbours[i], scores[i]});
        }
    }
    return graph;
}

void saveGraph(const std::vector<Ranking> &graph, const std::filesystem::path &file)
{
    ArrayFileWriter writer(file);
    for (const Ranking &ranking : graph) {
        std::vector<int> neighbours;
        std::vector<float> scores;
        for (const Hit &hit : ranking) {
            neighbours.push_back(hit.image);
            scores.push_back(hit.score);
        }
        writer.put(neighbours);
        writer.put(scores);
    }
    writer.finish();
}

} // namespace likeness
