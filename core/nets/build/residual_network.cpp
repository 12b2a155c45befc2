#include "core/nets/build/architectures.h"
#include "core/nets/build/usual_preprocessing.h"

#include <algorithm>

namespace likeness {

namespace {

constexpr double batchNormEps = 1e-5;

struct Builder {
    const Parameters &parameters;
    Graph graph;

    bool has(const std::string &name) const { return parameters.contains(name); }
    std::vector<std::int64_t> shape(const std::string &name) const { return shapeOf(parameters, name, 4); }
    int convNorm(int x, const std::string &conv, const std::string &norm, int stride, int groups = 1)
    {
        const auto kernel = static_cast<int>(shape(conv + ".weight")[2]);
        return graph.norm(graph.conv(x, conv, stride, kernel / 2, groups), norm, batchNormEps);
    }

    /// torchvision's ResNet v1.5: a bottleneck's stride sits on its 3 x 3 convolution.
    int block(int x, const std::string &name, int stride)
    {
        const bool bottleneck = has(name + ".conv3.weight");
        const auto first = shape(name + ".conv1.weight"), second = shape(name + ".conv2.weight");
        const int groups =
            second[1] > 0 ? static_cast<int>(std::clamp<std::int64_t>(first[0] / second[1], 1, 1 << 20)) : 1;
        int y = convNorm(x, name + ".conv1", name + ".bn1", bottleneck ? 1 : stride);
        y = graph.activate(y, Activation::Relu);
        y = convNorm(y, name + ".conv2", name + ".bn2", bottleneck ? stride : 1, groups);
        if (bottleneck)
            y = convNorm(graph.activate(y, Activation::Relu), name + ".conv3", name + ".bn3", 1);
        if (has(name + ".downsample.0.weight"))
            x = convNorm(x, name + ".downsample.0", name + ".downsample.1", stride);
        return graph.activate(graph.sum(y, x), Activation::Relu);
    }
};

/// CLIP's bottleneck: every convolution has stride 1, an average over the stride comes behind the second one and
/// before the shortcut.
int clipBlock(Builder &builder, int x, const std::string &name, int stride)
{
    Graph &graph = builder.graph;
    const auto averaged = [&](int y) {
        return stride == 1 ? y : graph.add({.op = Op::AveragePool, .inputs = {y}, .kernel = stride, .stride = stride});
    };
    int y = graph.activate(builder.convNorm(x, name + ".conv1", name + ".bn1", 1), Activation::Relu);
    y = graph.activate(builder.convNorm(y, name + ".conv2", name + ".bn2", 1), Activation::Relu);
    y = builder.convNorm(averaged(y), name + ".conv3", name + ".bn3", 1);
    if (builder.has(name + ".downsample.0.weight"))
        x = builder.convNorm(averaged(x), name + ".downsample.0", name + ".downsample.1", 1);
    return graph.activate(graph.sum(y, x), Activation::Relu);
}

Graph clipResidualNetwork(const Parameters &parameters, const NetworkFacts &)
{
    Builder builder{parameters, {}};
    Graph &graph = builder.graph;
    int x = graph.add({.op = Op::Image});
    for (const char *number : {"1", "2", "3"})
        x = graph.activate(
            builder.convNorm(x, std::string("conv") + number, std::string("bn") + number, *number == '1' ? 2 : 1),
            Activation::Relu);
    x = graph.add({.op = Op::AveragePool, .inputs = {x}, .kernel = 2, .stride = 2});
    for (int layer = 1; builder.has("layer" + std::to_string(layer) + ".0.conv1.weight"); ++layer)
        for (int i = 0;; ++i) {
            const std::string name = "layer" + std::to_string(layer) + "." + std::to_string(i);
            if (!builder.has(name + ".conv1.weight"))
                break;
            x = clipBlock(builder, x, name, layer > 1 && i == 0 ? 2 : 1);
        }
    graph.map = x;
    const auto width = static_cast<int>(shapeOf(parameters, "attnpool.qkv.weight", 2)[1]);
    const int tokens = graph.add({.op = Op::Tokens, .inputs = {x}, .index = 1, .meanToken = true});
    const int attended = graph.add(
        {.op = Op::Attention, .inputs = {graph.linear(tokens, "attnpool.qkv")}, .heads = std::max(1, width / 64)});
    graph.vector = graph.linear(graph.add({.op = Op::Take, .inputs = {attended}}), "attnpool.c_proj");
    return graph;
}

Graph residualNetwork(const Parameters &parameters, const NetworkFacts &facts)
{
    Builder builder{parameters, {}};
    int x = builder.graph.add({.op = Op::Image});
    x = builder.convNorm(x, "conv1", "bn1", 2);
    x = builder.graph.activate(x, Activation::Relu);
    if (facts.stemPool)
        x = builder.graph.add({.op = Op::MaxPool, .inputs = {x}, .kernel = 3, .stride = 2, .padding = 1});
    for (int layer = 1; builder.has("layer" + std::to_string(layer) + ".0.conv1.weight"); ++layer)
        for (int i = 0;; ++i) {
            const std::string name = "layer" + std::to_string(layer) + "." + std::to_string(i);
            if (!builder.has(name + ".conv1.weight"))
                break;
            x = builder.block(x, name, layer > 1 && i == 0 ? 2 : 1);
        }
    Graph &graph = builder.graph;
    graph.map = x;
    graph.vector = facts.gem > 0 ? graph.add({.op = Op::Gem, .inputs = {x}, .value = facts.gem})
                                 : graph.add({.op = Op::Mean, .inputs = {x}});
    if (builder.has("head.weight"))
        graph.vector = graph.linear(graph.vector, "head");
    return graph;
}

/// By the convolutions in the blocks; two more layers are those before and behind them.
std::string residualTitle(const Parameters &parameters, const NetworkFacts &)
{
    int convolutions = 0;
    for (const auto &[name, parameter] : parameters)
        convolutions += name.find(".conv") != std::string::npos && name.ends_with(".weight");
    return "ResNet-" + std::to_string(convolutions + 2);
}

constexpr NeededTensor needed[] = {{"conv1.weight", 4}};

constexpr LayoutRule residualRules[] = {
    {"conv1", "conv1"},
    {"bn1", "bn1"},
    {"layer#.#.conv#", "layer#.#.conv#"},
    {"layer#.#.bn#", "layer#.#.bn#"},
    {"layer#.#.downsample.#", "layer#.#.downsample.#"},
};

constexpr LayoutRule clipRules[] = {
    {"conv#", "conv#"},
    {"bn#", "bn#"},
    {"layer#.#.conv#", "layer#.#.conv#"},
    {"layer#.#.bn#", "layer#.#.bn#"},
    {"layer#.#.downsample.#", "layer#.#.downsample.#"},
    {"attnpool.positional_embedding", "position"},
    {"attnpool.q_proj", "attnpool.qkv", 0},
    {"attnpool.k_proj", "attnpool.qkv", 1},
    {"attnpool.v_proj", "attnpool.qkv", 2},
    {"attnpool.c_proj", "attnpool.c_proj"},
};

constexpr Layout residualLayouts[] = {
    {"torchvision", "layer1.0.conv1.weight", residualRules, 0, imageNetPreprocessing}};
constexpr Layout clipLayouts[] = {{"CLIP", "visual.attnpool.q_proj.weight", clipRules, 0, clipPreprocessing}};

} // namespace

const Architecture residualArchitecture{
    .id = "residual",
    .graph = residualNetwork,
    .title = residualTitle,
    .family = [](const Parameters &, const NetworkFacts &facts) { return facts.gem > 0 ? "sscd" : "residual"; },
    .needed = needed,
    .layouts = residualLayouts};

const Architecture clipResidualArchitecture{
    .id = "clip-residual",
    .graph = clipResidualNetwork,
    .title = [](const Parameters &parameters,
                const NetworkFacts &facts) { return residualTitle(parameters, facts) + " (CLIP)"; },
    .family = [](const Parameters &, const NetworkFacts &) { return "clip"; },
    .needed = needed,
    .layouts = clipLayouts};

} // namespace likeness
