#include "core/nets/build/architectures.h"
#include "core/nets/build/usual_preprocessing.h"

#include <algorithm>

namespace likeness {

namespace {

constexpr int mostStages = 5, headWidth = 32;

std::string stageName(int stage)
{
    return "stages." + std::to_string(stage) + ".";
}

int blocksOf(const Parameters &parameters, int stage)
{
    int count = 0;
    while (parameters.contains(stageName(stage) + "blocks." + std::to_string(count) + ".fc1.weight"))
        ++count;
    return count;
}

/// What weights do not say: the networks of MobileCLIP, told by their squeezes or by five stages, activate behind the
/// large convolution between two stages, too.
bool isOfMobileClip(const Parameters &parameters)
{
    return blocksOf(parameters, mostStages - 1) > 0 || parameters.contains(stageName(2) + "down.0.se.fc1.weight");
}

struct Builder {
    const Parameters &parameters;
    Graph graph{};
    std::int64_t width = 3; ///< of the map at hand

    bool has(const std::string &name) const { return parameters.contains(name + ".weight"); }
    int gelu(int x) { return graph.activate(x, Activation::Gelu); }
    int last(int x) { return graph.add({.op = Op::ChannelsLast, .inputs = {x}}); }
    int first(int x) { return graph.add({.op = Op::ChannelsFirst, .inputs = {x}}); }
    int conv(int x, const std::string &name, int stride)
    {
        const auto shape = shapeOf(parameters, name + ".weight", 4);
        const auto groups = static_cast<int>(width / std::max<std::int64_t>(1, shape[1]));
        return graph.conv(x, name, stride, static_cast<int>(shape[2]) / 2, groups);
    }
    int convNorm(int x, const std::string &name, int stride)
    {
        return graph.norm(conv(x, name + ".conv", stride), name + ".bn");
    }
    int scaled(int x, const std::string &name)
    {
        return has(name) ? first(graph.add({.op = Op::Scale, .inputs = {last(x)}, .weights = name})) : x;
    }
    /// Squeeze and excitation (Hu et al. 2018).
    int squeezed(int x, const std::string &name)
    {
        if (!has(name + ".fc1"))
            return x;
        int y = graph.conv(graph.add({.op = Op::AveragePool, .inputs = {x}}), name + ".fc1", 1, 0);
        y = graph.conv(graph.activate(y, Activation::Relu), name + ".fc2", 1, 0);
        return graph.add({.op = Op::Multiply, .inputs = {x, graph.activate(y, Activation::Sigmoid)}});
    }
    /// MobileOne's (Vasu et al. 2022): parallel branches that are summed, or the one convolution that they became.
    int branches(int x, const std::string &name, int stride)
    {
        std::vector<std::string> names;
        for (const char *part : {".large", ".small", ".scale"})
            if (has(name + part + ".conv"))
                names.push_back(name + part);
        for (int i = 0; has(name + ".branch." + std::to_string(i) + ".conv"); ++i)
            names.push_back(name + ".branch." + std::to_string(i));
        int sum = -1;
        const auto add = [&](int y) { sum = sum < 0 ? y : graph.sum(sum, y); };
        for (const std::string &branch : names)
            add(convNorm(x, branch, stride));
        if (has(name + ".identity"))
            add(graph.norm(x, name + ".identity"));
        if (sum < 0) // missing as a whole: the message names it
            add(conv(x, name + ".whole", stride));
        const std::string one = names.empty() ? name + ".whole" : names.front() + ".conv";
        if (has(one))
            width = shapeOf(parameters, one + ".weight", 4)[0];
        return squeezed(sum, name + ".se");
    }
    int multilayer(int x, const std::string &block)
    {
        const std::int64_t own = width;
        int y = convNorm(x, block + "depthwise", 1);
        y = gelu(graph.conv(y, block + "fc1", 1, 0));
        y = graph.conv(y, block + "fc2", 1, 0);
        width = own;
        return graph.sum(scaled(y, block + "scale2"), x);
    }
    /// RepMixer: what a depthwise convolution changes.
    int mixed(int x, const std::string &block)
    {
        if (has(block + "mixer.whole"))
            return conv(x, block + "mixer.whole", 1);
        const int kept = graph.norm(x, block + "unmixed");
        const int change = graph.add({.op = Op::Subtract, .inputs = {branches(x, block + "mixer", 1), kept}});
        return graph.sum(scaled(change, block + "mixer_scale"), x);
    }
    int attended(int x, const std::string &block)
    {
        const bool batch = parameters.contains(block + "norm.running_mean");
        const int normed = batch ? last(graph.norm(x, block + "norm")) : graph.layerNorm(last(x), block + "norm", 1e-5);
        int y = graph.add({.op = Op::Attention,
                           .inputs = {graph.linear(normed, block + "qkv")},
                           .heads = static_cast<int>(std::max<std::int64_t>(1, width / headWidth))});
        y = first(graph.linear(y, block + "proj"));
        return graph.sum(scaled(y, block + "scale1"), x);
    }
    int stage(int x, int number, bool activated)
    {
        const std::string name = stageName(number);
        if (has(name + "down.1.whole") || has(name + "down.1.branch.0.conv")) {
            x = branches(x, name + "down.0", 2);
            x = gelu(branches(activated ? gelu(x) : x, name + "down.1", 1));
        }
        if (has(name + "position.whole"))
            x = conv(x, name + "position.whole", 1);
        else if (has(name + "position"))
            x = graph.sum(conv(x, name + "position", 1), x);
        for (int i = 0; i < blocksOf(parameters, number); ++i) {
            const std::string block = name + "blocks." + std::to_string(i) + ".";
            x = multilayer(has(block + "qkv") ? attended(x, block) : mixed(x, block), block);
        }
        return x;
    }
};

Graph fastVit(const Parameters &parameters, const NetworkFacts &)
{
    Builder builder{parameters};
    Graph &graph = builder.graph;
    int x = graph.add({.op = Op::Image});
    for (int i = 0; i < 3; ++i)
        x = builder.gelu(builder.branches(x, "stem." + std::to_string(i), i < 2 ? 2 : 1));
    for (int stage = 0; stage < mostStages; ++stage)
        x = builder.stage(x, stage, isOfMobileClip(parameters));
    graph.map = builder.gelu(builder.branches(x, "final", 1));
    graph.vector = graph.add({.op = Op::Mean, .inputs = {graph.map}});
    if (builder.has("head"))
        graph.vector = graph.linear(graph.vector, "head");
    return std::move(graph);
}

std::string fastVitTitle(const Parameters &parameters, const NetworkFacts &)
{
    std::string blocks;
    for (int stage = 0; blocksOf(parameters, stage) > 0; ++stage)
        blocks += (stage == 0 ? "" : "-") + std::to_string(blocksOf(parameters, stage));
    const std::int64_t widest = shapeOf(parameters, "stages.0.blocks.0.fc2.weight", 4)[0];
    return "FastViT, " + blocks + " blocks from " + std::to_string(widest) + " channels";
}

constexpr NeededTensor needed[] = {{"stages.0.blocks.0.fc1.weight", 4}, {"stages.0.blocks.0.fc2.weight", 4}};

constexpr LayoutRule timmRules[] = {
    {"stem.#.conv_kxk.#.conv", "stem.#.branch.#.conv"},
    {"stem.#.conv_kxk.#.bn", "stem.#.branch.#.bn"},
    {"stem.#.conv_scale.conv", "stem.#.scale.conv"},
    {"stem.#.conv_scale.bn", "stem.#.scale.bn"},
    {"stem.#.identity", "stem.#.identity"},
    {"stem.#.reparam_conv", "stem.#.whole"},
    {"stages.#.downsample.proj.#.large_conv.conv", "stages.#.down.#.large.conv"},
    {"stages.#.downsample.proj.#.large_conv.bn", "stages.#.down.#.large.bn"},
    {"stages.#.downsample.proj.#.small_conv.conv", "stages.#.down.#.small.conv"},
    {"stages.#.downsample.proj.#.small_conv.bn", "stages.#.down.#.small.bn"},
    {"stages.#.downsample.proj.#.conv_kxk.#.conv", "stages.#.down.#.branch.#.conv"},
    {"stages.#.downsample.proj.#.conv_kxk.#.bn", "stages.#.down.#.branch.#.bn"},
    {"stages.#.downsample.proj.#.identity", "stages.#.down.#.identity"},
    {"stages.#.downsample.proj.#.reparam_conv", "stages.#.down.#.whole"},
    {"stages.#.downsample.proj.#.se.fc1", "stages.#.down.#.se.fc1"},
    {"stages.#.downsample.proj.#.se.fc2", "stages.#.down.#.se.fc2"},
    {"stages.#.pos_emb.pos_enc", "stages.#.position"},
    {"stages.#.pos_emb.reparam_conv", "stages.#.position.whole"},
    {"stages.#.blocks.#.token_mixer.norm.identity", "stages.#.blocks.#.unmixed"},
    {"stages.#.blocks.#.token_mixer.mixer.conv_kxk.#.conv", "stages.#.blocks.#.mixer.branch.#.conv"},
    {"stages.#.blocks.#.token_mixer.mixer.conv_kxk.#.bn", "stages.#.blocks.#.mixer.branch.#.bn"},
    {"stages.#.blocks.#.token_mixer.mixer.conv_scale.conv", "stages.#.blocks.#.mixer.scale.conv"},
    {"stages.#.blocks.#.token_mixer.mixer.conv_scale.bn", "stages.#.blocks.#.mixer.scale.bn"},
    {"stages.#.blocks.#.token_mixer.mixer.identity", "stages.#.blocks.#.mixer.identity"},
    {"stages.#.blocks.#.token_mixer.reparam_conv", "stages.#.blocks.#.mixer.whole"},
    {"stages.#.blocks.#.token_mixer.layer_scale.gamma", "stages.#.blocks.#.mixer_scale.weight"},
    {"stages.#.blocks.#.token_mixer.qkv", "stages.#.blocks.#.qkv"},
    {"stages.#.blocks.#.token_mixer.proj", "stages.#.blocks.#.proj"},
    {"stages.#.blocks.#.norm", "stages.#.blocks.#.norm"},
    {"stages.#.blocks.#.mlp.conv.conv", "stages.#.blocks.#.depthwise.conv"},
    {"stages.#.blocks.#.mlp.conv.bn", "stages.#.blocks.#.depthwise.bn"},
    {"stages.#.blocks.#.mlp.fc1", "stages.#.blocks.#.fc1"},
    {"stages.#.blocks.#.mlp.fc2", "stages.#.blocks.#.fc2"},
    {"stages.#.blocks.#.layer_scale_1.gamma", "stages.#.blocks.#.scale1.weight"},
    {"stages.#.blocks.#.layer_scale_2.gamma", "stages.#.blocks.#.scale2.weight"},
    {"stages.#.blocks.#.layer_scale.gamma", "stages.#.blocks.#.scale2.weight"},
    {"final_conv.conv_kxk.#.conv", "final.branch.#.conv"},
    {"final_conv.conv_kxk.#.bn", "final.branch.#.bn"},
    {"final_conv.conv_scale.conv", "final.scale.conv"},
    {"final_conv.conv_scale.bn", "final.scale.bn"},
    {"final_conv.reparam_conv", "final.whole"},
    {"final_conv.se.fc1", "final.se.fc1"},
    {"final_conv.se.fc2", "final.se.fc2"},
};

constexpr Preprocessing prepared{284, 256, false, true, ResizeFilter::Bicubic};
constexpr Layout layouts[] = {{"timm FastViT", "stem.0.conv_kxk.0.conv.weight", timmRules, 1e-5, prepared},
                              {"timm FastViT", "stem.0.reparam_conv.weight", timmRules, 1e-5, prepared}};

} // namespace

const Architecture fastVitArchitecture{.id = "fastvit",
                                       .graph = fastVit,
                                       .title = fastVitTitle,
                                       .family = [](const Parameters &, const NetworkFacts &) { return "mobile"; },
                                       .needed = needed,
                                       .layouts = layouts};

} // namespace likeness
