#include "core/rank/reciprocal_neighbours.h"

#include "core/base/parallel.h"
#include "core/index/index.h"
#include "core/rank/neighbour_graph.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace likeness {

namespace {

/// Weights of neighbours by image; the query is image `queryImage`.
using Neighbourhood = std::map<int, float>;
constexpr int queryImage = -1;

float weightOf(float cosine)
{
    return std::exp(cosine - 1); // of half the squared distance of unit vectors
}

void divideBy(Neighbourhood &vector, float length)
{
    for (auto &[image, weight] : vector)
        weight /= length;
}

/// 1 - sum of smaller / sum of larger entries.
float jaccardDistance(const Neighbourhood &a, const Neighbourhood &b)
{
    float smaller = 0, larger = 0;
    for (const auto &[image, weight] : a) {
        const auto other = b.find(image);
        const float theirs = other == b.end() ? 0 : other->second;
        smaller += std::min(weight, theirs);
        larger += std::max(weight, theirs);
    }
    for (const auto &[image, weight] : b)
        if (!a.contains(image))
            larger += weight;
    return larger > 0 ? 1 - smaller / larger : 1;
}

class ReciprocalNeighbours final : public Ranker {
public:
    explicit ReciprocalNeighbours(const ReciprocalNeighboursOptions &options) : m_options(options) {}
    bool accepts(FeatureType type) const override { return type == FeatureType::Vector; }

    void build(const Column &gallery, FeatureType, FitContext &context) override
    {
        setGraph(neighbourGraph(gallery, m_options.neighbours, context), context.task);
    }
    bool hasState() const override { return true; }
    void save(const std::filesystem::path &file) const override { saveGraph(m_graph, file); }
    void restore(const Column &gallery, FeatureType, const std::filesystem::path &file, FitContext &context) override
    {
        setGraph(readGraph(file, gallery.size()), context.task);
    }

    std::vector<std::pair<int, int>> rerank(const Features &query, std::span<float> scores) const override
    {
        const Ranking best = ranked(scores, std::max(m_options.candidates, m_options.neighbours));
        if (best.empty() || query.rows.empty())
            return {};
        const Ranking near(best.begin(),
                           best.begin() + std::min<std::ptrdiff_t>(std::ssize(best), m_options.neighbours));
        const Neighbourhood own = averaged(m_vectors, neighbourhood(queryImage, near), near);
        // Those behind the candidates keep their order below them.
        const auto share = static_cast<float>(m_options.weight);
        for (float &score : scores)
            if (score > noScore)
                score = (1 - share) * score - 1;
        const auto count = std::min(best.size(), static_cast<std::size_t>(m_options.candidates));
        for (std::size_t i = 0; i < count; ++i) {
            const auto image = static_cast<std::size_t>(best[i].image);
            scores[image] = share * (1 - jaccardDistance(own, m_vectors[image])) + (1 - share) * best[i].score;
        }
        return {};
    }

private:
    void setGraph(std::vector<Ranking> graph, TaskContext &task)
    {
        m_graph = std::move(graph);
        std::vector<Neighbourhood> own(m_graph.size());
        parallelFor(own.size(), task, [&](std::size_t i) { own[i] = neighbourhood(static_cast<int>(i), m_graph[i]); });
        m_vectors.resize(own.size());
        parallelFor(own.size(), task, [&](std::size_t i) { m_vectors[i] = averaged(own, own[i], m_graph[i]); });
    }

    /// Whether `image` is among the first k of `other` as well. The query, which is no part of the gallery, is where
    /// its score would put it.
    bool isMutual(int image, const Hit &other, std::size_t k) const
    {
        const Ranking &theirs = m_graph[static_cast<std::size_t>(other.image)];
        const std::size_t count = std::min(k, theirs.size());
        if (image == queryImage)
            return count == 0 || other.score >= theirs[count - 1].score;
        return std::any_of(theirs.begin(), theirs.begin() + static_cast<std::ptrdiff_t>(count),
                           [image](const Hit &hit) { return hit.image == image; });
    }

    std::vector<Hit> reciprocal(int image, const Ranking &near, std::size_t k) const
    {
        std::vector<Hit> mutual;
        for (std::size_t i = 0; i < std::min(k, near.size()); ++i)
            if (isMutual(image, near[i], k))
                mutual.push_back(near[i]);
        return mutual;
    }

    Neighbourhood neighbourhood(int image, const Ranking &near) const
    {
        const auto k = static_cast<std::size_t>(m_options.neighbours);
        const std::vector<Hit> mutual = reciprocal(image, near, k);
        Neighbourhood vector{{image, 1.f}}; // each is its own nearest
        for (const Hit &hit : mutual)
            vector[hit.image] = weightOf(hit.score);
        for (const Hit &hit : mutual) {
            const std::vector<Hit> theirs = reciprocal(hit.image, m_graph[static_cast<std::size_t>(hit.image)], k / 2);
            const auto shared = std::ranges::count_if(theirs, [&](const Hit &h) { return vector.contains(h.image); });
            if (3 * shared < 2 * std::ssize(theirs))
                continue;
            for (const Hit &far : theirs)
                if (const auto known = std::ranges::find(near, far.image, &Hit::image); known != near.end())
                    vector.emplace(far.image, weightOf(known->score));
        }
        float sum = 0;
        for (const auto &[other, weight] : vector)
            sum += weight;
        divideBy(vector, sum);
        return vector;
    }

    /// Mean of an image's vector and those of its nearest.
    Neighbourhood averaged(const std::vector<Neighbourhood> &all, Neighbourhood own, const Ranking &near) const
    {
        const auto count = std::min(near.size(), static_cast<std::size_t>(m_options.average - 1));
        for (std::size_t i = 0; i < count; ++i)
            for (const auto &[image, weight] : all[static_cast<std::size_t>(near[i].image)])
                own[image] += weight;
        divideBy(own, static_cast<float>(count + 1));
        return own;
    }

    ReciprocalNeighboursOptions m_options;
    std::vector<Ranking> m_graph;
    std::vector<Neighbourhood> m_vectors;
};

} // namespace

std::unique_ptr<Ranker> makeReciprocalNeighbours(const ReciprocalNeighboursOptions &options)
{
    return std::make_unique<ReciprocalNeighbours>(options);
}

} // namespace likeness
