#include "core/train/initial_network.h"

#include "core/base/file.h"
#include "core/base/random.h"
#include "core/nets/models/model_store.h"
#include "core/nets/recognise/likeness_format.h"
#include "core/nets/recognise/tower.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace likeness {

namespace {

constexpr const char *projection = "projection."; ///< what is thrown away after the training

/// First weights of a residual network in the names of torchvision.
class Weights {
public:
    Weights(TensorMap &tensors, std::uint64_t seed) : m_tensors(tensors), m_random(randomFor(seed, 0x3e1)) {}

    /// Normal with the deviation sqrt(2 / fan out).
    void conv(const std::string &name, std::int64_t out, std::int64_t in, std::int64_t kernel)
    {
        const double deviation = std::sqrt(2.0 / static_cast<double>(out * kernel * kernel));
        fill(name + ".weight", {out, in, kernel, kernel}, [&] { return deviation * gaussian(); });
    }
    void norm(const std::string &name, std::int64_t width)
    {
        fill(name + ".weight", {width}, [] { return 1; });
        fill(name + ".bias", {width}, [] { return 0; });
        fill(name + ".running_mean", {width}, [] { return 0; });
        fill(name + ".running_var", {width}, [] { return 1; });
    }
    /// Uniform within 1 / sqrt(in).
    void linear(const std::string &name, std::int64_t out, std::int64_t in)
    {
        const double reach = 1 / std::sqrt(static_cast<double>(in));
        fill(name + ".weight", {out, in}, [&] { return m_random.uniform(-reach, reach); });
        fill(name + ".bias", {out}, [&] { return m_random.uniform(-reach, reach); });
    }
    void block(const std::string &name, std::int64_t out, std::int64_t in, bool shrinks)
    {
        conv(name + ".conv1", out, in, 3);
        norm(name + ".bn1", out);
        conv(name + ".conv2", out, out, 3);
        norm(name + ".bn2", out);
        if (shrinks || out != in) {
            conv(name + ".downsample.0", out, in, 1);
            norm(name + ".downsample.1", out);
        }
    }

private:
    double gaussian()
    {
        const double radius = std::sqrt(-2 * std::log(1 - m_random.unit()));
        return radius * std::cos(2 * std::numbers::pi * m_random.unit());
    }
    template <class Value> void fill(const std::string &name, std::vector<std::int64_t> shape, const Value &value)
    {
        std::int64_t count = 1;
        for (const std::int64_t extent : shape)
            count *= extent;
        PlainTensor tensor{std::move(shape), std::vector<float>(static_cast<std::size_t>(count))};
        for (float &entry : tensor.values)
            entry = static_cast<float>(value());
        m_tensors[name] = std::move(tensor);
    }

    TensorMap &m_tensors;
    Random m_random;
};

struct Shape {
    int stem; ///< kernel of the first convolution
    std::array<int, 4> widths, blocks;
    bool pool;
};
constexpr Shape smallShape{5, {32, 64, 128, 256}, {1, 1, 2, 2}, false};
constexpr Shape resnet18Shape{7, {64, 128, 256, 512}, {2, 2, 2, 2}, true};

TrainableNetwork fromScratch(const Shape &shape, const NetworkPlan &plan, Weights &weights, TensorMap &tensors)
{
    TrainableNetwork network;
    const auto width = [&](int layer) {
        return std::max(
            8, static_cast<int>(std::lround(shape.widths[static_cast<std::size_t>(layer)] * plan.width / 8)) * 8);
    };
    weights.conv("conv1", width(0), 3, shape.stem);
    weights.norm("bn1", width(0));
    int in = width(0);
    for (int layer = 0; layer < 4; ++layer)
        for (int i = 0; i < shape.blocks[static_cast<std::size_t>(layer)]; ++i) {
            weights.block("layer" + std::to_string(layer + 1) + "." + std::to_string(i), width(layer), in,
                          layer > 0 && i == 0);
            in = width(layer);
        }
    network.tensors = std::move(tensors);
    network.facts.stemPool = shape.pool;
    network.facts.gem = 3;
    network.preprocessing = {.resizePx = plan.sidePx, .cropPx = plan.sidePx, .squash = true};
    return network;
}

TrainableNetwork fromInstalled(const NetworkPlan &plan)
{
    const ModelStore store = ModelStore::user();
    const ModelCard card = store.card(plan.model);
    if (!card.program.empty())
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "the model %1 is a program (%2): it cannot be trained on"),
                    {card.id, card.program});
    const NetworkModel model = recogniseNetwork(card.folder / card.weights, card.choices, Trust::Installed);
    TrainableNetwork network;
    network.architecture = model.image.architecture;
    network.facts = model.image.facts;
    network.preprocessing = card.preprocessing.atSize(plan.sidePx);
    network.tensors = copyOf(model.image.parameters);
    return network;
}

/// The first name, two of them where the first only says that there are several.
std::string partOf(const std::string &weights)
{
    static constexpr const char *stem[] = {"bn1", "stem_bn", "patch", "pre_norm", "conv2", "bn2", "conv3", "bn3"};
    const auto dot = weights.find('.');
    const std::string first = weights.substr(0, dot);
    if (first == "blocks" && dot != std::string::npos)
        return weights.substr(0, weights.find('.', dot + 1));
    return std::ranges::find(stem, first) != std::end(stem) ? "stem" : first == "conv1" ? "stem" : first;
}

void freeze(TrainableNetwork &network, int parts)
{
    const auto names = partsOf(network.graph);
    const auto count = std::min(static_cast<std::size_t>(parts), names.size());
    for (const Node &node : network.graph.nodes)
        if (!node.weights.empty() &&
            std::ranges::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(count),
                              partOf(node.weights)) != names.begin() + static_cast<std::ptrdiff_t>(count))
            network.frozen.insert(node.weights);
    if (count > 0)
        for (const char *name : tokenParameters)
            network.frozen.insert(name);
}

} // namespace

std::vector<std::string> partsOf(const Graph &graph)
{
    std::vector<std::string> parts;
    for (const Node &node : graph.nodes)
        if (!node.weights.empty() && !node.weights.starts_with(projection) && node.weights != "embedding")
            if (const std::string part = partOf(node.weights); std::ranges::find(parts, part) == parts.end())
                parts.push_back(part);
    return parts;
}

TrainableNetwork buildNetwork(const NetworkPlan &plan, std::uint64_t seed)
{
    TensorMap tensors;
    Weights weights(tensors, seed);
    TrainableNetwork network =
        plan.network == Backbone::Installed
            ? fromInstalled(plan)
            : fromScratch(plan.network == Backbone::Small ? smallShape : resnet18Shape, plan, weights, tensors);
    const auto widthOf = [&] {
        const WeightFile file = viewOf(network.tensors);
        Tower tower{network.architecture, parametersNamedAsIn(file), network.facts, {}, 0};
        tower.graph = graphOf(tower);
        network.graph = tower.graph;
        return vectorWidth(tower.graph, tower.parameters);
    };
    const int pooled = widthOf();
    tensors.clear();
    if (plan.head == Head::Linear && !network.tensors.contains("embedding.weight")) {
        weights.linear("embedding", plan.dimension, pooled);
    } else if (plan.head == Head::Projection) {
        weights.linear("projection.fc1", pooled, pooled);
        weights.linear("projection.fc2", plan.dimension, pooled);
    }
    network.tensors.merge(tensors);
    widthOf();
    network.trained = network.graph.vector;
    if (plan.head == Head::Projection) {
        const int hidden =
            network.graph.activate(network.graph.linear(network.graph.vector, "projection.fc1"), Activation::Relu);
        network.trained = network.graph.linear(hidden, "projection.fc2");
    }
    freeze(network, plan.frozen);
    return network;
}

bool isStatistic(std::string_view name)
{
    return name.ends_with(".running_mean") || name.ends_with(".running_var");
}

bool isFrozen(const TrainableNetwork &network, std::string_view name)
{
    return std::ranges::any_of(network.frozen, [name](const std::string &prefix) {
        return name == prefix || (name.starts_with(prefix) && name[prefix.size()] == '.');
    });
}

int trainedWidth(const TrainableNetwork &network)
{
    Graph trained = network.graph;
    trained.vector = network.trained;
    const WeightFile file = viewOf(network.tensors);
    return vectorWidth(trained, parametersNamedAsIn(file));
}

void writeNetwork(const std::filesystem::path &path, const TrainableNetwork &network, const TensorMap &weights,
                  bool half)
{
    TensorMap kept;
    for (const auto &[name, tensor] : weights)
        if (!name.starts_with(projection))
            kept[name] = tensor;
    writeSafetensors(path, kept, LikenessNetwork{network.architecture, network.facts, network.preprocessing}.metadata(),
                     half);
}

} // namespace likeness
