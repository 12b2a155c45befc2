#pragma once

#include "core/nets/run/network.h"
#include "core/nets/run/plan.h"
#include "core/nets/torch/fused_convolution.h"
#include "core/nets/torch/operations.h"

#include <ATen/ATen.h>
#include <functional>
#include <map>
#include <mutex>
#include <span>

namespace likeness {

/// What is done, in order, and what of it is asked for.
struct Plan {
    Plan(const Graph &graph, std::vector<int> wanted) : results(std::move(wanted)), steps(planned(graph, results)) {}
    std::vector<int> results;
    std::vector<Step> steps;
};

/// A graph with its weights. Callable from many threads; each call uses one.
class Evaluator {
public:
    /// By its name; undefined where there is none.
    using ParameterNamed = std::function<at::Tensor(const std::string &name)>;
    /// All results of an operator (Op::Operator).
    using RunOperator = std::function<std::vector<at::Tensor>(const OnnxNode &, std::span<const at::Tensor> inputs)>;
    /// Loads what the steps of `plan` need.
    Evaluator(Graph graph, const Plan &plan, const ParameterNamed &parameter, bool bf16, NetworkDevice device,
              RunOperator runOperator = {});

    at::Device device() const { return m_device; }
    at::ScalarType type() const { return m_type; } ///< of what is calculated: float or bfloat16
    const Graph &graph() const { return m_graph; }
    /// Told of the value of each node, where that is asked for.
    using Observer = std::function<void(int node, const at::Tensor &value)>;
    /// The results of a plan over this graph, for the inputs (Op::Image, Op::Words) by their index.
    std::vector<at::Tensor> evaluated(const Plan &plan, std::span<const at::Tensor> inputs,
                                      const Observer &observer = {}) const;

private:
    struct Weights : NodeWeights {
        std::unique_ptr<FusedConvolution> convolution;
    };

    void load(const Step &step, const ParameterNamed &parameter);
    void loadConvolution(const Step &step, const ParameterNamed &parameter, Weights &own);
    at::Tensor valueAt(const Step &step, std::vector<at::Tensor> &values) const;
    void runOperator(int at, std::vector<at::Tensor> &values) const;
    at::Tensor convolved(const Step &step, const at::Tensor &x, const at::Tensor &residual) const;
    at::Tensor plainlyConvolved(const Step &step, const at::Tensor &x, const at::Tensor &residual) const;
    at::Tensor positionsOf(const Node &node, std::int64_t h, std::int64_t w) const;
    const Node &node(int i) const { return m_graph.nodes[static_cast<std::size_t>(i)]; }

    bool m_fused; ///< convolutions by oneDNN, on the processor
    at::Device m_device;
    at::ScalarType m_type;
    Graph m_graph;
    RunOperator m_runOperator;
    std::vector<Weights> m_weights;
    SpecialTokens m_special;
    mutable std::mutex m_mutex;
    mutable std::map<std::pair<std::int64_t, std::int64_t>, at::Tensor> m_positions;
};

} // namespace likeness
