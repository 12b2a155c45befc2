#include "core/nets/build/architectures.h"
#include "core/nets/build/usual_preprocessing.h"

#include <algorithm>
#include <array>

namespace likeness {

namespace {

/// What the authors' tables say and weights do not: by the number of stages or blocks.
struct Kind {
    const char *title;
    std::span<const int> strides; ///< of the first block of each stage (timm), of each block (torchvision)
    int reluStages;               ///< the first ones, which have `early` where the others have `later`
    Activation early, later, squeezed, gate;
};

constexpr int largeBlocks[] = {1, 2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 2, 1, 1};
constexpr int smallBlocks[] = {2, 2, 1, 2, 1, 1, 1, 1, 2, 1, 1};
constexpr int largeStages[] = {1, 2, 2, 2, 1, 2};
constexpr int smallStages[] = {2, 2, 2, 1, 2};
constexpr int efficientStages[] = {1, 2, 2, 2, 1, 2, 1};
constexpr auto relu = Activation::Relu, hard = Activation::HardSwish, silu = Activation::Silu;
constexpr Kind largeByBlock{"MobileNetV3-Large", largeBlocks, 6, relu, hard, relu, Activation::HardSigmoid};
constexpr Kind smallByBlock{"MobileNetV3-Small", smallBlocks, 3, relu, hard, relu, Activation::HardSigmoid};
constexpr Kind largeByStage{"MobileNetV3-Large", largeStages, 3, relu, hard, relu, Activation::HardSigmoid};
constexpr Kind smallByStage{"MobileNetV3-Small", smallStages, 2, relu, hard, relu, Activation::HardSigmoid};
constexpr auto clipped = Activation::Relu6;
constexpr Kind lite{"EfficientNet-Lite", efficientStages, 0, clipped, clipped, relu, Activation::Sigmoid};
constexpr Kind efficient{"EfficientNet", efficientStages, 0, silu, silu, silu, Activation::Sigmoid};

struct Unit {
    std::string conv, norm;
};

struct Builder {
    const Parameters &parameters;
    const NetworkFacts &facts;
    const Kind &kind;
    Graph graph{};

    bool has(const std::string &name) const { return parameters.contains(name + ".weight"); }
    std::int64_t width(const std::string &conv) const { return shapeOf(parameters, conv + ".weight", 4)[0]; }
    bool isDepthwise(const std::string &conv) const
    {
        const auto shape = shapeOf(parameters, conv + ".weight", 4);
        return shape[1] == 1 && shape[0] > 1;
    }
    int convNorm(int x, const Unit &unit, int stride)
    {
        const auto shape = shapeOf(parameters, unit.conv + ".weight", 4);
        const int groups = isDepthwise(unit.conv) ? static_cast<int>(shape[0]) : 1;
        const int padding = facts.samePadding ? samePadding : static_cast<int>(shape[2]) / 2;
        return graph.norm(graph.conv(x, unit.conv, stride, padding, groups), unit.norm, facts.batchNormEps);
    }
    /// Squeeze and excitation (Hu et al. 2018).
    int squeezed(int x, const std::string &reduce, const std::string &expand)
    {
        int y = graph.add({.op = Op::AveragePool, .inputs = {x}});
        y = graph.activate(graph.conv(y, reduce, 1, 0), kind.squeezed);
        y = graph.activate(graph.conv(y, expand, 1, 0), kind.gate);
        return graph.add({.op = Op::Multiply, .inputs = {x, y}});
    }
    /// Expansion (where there is one), depthwise convolution with the stride, projection.
    int block(int x, const std::vector<Unit> &units, const Unit &excitation, int stride, Activation activation)
    {
        int y = x;
        for (const Unit &unit : units) {
            const bool depthwise = isDepthwise(unit.conv);
            y = convNorm(y, unit, depthwise ? stride : 1);
            if (&unit != &units.back())
                y = graph.activate(y, activation);
            if (depthwise && has(excitation.conv))
                y = squeezed(y, excitation.conv, excitation.norm);
        }
        const auto in = isDepthwise(units.front().conv) ? width(units.front().conv)
                                                        : shapeOf(parameters, units.front().conv + ".weight", 4)[1];
        return stride == 1 && in == width(units.back().conv) ? graph.sum(y, x) : y;
    }
    Activation activationOf(std::size_t stage) const
    {
        return static_cast<int>(stage) < kind.reluStages ? kind.early : kind.later;
    }
    int stem() { return graph.activate(convNorm(graph.add({.op = Op::Image}), {"stem", "stem_bn"}, 2), kind.later); }

    Graph torchvision()
    {
        int x = stem();
        for (std::size_t i = 0; i < kind.strides.size(); ++i) {
            const std::string name = "blocks." + std::to_string(i + 1) + ".";
            std::vector<Unit> units;
            Unit excitation;
            for (int k = 0; k < 4; ++k) {
                const std::string part = name + std::to_string(k);
                if (has(part + ".0"))
                    units.push_back({part + ".0", part + ".1"});
                else if (has(part + ".fc1"))
                    excitation = {part + ".fc1", part + ".fc2"};
            }
            if (!units.empty())
                x = block(x, units, excitation, kind.strides[i], activationOf(i));
        }
        const std::string last = "last." + std::to_string(kind.strides.size() + 1);
        graph.map = graph.activate(convNorm(x, {last + ".0", last + ".1"}, 1), kind.later);
        graph.vector = graph.add({.op = Op::Mean, .inputs = {graph.map}});
        return std::move(graph);
    }

    /// Blocks in one list: a stage begins where their width changes.
    Graph flat()
    {
        int x = stem();
        std::int64_t before = 0;
        std::size_t stage = 0; // the next one
        for (int i = 0; has("flat." + std::to_string(i) + ".depthwise"); ++i) {
            const std::string name = "flat." + std::to_string(i) + ".";
            std::vector<Unit> units{{name + "depthwise", name + "bn1"}, {name + "project", name + "bn2"}};
            if (has(name + "expand"))
                units.insert(units.begin(), {name + "expand", name + "bn0"});
            const std::int64_t now = width(name + "project");
            const bool begins = now != before && stage < kind.strides.size();
            x = block(x, units, {name + "reduce", name + "widen"}, begins ? kind.strides[stage++] : 1, kind.later);
            before = now;
        }
        graph.map = graph.activate(convNorm(x, {"head", "head_bn"}, 1), kind.later);
        graph.vector = graph.add({.op = Op::Mean, .inputs = {graph.map}});
        return std::move(graph);
    }

    Graph timm()
    {
        int x = stem();
        for (std::size_t stage = 0; stage < kind.strides.size(); ++stage)
            for (int i = 0; has("blocks." + std::to_string(stage) + "." + std::to_string(i) + ".conv_dw"); ++i) {
                const std::string name = "blocks." + std::to_string(stage) + "." + std::to_string(i) + ".";
                const std::vector<Unit> units =
                    has(name + "conv_pwl")
                        ? std::vector<Unit>{{name + "conv_pw", name + "bn1"},
                                            {name + "conv_dw", name + "bn2"},
                                            {name + "conv_pwl", name + "bn3"}}
                        : std::vector<Unit>{{name + "conv_dw", name + "bn1"}, {name + "conv_pw", name + "bn2"}};
                x = block(x, units, {name + "se.conv_reduce", name + "se.conv_expand"},
                          i == 0 ? kind.strides[stage] : 1, activationOf(stage));
            }
        if (has("head_bn")) {
            graph.map = graph.activate(convNorm(x, {"head", "head_bn"}, 1), kind.later);
            graph.vector = graph.add({.op = Op::Mean, .inputs = {graph.map}});
            return std::move(graph);
        }
        // MobileNetV3 widens after the pooling.
        const std::string last = "blocks." + std::to_string(kind.strides.size()) + ".0.";
        graph.map = graph.activate(convNorm(x, {last + "conv", last + "bn1"}, 1), kind.later);
        const int mean = graph.add({.op = Op::AveragePool, .inputs = {graph.map}});
        graph.vector =
            graph.add({.op = Op::Mean, .inputs = {graph.activate(graph.conv(mean, "head", 1, 0), kind.later)}});
        return std::move(graph);
    }
};

bool isTorchvision(const Parameters &parameters)
{
    return parameters.contains("blocks.1.0.0.weight");
}

bool isFlat(const Parameters &parameters)
{
    return parameters.contains("flat.0.depthwise.weight");
}

/// Null where there are not as many stages as an EfficientNet has.
const Kind *flatKindOf(const Parameters &parameters)
{
    std::int64_t before = 0;
    std::size_t stages = 0;
    for (int i = 0; parameters.contains("flat." + std::to_string(i) + ".depthwise.weight"); ++i) {
        const auto now = shapeOf(parameters, "flat." + std::to_string(i) + ".project.weight", 4)[0];
        stages += now != before;
        before = now;
    }
    return stages != std::size(efficientStages)          ? nullptr
           : parameters.contains("flat.0.reduce.weight") ? &efficient
                                                         : &lite;
}

bool hasExcitation(const Parameters &parameters)
{
    return std::ranges::any_of(parameters, [](const auto &entry) {
        return entry.first.find(".fc1.") != std::string::npos || entry.first.find(".se.") != std::string::npos;
    });
}

const Kind *kindOf(const Parameters &parameters)
{
    const auto hasBlock = [&](std::size_t i, const char *part) {
        return parameters.contains("blocks." + std::to_string(i) + part);
    };
    if (isFlat(parameters))
        return flatKindOf(parameters);
    const bool torchvision = isTorchvision(parameters);
    std::size_t count = 0;
    while (torchvision ? hasBlock(count + 1, ".0.0.weight") : hasBlock(count, ".0.conv_dw.weight"))
        ++count;
    if (!torchvision && parameters.contains("head_bn.weight"))
        return count != std::size(efficientStages)       ? nullptr
               : hasBlock(0, ".0.se.conv_reduce.weight") ? &efficient
                                                         : &lite;
    for (const Kind *kind :
         torchvision ? std::array{&largeByBlock, &smallByBlock} : std::array{&largeByStage, &smallByStage})
        if (kind->strides.size() == count && hasExcitation(parameters))
            return kind; // without it is the "minimal" one, which has other activations
    return nullptr;
}

std::string mobileTitle(const Parameters &parameters, const NetworkFacts &)
{
    const Kind *kind = kindOf(parameters);
    return kind ? kind->title : "";
}

Graph mobileNetwork(const Parameters &parameters, const NetworkFacts &facts)
{
    Builder builder{parameters, facts, *kindOf(parameters)};
    return isFlat(parameters) ? builder.flat() : isTorchvision(parameters) ? builder.torchvision() : builder.timm();
}

constexpr NeededTensor needed[] = {{"stem.weight", 4}};

constexpr LayoutRule torchvisionRules[] = {
    {"features.0.0", "stem"},
    {"features.0.1", "stem_bn"},
    {"features.#.block.#.#", "blocks.#.#.#"},
    {"features.#.block.#.fc#", "blocks.#.#.fc#"},
    {"features.#.#", "last.#.#"},
};

constexpr LayoutRule timmRules[] = {
    {"conv_stem", "stem"},
    {"bn1", "stem_bn"},
    {"blocks.#.#.conv", "blocks.#.#.conv"},
    {"blocks.#.#.conv_pw", "blocks.#.#.conv_pw"},
    {"blocks.#.#.conv_dw", "blocks.#.#.conv_dw"},
    {"blocks.#.#.conv_pwl", "blocks.#.#.conv_pwl"},
    {"blocks.#.#.bn#", "blocks.#.#.bn#"},
    {"blocks.#.#.se.conv_reduce", "blocks.#.#.se.conv_reduce"},
    {"blocks.#.#.se.conv_expand", "blocks.#.#.se.conv_expand"},
    {"conv_head", "head"},
    {"bn2", "head_bn"},
};

constexpr LayoutRule flatRules[] = {
    {"_conv_stem", "stem"},
    {"_bn0", "stem_bn"},
    {"_blocks.#._expand_conv", "flat.#.expand"},
    {"_blocks.#._depthwise_conv", "flat.#.depthwise"},
    {"_blocks.#._project_conv", "flat.#.project"},
    {"_blocks.#._bn#", "flat.#.bn#"},
    {"_blocks.#._se_reduce", "flat.#.reduce"},
    {"_blocks.#._se_expand", "flat.#.widen"},
    {"_conv_head", "head"},
    {"_bn1", "head_bn"},
};

constexpr Layout layouts[] = {
    {"torchvision", "features.1.block.0.0.weight", torchvisionRules, 0, imageNetPreprocessing},
    {"timm", "conv_stem.weight", timmRules, 0, {256, 224, false, true, ResizeFilter::Bicubic}},
    {"efficientnet-pytorch", "_conv_stem.weight", flatRules, 0, {224, 224, false, true, ResizeFilter::Bicubic}}};

} // namespace

const Architecture mobileArchitecture{.id = "mobile",
                                      .graph = mobileNetwork,
                                      .title = mobileTitle,
                                      .family = [](const Parameters &, const NetworkFacts &) { return "mobile"; },
                                      .needed = needed,
                                      .layouts = layouts};

} // namespace likeness
