#include "core/nets/torch/fused_convolution.h"

#include <algorithm>
#include <dnnl.hpp>
#include <map>
#include <mutex>

namespace likeness {

namespace {

const dnnl::engine &cpu()
{
    static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    return engine;
}

using Dims = dnnl::memory::dims;
using Tag = dnnl::memory::format_tag;
constexpr auto f32 = dnnl::memory::data_type::f32;

dnnl::convolution_forward::primitive_desc described(const dnnl::memory::desc &in, const dnnl::memory::desc &weights,
                                                    const dnnl::memory::desc &bias, const dnnl::memory::desc &out,
                                                    const Dims &strides, const Dims &before, const Dims &after,
                                                    const dnnl::primitive_attr &attributes)
{
    constexpr auto inference = dnnl::prop_kind::forward_inference;
    constexpr auto direct = dnnl::algorithm::convolution_direct;
#if DNNL_VERSION_MAJOR >= 3
    return {cpu(), inference, direct, in, weights, bias, out, strides, before, after, attributes};
#else
    return {{inference, direct, in, weights, bias, out, strides, before, after}, attributes, cpu()};
#endif
}

/// What oneDNN does behind the sum: each kind of operation once, since 2.7 takes the numbers of the first of a kind for
/// all. A quantised convolution therefore has its weights in steps.
dnnl::post_ops postOps(Activation activation, const Quantisation &quantisation, bool addsToResult)
{
    dnnl::post_ops after;
    const auto append = [&](dnnl::algorithm what, double alpha, double beta) {
#if DNNL_VERSION_MAJOR >= 3
        after.append_eltwise(what, static_cast<float>(alpha), static_cast<float>(beta));
#else
        after.append_eltwise(1, what, static_cast<float>(alpha), static_cast<float>(beta));
#endif
    };
    const bool quantises = quantisation.scale > 0, cuts = activation != Activation::None;
    if (addsToResult)
        after.append_sum(quantises ? static_cast<float>(1 / quantisation.scale) : 1);
    if (quantises) {
        const double most =
            activation == Activation::Relu6 ? std::min(quantisation.most, 6 / quantisation.scale) : quantisation.most;
        append(dnnl::algorithm::eltwise_clip, cuts ? std::max(0.0, quantisation.least) : quantisation.least, most);
        append(dnnl::algorithm::eltwise_round, 0, 0);
        append(dnnl::algorithm::eltwise_linear, quantisation.scale, 0);
    } else if (activation == Activation::Relu) {
        append(dnnl::algorithm::eltwise_relu, 0, 0);
    } else if (activation == Activation::Relu6) {
        append(dnnl::algorithm::eltwise_clip, 0, 6);
    } else if (activation == Activation::HardSwish) {
        append(dnnl::algorithm::eltwise_hardswish, 1.0 / 6, 0.5);
    } else if (activation == Activation::Silu) {
        append(dnnl::algorithm::eltwise_swish, 1, 0);
    }
    return after;
}

} // namespace

struct FusedConvolution::Impl {
    struct Ready {
        dnnl::convolution_forward::primitive_desc description;
        dnnl::convolution_forward primitive;
        dnnl::memory weights;
    };
    std::vector<float> weights, bias;
    std::int64_t out, kernelHeight, kernelWidth, perGroup;
    int stride, padding, groups;
    Activation activation;
    Quantisation quantisation;
    bool addsToResult;
    dnnl::memory::data_type type; ///< of images, results and laid out weights
    std::mutex mutex;
    std::map<Shape, std::shared_ptr<const Ready>> ready;
    std::vector<std::pair<dnnl::memory::desc, dnnl::memory>> laidOut; ///< shapes mostly share one layout of the weights

    /// Of one side: the whole padding, its smaller half first.
    std::int64_t paddingOf(std::int64_t length, std::int64_t kernel) const
    {
        return padding == samePadding ? samePaddingOf(length, kernel, stride) : 2 * padding;
    }

    dnnl::memory weightsAs(const dnnl::memory::desc &wanted, const dnnl::memory::desc &given)
    {
        for (const auto &[layout, memory] : laidOut)
            if (layout == wanted)
                return memory;
        dnnl::memory plain(given, cpu(), weights.data()), ordered(wanted, cpu());
        dnnl::stream stream(cpu());
        dnnl::reorder(plain, ordered).execute(stream, plain, ordered);
        stream.wait();
        laidOut.emplace_back(wanted, ordered);
        return ordered;
    }

    std::shared_ptr<const Ready> readyFor(const Shape &in, const Shape &result)
    {
        const std::lock_guard lock(mutex);
        auto &known = ready[in];
        if (known)
            return known;
        const bool grouped = groups > 1;
        const Dims dims = grouped ? Dims{groups, out / groups, perGroup, kernelHeight, kernelWidth}
                                  : Dims{out, perGroup, kernelHeight, kernelWidth};
        dnnl::primitive_attr attributes;
        // The library's own belongs to the thread that made the primitive.
        attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
        attributes.set_post_ops(postOps(activation, quantisation, addsToResult));
        const auto tall = paddingOf(in.height, kernelHeight), wide = paddingOf(in.width, kernelWidth);
        const auto description = described(
            {Dims{in.images, in.channels, in.height, in.width}, type, Tag::nhwc}, {dims, type, Tag::any},
            {Dims{out}, f32, Tag::x},
            {Dims{result.images, result.channels, result.height, result.width}, type, Tag::nhwc}, Dims{stride, stride},
            Dims{tall / 2, wide / 2}, Dims{tall - tall / 2, wide - wide / 2}, attributes);
        const dnnl::memory::desc given(dims, f32, grouped ? Tag::goihw : Tag::oihw);
        known = std::make_shared<Ready>(
            Ready{description, dnnl::convolution_forward(description), weightsAs(description.weights_desc(), given)});
        return known;
    }
};

FusedConvolution::FusedConvolution(std::span<const float> weights, std::span<const std::int64_t> weightShape,
                                   std::span<const float> bias, int stride, int padding, int groups,
                                   Activation activation, const Quantisation &quantisation, bool addsToResult,
                                   bool bf16)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->weights.assign(weights.begin(), weights.end());
    m_impl->out = weightShape[0];
    m_impl->perGroup = weightShape[1];
    m_impl->kernelHeight = weightShape[2];
    m_impl->kernelWidth = weightShape[3];
    m_impl->bias.assign(bias.begin(), bias.end());
    m_impl->bias.resize(static_cast<std::size_t>(m_impl->out));
    if (quantisation.scale > 0)
        for (std::vector<float> *values : {&m_impl->weights, &m_impl->bias})
            for (float &value : *values)
                value /= static_cast<float>(quantisation.scale);
    m_impl->stride = stride;
    m_impl->padding = padding;
    m_impl->groups = groups;
    m_impl->activation = activation;
    m_impl->quantisation = quantisation;
    m_impl->addsToResult = addsToResult;
    m_impl->type = bf16 ? dnnl::memory::data_type::bf16 : f32;
}

FusedConvolution::~FusedConvolution() = default;

FusedConvolution::Shape FusedConvolution::resultShape(const Shape &in) const
{
    const auto extent = [this](std::int64_t length, std::int64_t kernel) {
        return (length + m_impl->paddingOf(length, kernel) - kernel) / m_impl->stride + 1;
    };
    return {in.images, m_impl->out, extent(in.height, m_impl->kernelHeight), extent(in.width, m_impl->kernelWidth)};
}

void FusedConvolution::run(const Shape &in, const void *image, void *out) const
{
    const auto ready = m_impl->readyFor(in, resultShape(in));
    thread_local dnnl::stream stream(cpu());
    const dnnl::memory source(ready->description.src_desc(), cpu(), const_cast<void *>(image)),
        bias(ready->description.bias_desc(), cpu(), m_impl->bias.data()),
        result(ready->description.dst_desc(), cpu(), out);
    thread_local std::vector<std::byte> scratch;
    const dnnl::memory::desc scratchLayout = ready->description.scratchpad_desc();
    scratch.resize(std::max(scratch.size(), scratchLayout.get_size()));
    ready->primitive.execute(stream, {{DNNL_ARG_SRC, source},
                                      {DNNL_ARG_WEIGHTS, ready->weights},
                                      {DNNL_ARG_BIAS, bias},
                                      {DNNL_ARG_DST, result},
                                      {DNNL_ARG_SCRATCHPAD, dnnl::memory(scratchLayout, cpu(), scratch.data())}});
    stream.wait();
}

} // namespace likeness
