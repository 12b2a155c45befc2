#include "core/nets/build/architectures.h"
#include "core/nets/build/usual_preprocessing.h"

#include <algorithm>
#include <vector>

namespace likeness {

namespace {

constexpr double normEps = 1e-6; ///< of every norm but the last one, in all libraries
constexpr int depthwisePx = 7, patchPx = 4, stepPx = 2;

/// Numbers of the stages in a file: 0 to 3; torchvision counts what shrinks the map between them.
std::vector<int> stagesOf(const Parameters &parameters)
{
    std::vector<int> stages;
    for (int i = 0; i < 8; ++i)
        if (parameters.contains("stages." + std::to_string(i) + ".blocks.0.depthwise.weight"))
            stages.push_back(i);
    return stages;
}

int blocksOf(const Parameters &parameters, int stage)
{
    int count = 0;
    while (parameters.contains("stages." + std::to_string(stage) + ".blocks." + std::to_string(count) +
                               ".depthwise.weight"))
        ++count;
    return count;
}

bool hasResponseNorm(const Parameters &parameters)
{
    return std::ranges::any_of(parameters,
                               [](const auto &entry) { return entry.first.find(".response.") != std::string::npos; });
}

/// Values lie as n x h x w x c wherever a token's layers work on them; turning them costs nothing.
struct Builder {
    const Parameters &parameters;
    Graph graph{};

    int last(int x) { return graph.add({.op = Op::ChannelsLast, .inputs = {x}}); }
    int first(int x) { return graph.add({.op = Op::ChannelsFirst, .inputs = {x}}); }
    int mapNorm(int x, const std::string &weights) { return first(graph.layerNorm(last(x), weights, normEps)); }
    /// Channels last. Small ones of timm keep these layers as convolutions.
    int pointwise(int x, const std::string &weights)
    {
        const auto found = parameters.find(weights + ".weight");
        const bool convolution = found != parameters.end() && found->second.shape().size() == 4;
        return convolution ? last(graph.conv(first(x), weights, 1, 0)) : graph.linear(x, weights);
    }
    int block(int x, const std::string &name)
    {
        const auto width = static_cast<int>(shapeOf(parameters, name + "depthwise.weight", 4)[0]);
        int y = graph.conv(x, name + "depthwise", 1, depthwisePx / 2, width);
        y = graph.layerNorm(last(y), name + "norm", normEps);
        y = graph.activate(pointwise(y, name + "widen"), Activation::Gelu);
        if (parameters.contains(name + "response.weight"))
            y = graph.add({.op = Op::ResponseNorm, .inputs = {y}, .weights = name + "response", .value = normEps});
        y = pointwise(y, name + "narrow");
        if (parameters.contains(name + "scale.weight"))
            y = graph.add({.op = Op::Scale, .inputs = {y}, .weights = name + "scale"});
        return graph.sum(first(y), x);
    }
};

Graph convNext(const Parameters &parameters, const NetworkFacts &facts)
{
    Builder builder{parameters};
    Graph &graph = builder.graph;
    int x = builder.mapNorm(graph.conv(graph.add({.op = Op::Image}), "stem", patchPx, 0), "stem_norm");
    const std::vector<int> stages = stagesOf(parameters);
    for (const int stage : stages) {
        if (stage != stages.front()) {
            const std::string step = std::to_string(stages[1] == 1 ? stage : stage - 1);
            x = graph.conv(builder.mapNorm(x, "step_norm." + step), "step." + step, stepPx, 0);
        }
        for (int i = 0; i < blocksOf(parameters, stage); ++i)
            x = builder.block(x, "stages." + std::to_string(stage) + ".blocks." + std::to_string(i) + ".");
    }
    graph.map = x;
    graph.vector = graph.layerNorm(graph.add({.op = Op::Mean, .inputs = {x}}), "norm", facts.layerNormEps);
    if (parameters.contains("head.weight"))
        graph.vector = graph.linear(graph.vector, "head");
    return std::move(graph);
}

std::string convNextTitle(const Parameters &parameters, const NetworkFacts &)
{
    const std::vector<int> stages = stagesOf(parameters);
    const auto stem = shapeOf(parameters, "stem.weight", 4);
    if (stages.size() != 4 || stem[2] != patchPx || !parameters.contains("norm.weight") ||
        shapeOf(parameters, "stages." + std::to_string(stages[0]) + ".blocks.0.depthwise.weight", 4)[2] != depthwisePx)
        return {};
    std::string blocks;
    for (const int stage : stages)
        blocks += (blocks.empty() ? "" : "-") + std::to_string(blocksOf(parameters, stage));
    return std::string(hasResponseNorm(parameters) ? "ConvNeXt V2, " : "ConvNeXt, ") + blocks + " blocks from " +
           std::to_string(stem[0]) + " channels";
}

constexpr NeededTensor needed[] = {{"stem.weight", 4}, {"stem_norm.weight", 1}};

constexpr LayoutRule timmRules[] = {
    {"stem.0", "stem"},
    {"stem.1", "stem_norm"},
    {"stages.#.downsample.0", "step_norm.#"},
    {"stages.#.downsample.1", "step.#"},
    {"stages.#.blocks.#.conv_dw", "stages.#.blocks.#.depthwise"},
    {"stages.#.blocks.#.norm", "stages.#.blocks.#.norm"},
    {"stages.#.blocks.#.mlp.fc1", "stages.#.blocks.#.widen"},
    {"stages.#.blocks.#.mlp.fc2", "stages.#.blocks.#.narrow"},
    {"stages.#.blocks.#.mlp.grn", "stages.#.blocks.#.response"},
    {"stages.#.blocks.#.gamma", "stages.#.blocks.#.scale.weight"},
    {"head.norm", "norm"},
};

constexpr LayoutRule metaRules[] = {
    {"downsample_layers.0.0", "stem"},
    {"downsample_layers.0.1", "stem_norm"},
    {"downsample_layers.#.0", "step_norm.#"},
    {"downsample_layers.#.1", "step.#"},
    {"stages.#.#.dwconv", "stages.#.blocks.#.depthwise"},
    {"stages.#.#.norm", "stages.#.blocks.#.norm"},
    {"stages.#.#.pwconv1", "stages.#.blocks.#.widen"},
    {"stages.#.#.pwconv2", "stages.#.blocks.#.narrow"},
    {"stages.#.#.grn.gamma", "stages.#.blocks.#.response.weight"},
    {"stages.#.#.grn.beta", "stages.#.blocks.#.response.bias"},
    {"stages.#.#.gamma", "stages.#.blocks.#.scale.weight"},
    {"norm", "norm"},
};

constexpr LayoutRule torchvisionRules[] = {
    {"features.0.0", "stem"},
    {"features.0.1", "stem_norm"},
    {"features.#.#.block.0", "stages.#.blocks.#.depthwise"},
    {"features.#.#.block.2", "stages.#.blocks.#.norm"},
    {"features.#.#.block.3", "stages.#.blocks.#.widen"},
    {"features.#.#.block.5", "stages.#.blocks.#.narrow"},
    {"features.#.#.layer_scale", "stages.#.blocks.#.scale.weight"},
    {"features.#.0", "step_norm.#"},
    {"features.#.1", "step.#"},
    {"classifier.0", "norm"},
};

constexpr LayoutRule huggingFaceRules[] = {
    {"embeddings.patch_embeddings", "stem"},
    {"embeddings.layernorm", "stem_norm"},
    {"encoder.stages.#.downsampling_layer.0", "step_norm.#"},
    {"encoder.stages.#.downsampling_layer.1", "step.#"},
    {"encoder.stages.#.layers.#.dwconv", "stages.#.blocks.#.depthwise"},
    {"encoder.stages.#.layers.#.layernorm", "stages.#.blocks.#.norm"},
    {"encoder.stages.#.layers.#.pwconv1", "stages.#.blocks.#.widen"},
    {"encoder.stages.#.layers.#.pwconv2", "stages.#.blocks.#.narrow"},
    {"encoder.stages.#.layers.#.grn", "stages.#.blocks.#.response"},
    {"encoder.stages.#.layers.#.layer_scale_parameter", "stages.#.blocks.#.scale.weight"},
    {"layernorm", "norm"},
};

// transformers 5 puts the stages, and only them, behind "model.".
constexpr LayoutRule dinoRules[] = {
    {"stages.0.downsample_layers.0", "stem"},
    {"stages.0.downsample_layers.1", "stem_norm"},
    {"stages.#.downsample_layers.0", "step_norm.#"},
    {"stages.#.downsample_layers.1", "step.#"},
    {"stages.#.layers.#.depthwise_conv", "stages.#.blocks.#.depthwise"},
    {"stages.#.layers.#.layer_norm", "stages.#.blocks.#.norm"},
    {"stages.#.layers.#.pointwise_conv1", "stages.#.blocks.#.widen"},
    {"stages.#.layers.#.pointwise_conv2", "stages.#.blocks.#.narrow"},
    {"stages.#.layers.#.gamma", "stages.#.blocks.#.scale.weight"},
    {"layer_norm", "norm"},
    {"model.stages.0.downsample_layers.0", "stem"},
    {"model.stages.0.downsample_layers.1", "stem_norm"},
    {"model.stages.#.downsample_layers.0", "step_norm.#"},
    {"model.stages.#.downsample_layers.1", "step.#"},
    {"model.stages.#.layers.#.depthwise_conv", "stages.#.blocks.#.depthwise"},
    {"model.stages.#.layers.#.layer_norm", "stages.#.blocks.#.norm"},
    {"model.stages.#.layers.#.pointwise_conv1", "stages.#.blocks.#.widen"},
    {"model.stages.#.layers.#.pointwise_conv2", "stages.#.blocks.#.narrow"},
    {"model.stages.#.layers.#.gamma", "stages.#.blocks.#.scale.weight"},
};

constexpr Preprocessing bicubic{256, 224, false, true, ResizeFilter::Bicubic};

constexpr Layout layouts[] = {
    {"timm", "stages.0.blocks.0.conv_dw.weight", timmRules, normEps, bicubic},
    {"Meta", "stages.0.0.dwconv.weight", metaRules, normEps, bicubic},
    {"torchvision", "features.1.0.block.0.weight", torchvisionRules, normEps, {236, 224}},
    {"Hugging Face",
     "encoder.stages.0.layers.0.dwconv.weight",
     huggingFaceRules,
     1e-12,
     {256, 224, false, false, ResizeFilter::Bicubic}},
    {"Hugging Face DINOv3", "model.stages.0.layers.0.depthwise_conv.weight", dinoRules, normEps, {224, 224, true}},
    {"Hugging Face DINOv3", "stages.0.layers.0.depthwise_conv.weight", dinoRules, normEps, {224, 224, true}},
};

} // namespace

const Architecture convNextArchitecture{.id = "convnext",
                                        .graph = convNext,
                                        .title = convNextTitle,
                                        .family = [](const Parameters &, const NetworkFacts &) { return "convnext"; },
                                        .needed = needed,
                                        .layouts = layouts};

} // namespace likeness
