#include "core/rank/diffusion.h"

#include "core/index/index.h"
#include "core/rank/neighbour_graph.h"

#include <Eigen/IterativeLinearSolvers>
#include <Eigen/SparseCore>
#include <algorithm>
#include <cmath>

namespace likeness {

namespace {

using Sparse = Eigen::SparseMatrix<double>;

class Diffusion final : public Ranker {
public:
    explicit Diffusion(const DiffusionOptions &options) : m_options(options) {}
    bool accepts(FeatureType type) const override { return type == FeatureType::Vector; }

    void build(const Column &gallery, FeatureType, FitContext &context) override
    {
        setGraph(neighbourGraph(gallery, m_options.neighbours, context));
    }
    bool hasState() const override { return true; }
    void save(const std::filesystem::path &file) const override { saveGraph(m_graph, file); }
    void restore(const Column &gallery, FeatureType, const std::filesystem::path &file, FitContext &) override
    {
        setGraph(readGraph(file, gallery.size()));
    }

    std::vector<std::pair<int, int>> rerank(const Features &query, std::span<float> scores) const override
    {
        const Ranking best = ranked(scores, m_options.candidates);
        if (best.empty() || query.rows.empty())
            return {};
        const Eigen::VectorXd spread = solved(best);
        const double top = spread.maxCoeff();
        if (!(top > 0))
            return {};
        const float worst = best.back().score;
        for (float &score : scores)
            if (score > noScore)
                score = std::min(score, worst) - 2; // the rest keeps its order below
        for (std::size_t i = 0; i < best.size(); ++i)
            scores[static_cast<std::size_t>(best[i].image)] =
                static_cast<float>(spread[static_cast<Eigen::Index>(i)] / top * best[0].score);
        return {};
    }

private:
    void setGraph(std::vector<Ranking> graph)
    {
        m_graph = std::move(graph);
        // Mutual neighbours only: an image that is near to everything drags nobody along.
        m_affinities.assign(m_graph.size(), {});
        m_degrees.assign(m_graph.size(), 0);
        for (std::size_t i = 0; i < m_graph.size(); ++i)
            for (const Hit &hit : m_graph[i]) {
                const Ranking &theirs = m_graph[static_cast<std::size_t>(hit.image)];
                if (std::ranges::find(theirs, static_cast<int>(i), &Hit::image) == theirs.end())
                    continue;
                m_affinities[i].push_back({hit.image, affinity(hit.score)});
                m_degrees[i] += affinity(hit.score);
            }
    }

    double affinity(float cosine) const { return std::pow(std::max(0.0, double{cosine}), m_options.gamma); }

    Eigen::VectorXd solved(const Ranking &candidates) const
    {
        const auto n = static_cast<Eigen::Index>(candidates.size());
        std::vector<int> placeOf(m_graph.size(), -1);
        for (std::size_t i = 0; i < candidates.size(); ++i)
            placeOf[static_cast<std::size_t>(candidates[i].image)] = static_cast<int>(i);
        std::vector<Eigen::Triplet<double>> entries;
        Eigen::VectorXd start = Eigen::VectorXd::Zero(n);
        for (int i = 0; i < static_cast<int>(n); ++i) {
            const Hit &hit = candidates[static_cast<std::size_t>(i)];
            const auto image = static_cast<std::size_t>(hit.image);
            entries.emplace_back(i, i, 1.0);
            if (i < m_options.neighbours)
                start[i] = affinity(hit.score);
            for (const auto &[other, weight] : m_affinities[image])
                if (const int at = placeOf[static_cast<std::size_t>(other)]; at >= 0)
                    entries.emplace_back(i, at,
                                         -m_options.alpha * weight /
                                             std::sqrt(m_degrees[image] * m_degrees[static_cast<std::size_t>(other)]));
        }
        Sparse system(n, n);
        system.setFromTriplets(entries.begin(), entries.end());
        Eigen::ConjugateGradient<Sparse, Eigen::Lower | Eigen::Upper> solver;
        solver.setMaxIterations(50);
        solver.setTolerance(1e-6);
        solver.compute(system);
        return solver.solve(start);
    }

    DiffusionOptions m_options;
    std::vector<Ranking> m_graph;
    std::vector<std::vector<std::pair<int, double>>> m_affinities;
    std::vector<double> m_degrees;
};

} // namespace

std::unique_ptr<Ranker> makeDiffusion(const DiffusionOptions &options)
{
    return std::make_unique<Diffusion>(options);
}

} // namespace likeness
