#include "core/nets/run/plan.h"

#include <algorithm>

namespace likeness {

namespace {

class Planner {
public:
    Planner(const Graph &graph, std::span<const int> wanted)
        : m_graph(graph), m_needed(graph.nodes.size()), m_users(graph.nodes.size())
    {
        for (const int result : wanted)
            m_needed[static_cast<std::size_t>(result)] = true;
        for (std::size_t i = graph.nodes.size(); i-- > 0;)
            if (m_needed[i])
                for (const int input : graph.nodes[i].inputs)
                    if (input >= 0)
                        m_needed[static_cast<std::size_t>(input)] = true;
        for (std::size_t i = 0; i < graph.nodes.size(); ++i)
            if (m_needed[i])
                for (const int input : graph.nodes[i].inputs)
                    if (input >= 0)
                        m_users[static_cast<std::size_t>(input)].push_back(static_cast<int>(i));
        // What leaves the network is used by the world.
        for (const int result : wanted)
            m_users[static_cast<std::size_t>(result)].push_back(-1);
    }

    std::vector<Step> steps()
    {
        std::vector<Step> all;
        std::vector<bool> covered(m_graph.nodes.size());
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            if (!m_needed[i] || covered[i])
                continue;
            Step step = stepFrom(static_cast<int>(i), covered);
            all.push_back(std::move(step));
        }
        // A step that waits for its residual runs where the residual is ready.
        std::ranges::stable_sort(all, {}, &Step::output);
        noteLastUses(all);
        return all;
    }

private:
    const Node &node(int i) const { return m_graph.nodes[static_cast<std::size_t>(i)]; }
    /// The only user of a result, -1 where there are several or the world uses it.
    int onlyUser(int i) const
    {
        const auto &users = m_users[static_cast<std::size_t>(i)];
        return users.size() == 1 ? users[0] : -1;
    }

    Step stepFrom(int i, std::vector<bool> &covered)
    {
        Step step{.node = i, .inputs = node(i).inputs, .output = i, .activation = node(i).activation};
        if (node(i).op != Op::Conv)
            return step;
        const auto follow = [&](Op op) {
            const int next = onlyUser(step.output);
            return next >= 0 && node(next).op == op ? next : -1;
        };
        const auto cover = [&](int next) {
            covered[static_cast<std::size_t>(next)] = true;
            step.output = next;
        };
        if (const int norm = follow(Op::BatchNorm); norm >= 0) {
            step.norm = norm;
            cover(norm);
        }
        if (const int sum = follow(Op::Add); sum >= 0 && node(sum).inputs[0] == step.output) {
            step.residual = node(sum).inputs[1];
            cover(sum);
        }
        if (const int activate = follow(Op::Activate); activate >= 0) {
            step.activation = node(activate).activation;
            cover(activate);
        }
        if (const int quantise = follow(Op::Quantise); quantise >= 0) {
            step.quantisation = node(quantise).quantisation;
            cover(quantise);
        }
        return step;
    }

    void noteLastUses(std::vector<Step> &all) const
    {
        std::vector<int> last(m_graph.nodes.size(), -1);
        for (std::size_t s = 0; s < all.size(); ++s) {
            for (const int input : all[s].inputs)
                if (input >= 0)
                    last[static_cast<std::size_t>(input)] = static_cast<int>(s);
            if (all[s].residual >= 0)
                last[static_cast<std::size_t>(all[s].residual)] = static_cast<int>(s);
        }
        for (std::size_t i = 0; i < last.size(); ++i)
            if (last[i] >= 0 && std::ranges::find(m_users[i], -1) == m_users[i].end())
                all[static_cast<std::size_t>(last[i])].lastUses.push_back(static_cast<int>(i));
        for (Step &step : all)
            step.mayOverwriteResidual = step.residual >= 0 && step.inputs[0] != step.residual &&
                                        std::ranges::find(step.lastUses, step.residual) != step.lastUses.end();
    }

    const Graph &m_graph;
    std::vector<bool> m_needed;
    std::vector<std::vector<int>> m_users;
};

} // namespace

std::vector<Step> planned(const Graph &graph, std::span<const int> wanted)
{
    return Planner(graph, wanted).steps();
}

} // namespace likeness
