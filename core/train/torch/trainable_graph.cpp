#include "core/train/torch/trainable_graph.h"

#include "core/train/initial_network.h"

#include <ATen/CPUGeneratorImpl.h>

namespace likeness {

namespace {

using at::Tensor;

class Evaluation {
public:
    Evaluation(const TrainableNetwork &network, const Tensors &tensors, const GraphMode &mode)
        : m_network(network), m_tensors(tensors), m_mode(mode)
    {
        for (const char *name : tokenParameters)
            if (const auto found = tensors.find(name); found != tensors.end())
                m_special[name] = found->second.reshape({-1, found->second.size(-1)});
    }

    GraphValues run(const Tensor &images)
    {
        const Graph &graph = m_network.graph;
        std::vector<Tensor> values(graph.nodes.size());
        const int last = std::max({graph.vector, m_network.trained, m_mode.cells ? graph.map : -1});
        const std::vector<int> lastUses = lastUsesUpTo(last);
        for (int i = 0; i <= last; ++i) {
            const Node &node = graph.nodes[static_cast<std::size_t>(i)];
            Tensor value = node.op == Op::Image ? images : valueAt(node, values);
            if (i == pooledNode() && m_mode.training && m_mode.dropout > 0)
                value = dropped(value);
            values[static_cast<std::size_t>(i)] = std::move(value);
            for (const int input : node.inputs)
                if (lastUses[static_cast<std::size_t>(input)] == i)
                    values[static_cast<std::size_t>(input)] = Tensor();
        }
        const auto floats = [&](int node) { return values[static_cast<std::size_t>(node)].to(at::kFloat); };
        return {floats(graph.vector), floats(m_network.trained),
                m_mode.cells ? floats(graph.map).flatten(2).transpose(1, 2) : Tensor()};
    }

private:
    /// With a generator of its own: the global one is shared by all threads.
    Tensor dropped(const Tensor &value) const
    {
        const Tensor kept = at::empty(value.sizes(), at::kFloat)
                                .bernoulli_(1 - m_mode.dropout, at::detail::createCPUGenerator(m_mode.seed));
        return value * (kept / (1 - m_mode.dropout)).to(value.device(), value.scalar_type());
    }
    std::vector<int> lastUsesUpTo(int last) const
    {
        std::vector<int> uses(m_network.graph.nodes.size(), -1);
        for (int i = 0; i <= last; ++i)
            for (const int input : m_network.graph.nodes[static_cast<std::size_t>(i)].inputs)
                uses[static_cast<std::size_t>(input)] = i;
        uses[static_cast<std::size_t>(m_network.graph.vector)] = -1;
        uses[static_cast<std::size_t>(m_network.trained)] = -1;
        if (m_mode.cells)
            uses[static_cast<std::size_t>(m_network.graph.map)] = -1;
        return uses;
    }
    /// The first vector: behind it dropout makes two views of one picture differ.
    int pooledNode() const
    {
        for (std::size_t i = 0; i < m_network.graph.nodes.size(); ++i)
            switch (m_network.graph.nodes[i].op) {
            case Op::Mean:
            case Op::Gem:
            case Op::Take:
            case Op::MeanTokens:
            case Op::PoolAttention:
                return static_cast<int>(i);
            default:
                break;
            }
        return -1;
    }
    Tensor named(const std::string &name) const
    {
        const auto found = m_tensors.find(name);
        return found == m_tensors.end() ? Tensor() : found->second;
    }
    Tensor typed(const std::string &name) const
    {
        const Tensor found = named(name);
        return found.defined() ? found.to(m_mode.type) : found;
    }
    Tensor valueAt(const Node &node, const std::vector<Tensor> &values) const
    {
        const Tensor &x = values[static_cast<std::size_t>(node.inputs[0])];
        if (node.op == Op::BatchNorm) {
            const bool batch = m_mode.training && !isFrozen(m_network, node.weights);
            return at::batch_norm(x, named(node.weights + ".weight"), named(node.weights + ".bias"),
                                  named(node.weights + ".running_mean"), named(node.weights + ".running_var"), batch,
                                  0.1, node.value, false);
        }
        const NodeWeights own = node.weights.empty()
                                    ? NodeWeights{}
                                    : NodeWeights{typed(node.weights + ".weight"), typed(node.weights + ".bias")};
        if (node.op == Op::Conv)
            return activated(plainConvolution(x, node, own.weight.contiguous(at::MemoryFormat::ChannelsLast), own.bias),
                             node.activation);
        return valueOf(node, own, values, m_special, m_mode.type,
                       [this](const Node &tokens, std::int64_t h, std::int64_t w) {
                           return positionsFor(tokens, m_special, h, w);
                       });
    }

    const TrainableNetwork &m_network;
    const Tensors &m_tensors;
    GraphMode m_mode;
    SpecialTokens m_special;
};

} // namespace

GraphValues evaluateGraph(const TrainableNetwork &network, const Tensors &tensors, const Tensor &images,
                          const GraphMode &mode)
{
    return Evaluation(network, tensors, mode).run(images);
}

Tensor networkImages(const TrainableNetwork &network, std::span<const std::uint8_t> pixels, int count, int side,
                     at::ScalarType type, const at::Device &device)
{
    const auto three = [&](const std::array<float, 3> &values) {
        return at::tensor({values[0] * 255, values[1] * 255, values[2] * 255}).to(device);
    };
    // Channels last, as they come.
    return at::from_blob(const_cast<std::uint8_t *>(pixels.data()), {count, side, side, 3}, at::kByte)
        .to(device, at::kFloat)
        .sub_(three(network.preprocessing.mean))
        .div_(three(network.preprocessing.deviation))
        .to(type)
        .permute({0, 3, 1, 2});
}

} // namespace likeness
