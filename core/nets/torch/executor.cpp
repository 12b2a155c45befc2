// Runs a Graph with ATen, for its answers only.
#include "core/base/error.h"
#include "core/nets/run/network.h"
#include "core/nets/run/plan.h"
#include "core/nets/torch/activation_memory.h"
#include "core/nets/torch/device.h"
#include "core/nets/torch/errors.h"
#include "core/nets/torch/fused_convolution.h"
#include "core/nets/torch/operations.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <map>
#include <mutex>

namespace likeness {

namespace {

using at::Tensor;

struct Weights : NodeWeights {
    std::unique_ptr<FusedConvolution> convolution;
};

class Executor final : public Network {
public:
    Executor(const Graph &graph, const Parameters &parameters, std::shared_ptr<const WeightFile> file, bool bf16,
             NetworkDevice device)
        : m_fused(device == NetworkDevice::Cpu),
          m_device(torchDevice(device)),
          m_type(bf16 ? at::kBFloat16 : at::kFloat),
          m_file(std::move(file)),
          m_graph(graph),
          m_steps(planned(graph, false)),
          m_stepsWithMap(planned(graph, true))
    {
        c10::InferenceMode inference;
        m_weights.resize(graph.nodes.size());
        for (const Step &step : m_stepsWithMap)
            load(step, parameters);
        for (const char *name : {"class", "registers", "position", "segment"})
            if (const auto found = parameters.find(name); found != parameters.end())
                m_special[name] = tensorOf(found->second).reshape({-1, found->second.shape().back()}).to(m_device);
    }

    NetworkOutput run(std::span<const float> images, int side, bool withMaps) const override
    {
        return asOwnErrors([&] { return answered(images, side, withMaps); });
    }

    cv::Mat runText(std::span<const std::vector<int>> words) const override
    {
        return asOwnErrors([&] { return answered(words); });
    }

private:
    NetworkOutput answered(std::span<const float> images, int side, bool withMaps) const
    {
        c10::InferenceMode inference;
        at::set_num_threads(1);
        const auto count = static_cast<std::int64_t>(images.size()) / (3 * side * side);
        const Tensor input = at::from_blob(const_cast<float *>(images.data()), {count, 3, side, side}, at::kFloat)
                                 .to(m_device, m_type)
                                 .contiguous(at::MemoryFormat::ChannelsLast);
        const auto [vectors, maps] = evaluated(input, withMaps);
        NetworkOutput output{matrixOf(vectors), {}, {}};
        if (withMaps) {
            const Tensor places = maps.permute({0, 2, 3, 1}).contiguous().flatten(1, 2);
            for (std::int64_t i = 0; i < count; ++i)
                output.maps.push_back(matrixOf(places[i]));
            output.mapSize = {static_cast<int>(maps.size(3)), static_cast<int>(maps.size(2))};
        }
        return output;
    }

    cv::Mat answered(std::span<const std::vector<int>> words) const
    {
        c10::InferenceMode inference;
        at::set_num_threads(1);
        std::vector<std::int64_t> flat;
        for (const auto &row : words)
            flat.insert(flat.end(), row.begin(), row.end());
        const Tensor input = at::tensor(flat).reshape({static_cast<std::int64_t>(words.size()), -1}).to(m_device);
        return matrixOf(evaluated(input, false).first);
    }

    static Tensor tensorOf(const Parameter &parameter)
    {
        if (const auto there = parameter.inPlace(); !there.empty())
            return at::from_blob(const_cast<float *>(there.data()), parameter.shape(), at::kFloat);
        std::vector<float> values = parameter.values();
        return at::from_blob(values.data(), parameter.shape(), at::kFloat).clone();
    }
    static cv::Mat matrixOf(const Tensor &rows)
    {
        const Tensor flat = rows.to(at::kCPU, at::kFloat).contiguous();
        return cv::Mat(static_cast<int>(flat.size(0)), static_cast<int>(flat.size(1)), CV_32F, flat.data_ptr<float>())
            .clone();
    }

    static Tensor named(const Parameters &parameters, const std::string &name)
    {
        const auto found = parameters.find(name);
        return found == parameters.end() ? Tensor() : tensorOf(found->second);
    }

    void load(const Step &step, const Parameters &parameters)
    {
        const Node &node = m_graph.nodes[static_cast<std::size_t>(step.node)];
        if (node.weights.empty())
            return;
        Weights &own = m_weights[static_cast<std::size_t>(step.node)];
        own.weight = named(parameters, node.weights + ".weight");
        own.bias = named(parameters, node.weights + ".bias");
        if (node.op != Op::Conv) {
            own.weight = own.weight.to(m_device, m_type);
            if (own.bias.defined())
                own.bias = own.bias.to(m_device, m_type);
            return;
        }
        if (step.norm >= 0) {
            // (x - mean) / sqrt(variance + eps) * weight + bias
            const Node &norm = m_graph.nodes[static_cast<std::size_t>(step.norm)];
            const Tensor factor = named(parameters, norm.weights + ".weight") /
                                  (named(parameters, norm.weights + ".running_var") + norm.value).sqrt();
            const Tensor bias = own.bias.defined() ? own.bias : at::zeros_like(factor);
            own.bias = named(parameters, norm.weights + ".bias") +
                       (bias - named(parameters, norm.weights + ".running_mean")) * factor;
            own.weight = (own.weight * factor.reshape({-1, 1, 1, 1})).contiguous();
        }
        if (!m_fused) {
            own.weight = own.weight.to(m_device, m_type).contiguous(at::MemoryFormat::ChannelsLast);
            if (own.bias.defined())
                own.bias = own.bias.to(m_device, m_type);
            return;
        }
        const bool fused = FusedConvolution::supports(step.activation);
        const auto spanOf = [](const Tensor &t) {
            return t.defined() ? std::span(t.data_ptr<float>(), static_cast<std::size_t>(t.numel()))
                               : std::span<float>();
        };
        own.convolution = std::make_unique<FusedConvolution>(
            spanOf(own.weight), std::span(own.weight.sizes().begin(), own.weight.sizes().end()), spanOf(own.bias),
            node.stride, node.padding, node.groups, fused ? step.activation : Activation::None, step.residual >= 0,
            m_type == at::kBFloat16);
        own.weight = own.bias = Tensor(); // it has its own copy
    }

    std::pair<Tensor, Tensor> evaluated(const Tensor &input, bool withMaps) const
    {
        std::vector<Tensor> values(m_graph.nodes.size());
        const auto convolve = m_fused ? &Executor::convolved : &Executor::plainlyConvolved;
        const auto at = [&](int i) -> Tensor & { return values[static_cast<std::size_t>(i)]; };
        for (const Step &step : withMaps ? m_stepsWithMap : m_steps) {
            const Node &node = m_graph.nodes[static_cast<std::size_t>(step.node)];
            if (node.op == Op::Image || node.op == Op::Words)
                at(step.output) = input;
            else if (node.op == Op::Conv)
                at(step.output) =
                    (this->*convolve)(step, at(step.inputs[0]), step.residual < 0 ? Tensor() : at(step.residual));
            else
                at(step.output) = valueOf(
                    node, m_weights[static_cast<std::size_t>(step.node)], values, m_special, m_type,
                    [this](const Node &tokens, std::int64_t h, std::int64_t w) { return positionsOf(tokens, h, w); });
            for (const int used : step.lastUses)
                at(used) = Tensor();
        }
        return {at(m_graph.vector), withMaps ? at(m_graph.map) : Tensor()};
    }

    Tensor convolved(const Step &step, const Tensor &x, const Tensor &residual) const
    {
        const Tensor image = x.contiguous(at::MemoryFormat::ChannelsLast);
        const FusedConvolution &convolution = *m_weights[static_cast<std::size_t>(step.node)].convolution;
        const FusedConvolution::Shape in{image.size(0), image.size(1), image.size(2), image.size(3)};
        const auto [n, c, h, w] = convolution.resultShape(in);
        Tensor result;
        if (step.residual >= 0)
            requireResidual(residual, {n, c, h, w});
        if (step.residual >= 0)
            result = step.mayOverwriteResidual ? residual : residual.clone(at::MemoryFormat::ChannelsLast);
        else
            result = at::empty({n, c, h, w}, at::TensorOptions(m_type).memory_format(at::MemoryFormat::ChannelsLast));
        convolution.run(in, image.data_ptr(), result.data_ptr());
        return FusedConvolution::supports(step.activation) ? result : activated(result, step.activation);
    }

    static void requireResidual(const Tensor &residual, at::IntArrayRef sizes)
    {
        // Forged kernels make the two branches of a block differ in size: nothing may be written beyond the smaller.
        if (residual.sizes() != sizes)
            throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "the branches of a block have different sizes"),
                        {});
    }

    /// By LibTorch itself, wherever it runs.
    Tensor plainlyConvolved(const Step &step, const Tensor &x, const Tensor &residual) const
    {
        const Node &node = m_graph.nodes[static_cast<std::size_t>(step.node)];
        const Weights &own = m_weights[static_cast<std::size_t>(step.node)];
        Tensor result = plainConvolution(x, node, own.weight, own.bias);
        if (step.residual >= 0) {
            requireResidual(residual, result.sizes());
            result.add_(residual);
        }
        return activated(result, step.activation);
    }

    Tensor positionsOf(const Node &node, std::int64_t h, std::int64_t w) const
    {
        const std::lock_guard lock(m_mutex);
        Tensor &known = m_positions[{h, w}];
        if (!known.defined())
            known = positionsFor(node, m_special, h, w).to(m_type);
        return known;
    }

    bool m_fused; ///< convolutions by oneDNN, on the processor
    at::Device m_device;
    at::ScalarType m_type;
    std::shared_ptr<const WeightFile> m_file; // holds the weights that were not copied
    Graph m_graph;
    std::vector<Weights> m_weights;
    std::vector<Step> m_steps, m_stepsWithMap;
    SpecialTokens m_special;
    mutable std::mutex m_mutex;
    mutable std::map<std::pair<std::int64_t, std::int64_t>, Tensor> m_positions;
};

} // namespace

} // namespace likeness

extern "C" __attribute__((visibility("default"))) likeness::Network *
likenessMakeNetwork(const likeness::Graph &graph, const likeness::Parameters &parameters,
                    std::shared_ptr<const likeness::WeightFile> file, bool bf16, likeness::NetworkDevice device)
{
    likeness::keepActivationMemory();
    return likeness::asOwnErrors(
        [&] { return new likeness::Executor(graph, parameters, std::move(file), bf16, device); });
}
