#pragma once

#include "core/nets/build/architectures.h"

#include <algorithm>

namespace likeness {

/// What transformers of images and of texts are made of.
struct TransformerBuilder {
    const Parameters &parameters;
    const NetworkFacts &facts;
    Graph graph{};

    bool has(const std::string &name) const { return parameters.contains(name); }
    int norm(int x, const std::string &name) { return graph.layerNorm(x, name, facts.layerNormEps); }

    /// 64 wide heads are the rule; the giants have others (timm's vision_transformer.py).
    int headsFor(std::int64_t width) const
    {
        if (facts.heads > 0)
            return facts.heads;
        return width == 1280 || width == 1408 || width == 1664
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
        // timm packs the halves of SwiGLU into fc1.
        const auto rows = [&](const char *name) { return shapeOf(parameters, block + name, 2); };
        if (rows("fc2.weight")[1] * 2 == rows("fc1.weight")[0])
            return graph.linear(graph.add({.op = Op::Gate, .inputs = {graph.linear(x, block + "fc1")}}), block + "fc2");
        return graph.linear(graph.linear(x, block + "fc1", facts.activation), block + "fc2");
    }
    int blocks(int x, std::int64_t width, bool causal)
    {
        for (int i = 0; has("blocks." + std::to_string(i) + ".qkv.weight"); ++i) {
            const std::string block = "blocks." + std::to_string(i) + ".";
            const int qkv = graph.linear(norm(x, block + "norm1"), block + "qkv");
            const int attended =
                graph.add({.op = Op::Attention, .inputs = {qkv}, .heads = headsFor(width), .causal = causal});
            x = graph.sum(x, scaled(graph.linear(attended, block + "proj"), block + "scale1"));
            x = graph.sum(x, scaled(multilayer(norm(x, block + "norm2"), block), block + "scale2"));
        }
        return x;
    }
};

} // namespace likeness
