// In place of oneDNN's where LibTorch has one inside: several passes, by ATen.
#include "core/nets/torch/fused_convolution.h"
#include "core/nets/torch/operations.h"

namespace likeness {

struct FusedConvolution::Impl {
    at::Tensor weights, bias;
    Node node;
    at::ScalarType type;
    bool addsToResult;

    std::int64_t extent(std::int64_t length, int axis) const
    {
        const std::int64_t kernel = weights.size(axis);
        const std::int64_t padded =
            node.padding == samePadding ? samePaddingOf(length, kernel, node.stride) : std::int64_t{2} * node.padding;
        return (length + padded - kernel) / node.stride + 1;
    }
    at::Tensor viewOf(void *data, const Shape &shape) const
    {
        const auto [n, c, h, w] = shape;
        return at::from_blob(data, {n, c, h, w}, {h * w * c, 1, w * c, c}, type);
    }
};

FusedConvolution::FusedConvolution(std::span<const float> weights, std::span<const std::int64_t> weightShape,
                                   std::span<const float> bias, int stride, int padding, int groups,
                                   Activation activation, const Quantisation &quantisation, bool addsToResult,
                                   bool bf16)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->type = bf16 ? at::kBFloat16 : at::kFloat;
    const auto copied = [&](std::span<const float> values, at::IntArrayRef shape) {
        return at::from_blob(const_cast<float *>(values.data()), shape, at::kFloat).to(m_impl->type, false, true);
    };
    m_impl->weights = copied(weights, at::IntArrayRef(weightShape.data(), weightShape.size()))
                          .contiguous(at::MemoryFormat::ChannelsLast);
    if (!bias.empty())
        m_impl->bias = copied(bias, {static_cast<std::int64_t>(bias.size())});
    m_impl->node.stride = stride;
    m_impl->node.padding = padding;
    m_impl->node.groups = groups;
    m_impl->node.activation = activation;
    m_impl->node.quantisation = quantisation;
    m_impl->addsToResult = addsToResult;
}

FusedConvolution::~FusedConvolution() = default;

FusedConvolution::Shape FusedConvolution::resultShape(const Shape &in) const
{
    return {in.images, m_impl->weights.size(0), m_impl->extent(in.height, 2), m_impl->extent(in.width, 3)};
}

void FusedConvolution::run(const Shape &in, const void *image, void *out) const
{
    const Node &node = m_impl->node;
    at::Tensor result =
        plainConvolution(m_impl->viewOf(const_cast<void *>(image), in), node, m_impl->weights, m_impl->bias);
    at::Tensor place = m_impl->viewOf(out, resultShape(in));
    if (m_impl->addsToResult)
        result.add_(place);
    place.copy_(quantised(activated(result, node.activation), node.quantisation));
}

} // namespace likeness
