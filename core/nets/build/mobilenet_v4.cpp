#include "core/nets/build/architectures.h"
#include "core/nets/build/usual_preprocessing.h"

#include <algorithm>

namespace likeness {

namespace {

constexpr int stageCount = 5; ///< all but the last one halve the map in their first block

std::string blockName(int stage, int i)
{
    return "blocks." + std::to_string(stage) + "." + std::to_string(i) + ".";
}

bool hasBlock(const Parameters &parameters, int stage, int i)
{
    return std::ranges::any_of(std::initializer_list<const char *>{"conv", "conv_exp", "pw_exp.conv"},
                               [&](auto part) { return parameters.contains(blockName(stage, i) + part + ".weight"); });
}

struct Builder {
    const Parameters &parameters;
    Graph graph{};

    bool has(const std::string &conv) const { return parameters.contains(conv + ".weight"); }
    /// Nothing where the block lacks this part.
    int convNorm(int x, const std::string &conv, const std::string &norm, int stride, bool activated)
    {
        if (!has(conv))
            return x;
        const auto shape = shapeOf(parameters, conv + ".weight", 4);
        const bool depthwise = shape[1] == 1 && shape[0] > 1;
        x = graph.conv(x, conv, stride, static_cast<int>(shape[2]) / 2, depthwise ? static_cast<int>(shape[0]) : 1);
        x = graph.norm(x, norm);
        return activated ? graph.activate(x, Activation::Relu) : x;
    }
    /// A convolution, a fused inverted bottleneck, or the universal one: depthwise convolutions before and behind the
    /// widening, each of them there or not.
    int block(int x, const std::string &name, int stride)
    {
        if (has(name + "conv"))
            return convNorm(x, name + "conv", name + "bn1", stride, true);
        int y = x;
        std::string first, last;
        if (has(name + "conv_exp")) {
            y = convNorm(y, name + "conv_exp", name + "bn1", stride, true);
            y = convNorm(y, name + "conv_pwl", name + "bn2", 1, false);
            first = name + "conv_exp", last = name + "conv_pwl";
        } else {
            const bool middle = has(name + "dw_mid.conv");
            y = convNorm(y, name + "dw_start.conv", name + "dw_start.bn", middle ? 1 : stride, false);
            y = convNorm(y, name + "pw_exp.conv", name + "pw_exp.bn", 1, true);
            y = convNorm(y, name + "dw_mid.conv", name + "dw_mid.bn", stride, true);
            y = convNorm(y, name + "pw_proj.conv", name + "pw_proj.bn", 1, false);
            first = name + "pw_exp.conv", last = name + "pw_proj.conv";
        }
        const auto in = shapeOf(parameters, first + ".weight", 4)[1], out = shapeOf(parameters, last + ".weight", 4)[0];
        return stride == 1 && in == out ? graph.sum(y, x) : y;
    }
};

Graph mobileNetV4(const Parameters &parameters, const NetworkFacts &)
{
    Builder builder{parameters};
    Graph &graph = builder.graph;
    int x = builder.convNorm(graph.add({.op = Op::Image}), "stem", "stem_bn", 2, true);
    for (int stage = 0; stage < stageCount; ++stage)
        for (int i = 0; hasBlock(parameters, stage, i); ++i)
            x = builder.block(x, blockName(stage, i), i == 0 && stage + 1 < stageCount ? 2 : 1);
    graph.map = x;
    const int mean = graph.add({.op = Op::AveragePool, .inputs = {x}});
    graph.vector = graph.add({.op = Op::Mean, .inputs = {builder.convNorm(mean, "head", "head_bn", 1, true)}});
    return std::move(graph);
}

/// Empty for the hybrid ones, which have blocks of attention between these.
std::string mobileNetV4Title(const Parameters &parameters, const NetworkFacts &)
{
    int blocks = 0;
    for (int stage = 0; stage < stageCount; ++stage) {
        if (!hasBlock(parameters, stage, 0))
            return {};
        for (int i = 0; hasBlock(parameters, stage, i); ++i)
            ++blocks;
    }
    const bool hybrid = std::ranges::any_of(
        parameters, [](const auto &entry) { return entry.first.find(".attention") != std::string::npos; });
    return hybrid ? std::string() : "MobileNetV4, " + std::to_string(blocks) + " blocks";
}

constexpr NeededTensor needed[] = {{"stem.weight", 4}, {"head.weight", 4}};

constexpr LayoutRule timmRules[] = {
    {"conv_stem", "stem"},
    {"bn1", "stem_bn"},
    {"blocks.#.#.conv", "blocks.#.#.conv"},
    {"blocks.#.#.conv_exp", "blocks.#.#.conv_exp"},
    {"blocks.#.#.conv_pwl", "blocks.#.#.conv_pwl"},
    {"blocks.#.#.bn#", "blocks.#.#.bn#"},
    {"blocks.#.#.dw_start.conv", "blocks.#.#.dw_start.conv"},
    {"blocks.#.#.dw_start.bn", "blocks.#.#.dw_start.bn"},
    {"blocks.#.#.pw_exp.conv", "blocks.#.#.pw_exp.conv"},
    {"blocks.#.#.pw_exp.bn", "blocks.#.#.pw_exp.bn"},
    {"blocks.#.#.dw_mid.conv", "blocks.#.#.dw_mid.conv"},
    {"blocks.#.#.dw_mid.bn", "blocks.#.#.dw_mid.bn"},
    {"blocks.#.#.pw_proj.conv", "blocks.#.#.pw_proj.conv"},
    {"blocks.#.#.pw_proj.bn", "blocks.#.#.pw_proj.bn"},
    {"blocks.#.#.attn.query.proj", "blocks.#.#.attention"},
    {"conv_head", "head"},
    {"norm_head", "head_bn"},
};

constexpr Layout layouts[] = {
    {"timm", "blocks.2.0.pw_exp.conv.weight", timmRules, 0, {256, 224, false, true, ResizeFilter::Bicubic}}};

} // namespace

const Architecture mobileNetV4Architecture{.id = "mobilenet-v4",
                                           .graph = mobileNetV4,
                                           .title = mobileNetV4Title,
                                           .family = [](const Parameters &, const NetworkFacts &) { return "mobile"; },
                                           .needed = needed,
                                           .layouts = layouts};

} // namespace likeness
