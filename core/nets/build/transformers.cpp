#include "core/nets/build/architectures.h"

#include <algorithm>

namespace likeness {

namespace {

struct Builder {
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

} // namespace

Graph visionTransformer(const Parameters &parameters, const NetworkFacts &facts)
{
    Builder builder{parameters, facts};
    Graph &graph = builder.graph;
    const auto patch = shapeOf(parameters, "patch.weight", 4);
    const int image = graph.add({.op = Op::Image});
    const int patches = graph.conv(image, "patch", static_cast<int>(patch[2]), 0);
    int special = builder.has("class");
    if (const auto registers = parameters.find("registers"); registers != parameters.end())
        special += static_cast<int>(registers->second.count() / std::max<std::int64_t>(1, patch[0]));
    int x = graph.add({.op = Op::Tokens, .inputs = {patches}, .index = special, .positions = facts.positions});
    if (builder.has("pre_norm.weight"))
        x = builder.norm(x, "pre_norm");
    x = builder.blocks(x, patch[0], false);
    if (builder.has("norm.weight"))
        x = builder.norm(x, "norm");
    graph.map = graph.add({.op = Op::Patches, .inputs = {x, patches}, .index = special});
    // timm's average pooling has its norm behind it.
    const bool average = facts.meanOfPatches || !builder.has("class") || builder.has("pool_norm.weight");
    graph.vector = !average ? graph.add({.op = Op::Take, .inputs = {x}})
                            : graph.add({.op = Op::MeanTokens, .inputs = {x}, .index = special});
    if (builder.has("pool_norm.weight"))
        graph.vector = builder.norm(graph.vector, "pool_norm");
    if (builder.has("head.weight"))
        graph.vector = graph.linear(graph.vector, "head");
    return graph;
}

Graph bertTransformer(const Parameters &parameters, const NetworkFacts &facts)
{
    Builder builder{parameters, facts};
    Graph &graph = builder.graph;
    int x = graph.add({.op = Op::Embed, .inputs = {graph.add({.op = Op::Words})}, .weights = "token"});
    x = builder.norm(x, "embedding_norm");
    const int heads = builder.headsFor(shapeOf(parameters, "token.weight", 2)[1]);
    for (int i = 0; builder.has("blocks." + std::to_string(i) + ".qkv.weight"); ++i) {
        const std::string block = "blocks." + std::to_string(i) + ".";
        const int attended =
            graph.add({.op = Op::Attention, .inputs = {graph.linear(x, block + "qkv")}, .heads = heads});
        x = builder.norm(graph.sum(x, graph.linear(attended, block + "proj")), block + "norm1");
        x = builder.norm(graph.sum(x, builder.multilayer(x, block)), block + "norm2");
    }
    graph.vector = graph.add({.op = Op::Take, .inputs = {x}});
    if (builder.has("head.weight"))
        graph.vector = graph.linear(graph.vector, "head");
    return graph;
}

Graph textTransformer(const Parameters &parameters, const NetworkFacts &facts)
{
    Builder builder{parameters, facts};
    Graph &graph = builder.graph;
    const int words = graph.add({.op = Op::Words});
    int x = graph.add({.op = Op::Embed, .inputs = {words}, .weights = "token"});
    x = builder.blocks(x, shapeOf(parameters, "token.weight", 2)[1], true);
    x = builder.norm(x, "norm");
    graph.vector = graph.add({.op = Op::Take, .inputs = {x, words}, .index = -1});
    if (builder.has("head.weight"))
        graph.vector = graph.linear(graph.vector, "head");
    return graph;
}

} // namespace likeness
