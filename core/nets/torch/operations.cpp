#include "core/nets/torch/operations.h"

#include <cmath>
#include <numbers>

namespace likeness {

namespace {

using at::Tensor;

/// Angles of a grid's places, h w x width / 2.
Tensor anglesOf(Rotation rotation, std::int64_t h, std::int64_t w, std::int64_t width)
{
    const bool centred = rotation == Rotation::Centred;
    const Tensor exponents = at::arange(width / 4, at::kFloat) * (-4.0 / static_cast<double>(width));
    const Tensor frequencies = at::pow(centred ? 100.0 : 10000.0, exponents) * (centred ? 2 * std::numbers::pi : 1.0);
    const auto along = [&](std::int64_t length) {
        const Tensor places = at::arange(length, at::kFloat);
        const auto n = static_cast<double>(length);
        return (centred ? (places + 0.5) * (2 / n) - 1 : places * (16 / n)).unsqueeze(1) * frequencies;
    };
    const Tensor rows = along(h).unsqueeze(1).expand({h, w, width / 4});
    const Tensor columns = along(w).unsqueeze(0).expand({h, w, width / 4});
    return at::cat({rows, columns}, 2).reshape({h * w, width / 2});
}

/// q or k, n x heads x t x width, with pairs of entries turned; the first `special` tokens have no place.
Tensor rotated(const Tensor &x, Rotation rotation, std::int64_t special, const Tensor &sines, const Tensor &cosines)
{
    const bool halves = rotation == Rotation::Centred;
    const Tensor patches = x.slice(2, special);
    const std::int64_t pairs = patches.size(3) / 2;
    const Tensor a = halves ? patches.slice(3, 0, pairs) : patches.slice(3, 0, {}, 2);
    const Tensor b = halves ? patches.slice(3, pairs) : patches.slice(3, 1, {}, 2);
    const Tensor first = a * cosines - b * sines, second = b * cosines + a * sines;
    const Tensor turned = halves ? at::cat({first, second}, 3) : at::stack({first, second}, 4).flatten(3);
    return at::cat({x.slice(2, 0, special), turned.to(x.scalar_type())}, 2);
}

Tensor attended(const Tensor &qkv, const Node &node, const std::vector<Tensor> &values, at::ScalarType type)
{
    if (qkv.dim() == 4) // a map with its channels last
        return attended(qkv.flatten(1, 2), node, values, type)
            .reshape({qkv.size(0), qkv.size(1), qkv.size(2), qkv.size(3) / 3});
    const std::int64_t n = qkv.size(0), t = qkv.size(1), d = qkv.size(2) / 3, width = d / node.heads;
    auto parts = qkv.reshape({n, t, 3, node.heads, width}).permute({2, 0, 3, 1, 4}).unbind(0);
    if (node.rotation != Rotation::None) {
        const Tensor &grid = values[static_cast<std::size_t>(node.inputs[1])];
        const Tensor angles = anglesOf(node.rotation, grid.size(2), grid.size(3), width).to(qkv.device());
        const Tensor sines = angles.sin(), cosines = angles.cos();
        for (std::size_t i = 0; i < 2; ++i)
            parts[i] = rotated(parts[i], node.rotation, node.index, sines, cosines);
    }
    Tensor scores = at::matmul(parts[0] * (1 / std::sqrt(static_cast<double>(width))), parts[1].transpose(-2, -1));
    if (node.causal)
        scores =
            scores +
            at::full({t, t}, -std::numeric_limits<float>::infinity(), qkv.options().dtype(at::kFloat)).triu(1).to(type);
    return at::matmul(at::softmax(scores, -1), parts[2]).transpose(1, 2).reshape({n, t, d});
}

/// One learnt query for each head; keys and values are the tokens.
Tensor attentionPooled(const Tensor &tokens, const Node &node, const NodeWeights &own, const Tensor &latent)
{
    const std::int64_t n = tokens.size(0), t = tokens.size(1), d = tokens.size(2), width = d / node.heads;
    const auto part = [&](const Tensor &x, std::int64_t from, std::int64_t to) {
        const Tensor bias = own.bias.defined() ? own.bias.slice(0, from * d, to * d) : Tensor();
        return at::linear(x, own.weight.slice(0, from * d, to * d), bias);
    };
    const Tensor query = part(latent, 0, 1).reshape({1, node.heads, 1, width}) / std::sqrt(static_cast<double>(width));
    const auto keysAndValues =
        part(tokens, 1, 3).reshape({n, t, 2, node.heads, width}).permute({2, 0, 3, 1, 4}).unbind(0);
    const Tensor scores = at::matmul(query, keysAndValues[0].transpose(-2, -1));
    return at::matmul(at::softmax(scores, -1), keysAndValues[1]).reshape({n, d});
}

Tensor resizedGrid(const Tensor &grid, const Node &node, std::int64_t h, std::int64_t w)
{
    if (node.positions == PositionResize::Antialiased)
        return at::_upsample_bicubic2d_aa(grid, {h, w}, false);
    if (node.positions == PositionResize::Plain)
        return at::upsample_bicubic2d(grid, {h, w}, false);
    const auto side = static_cast<double>(grid.size(2));
    return at::upsample_bicubic2d(grid, {h, w}, false, (static_cast<double>(h) + 0.1) / side,
                                  (static_cast<double>(w) + 0.1) / side);
}

Tensor taken(const Tensor &tokens, const Node &node, const std::vector<Tensor> &values)
{
    if (node.index >= 0)
        return tokens.select(1, node.index);
    const Tensor words = values[static_cast<std::size_t>(node.inputs[1])];
    return tokens.gather(1, words.argmax(1).reshape({-1, 1, 1}).expand({-1, 1, tokens.size(2)})).squeeze(1);
}

Tensor gated(const Tensor &x)
{
    const auto halves = x.chunk(2, -1);
    return at::silu(halves[0]) * halves[1];
}

Tensor tokensOf(const Tensor &patches, const Node &node, const SpecialTokens &special, at::ScalarType type,
                const PositionsOf &positionsOf)
{
    const std::int64_t n = patches.size(0), width = patches.size(1), h = patches.size(2), w = patches.size(3);
    std::vector<Tensor> tokens;
    if (node.meanToken)
        tokens.push_back(patches.mean({2, 3}).unsqueeze(1));
    else
        for (const char *name : {"class", "registers"})
            if (const auto found = special.find(name); found != special.end())
                tokens.push_back(found->second.to(type).unsqueeze(0).expand({n, -1, -1}));
    tokens.push_back(patches.permute({0, 2, 3, 1}).reshape({n, h * w, width}));
    Tensor all = at::cat(tokens, 1);
    return node.positions == PositionResize::Absent ? all : all.add_(positionsOf(node, h, w).to(type));
}

Tensor embedded(const Tensor &words, const Tensor &vocabulary, const SpecialTokens &special, at::ScalarType type)
{
    Tensor places = special.at("position").slice(0, 0, words.size(1));
    if (const auto segment = special.find("segment"); segment != special.end())
        places = places + segment->second[0];
    return at::embedding(vocabulary, words) + places.to(type);
}

} // namespace

Tensor activated(at::Tensor x, Activation activation)
{
    switch (activation) {
    case Activation::None:
        return x;
    case Activation::Relu:
        return at::relu_(x);
    case Activation::Relu6:
        return x.clamp_(0, 6);
    case Activation::Silu:
        return at::silu_(x);
    case Activation::HardSwish:
        return at::hardswish_(x);
    case Activation::Sigmoid:
        return at::sigmoid_(x);
    case Activation::HardSigmoid:
        return at::hardsigmoid_(x);
    case Activation::Gelu:
        return at::gelu(x);
    case Activation::GeluTanh:
        return at::gelu(x, "tanh");
    case Activation::QuickGelu:
        return x.mul_(at::sigmoid(x * 1.702));
    }
    return x;
}

Tensor quantised(at::Tensor x, const Quantisation &quantisation)
{
    if (quantisation.scale == 0)
        return x;
    return x.mul_(1 / quantisation.scale)
        .round_()
        .clamp_(quantisation.least, quantisation.most)
        .mul_(quantisation.scale);
}

Tensor positionsFor(const Node &node, const SpecialTokens &special, std::int64_t h, std::int64_t w)
{
    const Tensor &all = special.at("position");
    const std::int64_t rows = all.size(0), width = all.size(1), specials = node.index;
    const auto sideOf = [](std::int64_t n) {
        const auto side = static_cast<std::int64_t>(std::llround(std::sqrt(static_cast<double>(n))));
        return side * side == n ? side : 0;
    };
    // All special tokens have one, or only the class token, or none.
    std::int64_t placed = specials;
    if (sideOf(rows - placed) == 0)
        placed = special.contains("class") && sideOf(rows - 1) > 0 ? 1 : 0;
    const std::int64_t side = sideOf(rows - placed);
    Tensor grid = all.slice(0, placed);
    if (h != side || w != side)
        grid = resizedGrid(grid.reshape({1, side, side, width}).permute({0, 3, 1, 2}), node, h, w)
                   .permute({0, 2, 3, 1})
                   .reshape({h * w, width});
    const Tensor unplaced = at::zeros({specials - placed, width}, all.options());
    return at::cat({all.slice(0, 0, placed), unplaced, grid}, 0);
}

Tensor plainConvolution(const Tensor &x, const Node &node, const Tensor &weight, const Tensor &bias)
{
    Tensor padded = x;
    if (node.padding == samePadding) {
        const auto missing = [&](int axis) { return samePaddingOf(x.size(axis), weight.size(axis), node.stride); };
        const std::int64_t tall = missing(2), wide = missing(3);
        padded = at::constant_pad_nd(x, {wide / 2, wide - wide / 2, tall / 2, tall - tall / 2});
    }
    return at::conv2d(padded, weight, bias, node.stride, std::max(0, node.padding), 1, node.groups);
}

Tensor responseNormalised(const Tensor &x, const NodeWeights &own, double eps)
{
    const Tensor length = x.norm(2, {1, 2}, true);
    const Tensor share = length / (length.mean({-1}, true) + eps);
    return x + own.weight.flatten() * (x * share) + own.bias.flatten();
}

Tensor valueOf(const Node &node, const NodeWeights &own, const std::vector<Tensor> &values,
               const SpecialTokens &special, at::ScalarType type, const PositionsOf &positionsOf)
{
    const Tensor &x = values[static_cast<std::size_t>(node.inputs[0])];
    switch (node.op) {
    case Op::Activate:
        return activated(x, node.activation);
    case Op::MaxPool:
        return at::max_pool2d(x, node.kernel, node.stride, node.padding);
    case Op::AveragePool:
        return node.kernel == 0 ? x.mean({2, 3}, true) : at::avg_pool2d(x, node.kernel, node.stride, node.padding);
    case Op::Mean:
        return x.to(at::kFloat).mean({2, 3}).to(type);
    case Op::Gem:
        return x.to(at::kFloat).clamp_min(1e-6).pow(node.value).mean({2, 3}).pow(1 / node.value).to(type);
    case Op::Add:
        return x + values[static_cast<std::size_t>(node.inputs[1])];
    case Op::Subtract:
        return x - values[static_cast<std::size_t>(node.inputs[1])];
    case Op::Multiply:
        return x * values[static_cast<std::size_t>(node.inputs[1])];
    case Op::Linear:
        return activated(at::linear(x, own.weight, own.bias), node.activation);
    case Op::LayerNorm:
        return at::layer_norm(x, {x.size(-1)}, own.weight, own.bias, node.value);
    case Op::Tokens:
        return tokensOf(x, node, special, type, positionsOf);
    case Op::Embed:
        return embedded(x, own.weight, special, type);
    case Op::Attention:
        return attended(x, node, values, type);
    case Op::PoolAttention:
        return attentionPooled(x, node, own, special.at("latent").to(type));
    case Op::Gate:
        return gated(x);
    case Op::Scale:
        return x * own.weight.flatten();
    case Op::ChannelsLast:
        return x.permute({0, 2, 3, 1});
    case Op::ChannelsFirst:
        return x.permute({0, 3, 1, 2});
    case Op::ResponseNorm:
        return responseNormalised(x, own, node.value);
    case Op::Take:
        return taken(x, node, values);
    case Op::Quantise:
        return quantised(x.clone(), node.quantisation);
    case Op::MeanTokens:
        return x.slice(1, node.index).mean(1);
    case Op::Patches: {
        const Tensor &grid = values[static_cast<std::size_t>(node.inputs[1])];
        return x.slice(1, node.index).transpose(1, 2).reshape({x.size(0), x.size(2), grid.size(2), grid.size(3)});
    }
    default:
        return x;
    }
}

} // namespace likeness
