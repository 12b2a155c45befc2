#include "core/nets/torch/evaluator.h"

#include "core/base/error.h"
#include "core/nets/torch/device.h"

#include <c10/core/InferenceMode.h>

namespace likeness {

namespace {

using at::Tensor;

void requireResidual(const Tensor &residual, at::IntArrayRef sizes)
{
    // Forged kernels make the two branches of a block differ in size: nothing may be written beyond the smaller.
    if (residual.sizes() != sizes)
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "the branches of a block have different sizes"), {});
}

/// (x - mean) / sqrt(variance + eps) * weight + bias as one factor and what is added, for a value x that is a sum with
/// `before`.
std::pair<Tensor, Tensor> affineOf(const Node &norm, const Evaluator::ParameterNamed &parameter, const Tensor &before)
{
    const Tensor factor =
        parameter(norm.weights + ".weight") / (parameter(norm.weights + ".running_var") + norm.value).sqrt();
    const Tensor first = before.defined() ? before : at::zeros_like(factor);
    return {factor, parameter(norm.weights + ".bias") + (first - parameter(norm.weights + ".running_mean")) * factor};
}

} // namespace

Evaluator::Evaluator(Graph graph, const Plan &plan, const ParameterNamed &parameter, bool bf16, NetworkDevice device,
                     RunOperator runOperator)
    : m_fused(device == NetworkDevice::Cpu),
      m_device(torchDevice(device)),
      m_type(bf16 ? at::kBFloat16 : at::kFloat),
      m_graph(std::move(graph)),
      m_runOperator(std::move(runOperator))
{
    const c10::InferenceMode inference;
    m_weights.resize(m_graph.nodes.size());
    for (const Step &step : plan.steps)
        load(step, parameter);
    for (const char *name : tokenParameters)
        if (const Tensor found = parameter(name); found.defined())
            m_special[name] = found.reshape({-1, found.size(-1)}).to(m_device);
}

void Evaluator::load(const Step &step, const ParameterNamed &parameter)
{
    const Node &at = node(step.node);
    if (at.weights.empty())
        return;
    Weights &own = m_weights[static_cast<std::size_t>(step.node)];
    if (at.op == Op::Constant) {
        own.weight = parameter(at.weights);
        // Lists of sizes and places are read on the processor, wherever the network runs.
        if (own.weight.scalar_type() == at::kFloat)
            own.weight = own.weight.to(m_device, m_type);
        return;
    }
    if (at.op == Op::BatchNorm) { // behind no convolution
        const auto [factor, added] = affineOf(at, parameter, {});
        own.weight = factor.reshape({1, -1, 1, 1}).to(m_device, m_type);
        own.bias = added.reshape({1, -1, 1, 1}).to(m_device, m_type);
        return;
    }
    own.weight = parameter(at.weights + ".weight");
    own.bias = parameter(at.weights + ".bias");
    if (at.op == Op::Conv)
        return loadConvolution(step, parameter, own);
    own.weight = own.weight.to(m_device, m_type);
    if (own.bias.defined())
        own.bias = own.bias.to(m_device, m_type);
}

void Evaluator::loadConvolution(const Step &step, const ParameterNamed &parameter, Weights &own)
{
    const Node &at = node(step.node);
    if (step.norm >= 0) {
        const auto [factor, added] = affineOf(node(step.norm), parameter, own.bias);
        own.bias = added;
        own.weight = own.weight * factor.reshape({-1, 1, 1, 1});
    }
    own.weight = own.weight.contiguous();
    if (own.bias.defined())
        own.bias = own.bias.contiguous();
    if (!m_fused) {
        own.weight = own.weight.to(m_device, m_type).contiguous(at::MemoryFormat::ChannelsLast);
        if (own.bias.defined())
            own.bias = own.bias.to(m_device, m_type);
        return;
    }
    const bool fused = FusedConvolution::supports(step.activation, step.quantisation);
    const auto spanOf = [](const Tensor &t) {
        return t.defined() ? std::span(t.data_ptr<float>(), static_cast<std::size_t>(t.numel())) : std::span<float>();
    };
    own.convolution = std::make_unique<FusedConvolution>(
        spanOf(own.weight), std::span(own.weight.sizes().begin(), own.weight.sizes().end()), spanOf(own.bias),
        at.stride, at.padding, at.groups, fused ? step.activation : Activation::None,
        fused ? step.quantisation : Quantisation(), step.residual >= 0, m_type == at::kBFloat16);
    own.weight = own.bias = Tensor(); // it has its own copy
}

std::vector<Tensor> Evaluator::evaluated(const Plan &plan, std::span<const Tensor> inputs,
                                         const Observer &observer) const
{
    std::vector<Tensor> values(m_graph.nodes.size());
    for (const Step &step : plan.steps) {
        const Node &at = node(step.node);
        Tensor &value = values[static_cast<std::size_t>(step.output)];
        if (at.op == Op::Image || at.op == Op::Words)
            value = inputs[static_cast<std::size_t>(at.index)];
        else if (at.op == Op::Operator)
            runOperator(step.node, values);
        else if (at.op != Op::Part)
            value = valueAt(step, values);
        if (observer)
            observer(step.output, value);
        for (const int used : step.lastUses)
            values[static_cast<std::size_t>(used)] = Tensor();
    }
    std::vector<Tensor> results;
    for (const int result : plan.results)
        results.push_back(values[static_cast<std::size_t>(result)]);
    return results;
}

Tensor Evaluator::valueAt(const Step &step, std::vector<Tensor> &values) const
{
    const Node &at = node(step.node);
    const Weights &own = m_weights[static_cast<std::size_t>(step.node)];
    if (at.op == Op::Constant)
        return own.weight;
    if (at.op == Op::Conv) {
        const Tensor &x = values[static_cast<std::size_t>(step.inputs[0])];
        const Tensor residual = step.residual < 0 ? Tensor() : values[static_cast<std::size_t>(step.residual)];
        return m_fused ? convolved(step, x, residual) : plainlyConvolved(step, x, residual);
    }
    if (at.op == Op::BatchNorm)
        return at::addcmul(own.bias, values[static_cast<std::size_t>(step.inputs[0])], own.weight);
    return valueOf(at, own, values, m_special, m_type,
                   [this](const Node &tokens, std::int64_t h, std::int64_t w) { return positionsOf(tokens, h, w); });
}

void Evaluator::runOperator(int at, std::vector<Tensor> &values) const
{
    std::vector<Tensor> inputs;
    for (const int input : node(at).inputs)
        inputs.push_back(input < 0 ? Tensor() : values[static_cast<std::size_t>(input)]);
    std::vector<Tensor> results = m_runOperator(*node(at).operation, inputs);
    for (std::size_t i = 0; i < results.size(); ++i) {
        const bool widens = results[i].defined() && results[i].scalar_type() == at::kFloat;
        values[static_cast<std::size_t>(at) + i] = widens ? results[i].to(m_type) : std::move(results[i]);
    }
}

Tensor Evaluator::convolved(const Step &step, const Tensor &x, const Tensor &residual) const
{
    const Tensor image = x.to(m_type).contiguous(at::MemoryFormat::ChannelsLast);
    const FusedConvolution &convolution = *m_weights[static_cast<std::size_t>(step.node)].convolution;
    const FusedConvolution::Shape in{image.size(0), image.size(1), image.size(2), image.size(3)};
    const auto [n, c, h, w] = convolution.resultShape(in);
    Tensor result;
    if (step.residual >= 0)
        requireResidual(residual, {n, c, h, w});
    if (step.residual >= 0)
        result = step.mayOverwriteResidual && residual.is_contiguous(at::MemoryFormat::ChannelsLast)
                     ? residual
                     : residual.clone(at::MemoryFormat::ChannelsLast);
    else
        result = at::empty({n, c, h, w}, at::TensorOptions(m_type).memory_format(at::MemoryFormat::ChannelsLast));
    convolution.run(in, image.data_ptr(), result.data_ptr());
    if (FusedConvolution::supports(step.activation, step.quantisation))
        return result;
    return quantised(activated(result, step.activation), step.quantisation);
}

/// By LibTorch itself, wherever it runs.
Tensor Evaluator::plainlyConvolved(const Step &step, const Tensor &x, const Tensor &residual) const
{
    const Weights &own = m_weights[static_cast<std::size_t>(step.node)];
    Tensor result = plainConvolution(x, node(step.node), own.weight, own.bias);
    if (step.residual >= 0) {
        requireResidual(residual, result.sizes());
        result.add_(residual);
    }
    return quantised(activated(result, step.activation), step.quantisation);
}

Tensor Evaluator::positionsOf(const Node &node, std::int64_t h, std::int64_t w) const
{
    const std::lock_guard lock(m_mutex);
    Tensor &known = m_positions[{h, w}];
    if (!known.defined())
        known = positionsFor(node, m_special, h, w).to(m_type);
    return known;
}

} // namespace likeness
