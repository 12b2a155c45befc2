#pragma once

#include "core/nets/build/architectures.h"

#include <algorithm>

namespace likeness {

/// Pixels of the image in a patch; what stands before the patches shrinks the image, too.
inline std::int64_t patchPxOf(const Parameters &parameters)
{
    std::int64_t side = shapeOf(parameters, "patch.weight", 4)[2];
    for (int i = 0; parameters.contains("stem." + std::to_string(i) + ".weight"); ++i)
        side *= shapeOf(parameters, "stem." + std::to_string(i) + ".weight", 4)[2];
    return side;
}

/// What transformers of images and of texts are made of.
struct TransformerBuilder {
    const Parameters &parameters;
    const NetworkFacts &facts;
    Graph graph{};
    Node attention{.op = Op::Attention, .inputs = {-1}}; ///< what that of all blocks has in common

    bool has(const std::string &name) const { return parameters.contains(name); }
    int norm(int x, const std::string &name) { return graph.layerNorm(x, name, facts.layerNormEps); }

    /// 64 wide heads are the rule; the giants have others (timm's vision_transformer.py and eva.py).
    int headsFor(std::int64_t width) const
    {
        if (facts.heads > 0)
            return facts.heads;
        if (facts.rotation == Rotation::Centred)
            return static_cast<int>(std::max<std::int64_t>(1, width / (width == 4096 ? 128 : 64)));
        const bool pools = has("latent"); // SigLIP's have 16 from 1024 on
        return width == 1280 || width == 1408 || width == 1664 || (pools && (width == 1152 || width == 1536))
                   ? 16
                   : static_cast<int>(std::max<std::int64_t>(1, width / 64));
    }
    int scaled(int x, const std::string &name)
    {
        return has(name + ".weight") ? graph.add({.op = Op::Scale, .inputs = {x}, .weights = name}) : x;
    }
    int multilayer(int x, const std::string &block)
    {
        if (has(block + "w12.weight")) {
            const int gated = graph.add({.op = Op::Gate, .inputs = {graph.linear(x, block + "w12")}});
            return graph.linear(gated, block + "w3");
        }
        if (has(block + "gate.weight")) {
            const int gate = graph.linear(x, block + "gate", Activation::Silu);
            int gated = graph.add({.op = Op::Multiply, .inputs = {gate, graph.linear(x, block + "fc1")}});
            if (has(block + "mlp_norm.weight"))
                gated = norm(gated, block + "mlp_norm");
            return graph.linear(gated, block + (has(block + "w3.weight") ? "w3" : "fc2"));
        }
        // timm packs the halves of SwiGLU into fc1.
        const auto rows = [&](const char *name) { return shapeOf(parameters, block + name, 2); };
        if (rows("fc2.weight")[1] * 2 == rows("fc1.weight")[0])
            return graph.linear(graph.add({.op = Op::Gate, .inputs = {graph.linear(x, block + "fc1")}}), block + "fc2");
        return graph.linear(graph.linear(x, block + "fc1", facts.activation), block + "fc2");
    }
    int blocks(int x, std::int64_t width)
    {
        attention.heads = headsFor(width);
        for (int i = 0; has("blocks." + std::to_string(i) + ".qkv.weight"); ++i) {
            const std::string block = "blocks." + std::to_string(i) + ".";
            attention.inputs[0] = graph.linear(norm(x, block + "norm1"), block + "qkv");
            int attended = graph.add(attention);
            if (has(block + "attn_norm.weight"))
                attended = norm(attended, block + "attn_norm");
            x = graph.sum(x, scaled(graph.linear(attended, block + "proj"), block + "scale1"));
            x = graph.sum(x, scaled(multilayer(norm(x, block + "norm2"), block), block + "scale2"));
        }
        return x;
    }
};

} // namespace likeness
