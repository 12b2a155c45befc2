#pragma once

#include "core/weights/weight_file.h"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace likeness {

struct OnnxNode; // core/onnx/onnx_model.h

enum class Activation { None, Relu, Relu6, Gelu, GeluTanh, QuickGelu, Silu, HardSwish, Sigmoid, HardSigmoid };

/// Padding of a convolution as TensorFlow has it: ceil(in / stride) places, the odd one behind.
constexpr int samePadding = -1;
/// Both sides together.
constexpr std::int64_t samePaddingOf(std::int64_t length, std::int64_t kernel, std::int64_t stride)
{
    const std::int64_t missing = (length - 1) / stride * stride + kernel - length;
    return missing > 0 ? missing : 0;
}

/// What a node does. Maps are n x c x h x w, tokens n x t x d, vectors n x d.
enum class Op {
    Image,     ///< the input: n x 3 x h x w, normalised
    Words,     ///< the input of a text tower: n x t whole numbers
    Conv,      ///< map -> map; weights .weight (out x in / groups x k x k), .bias where present
    BatchNorm, ///< map; .weight .bias .running_mean .running_var
    Activate,
    MaxPool,
    AveragePool, ///< of `kernel` places, of all where it is 0
    Mean,        ///< map -> vector: the mean over the places
    Gem,         ///< map -> vector: generalised mean with exponent `value`
    Add,
    Subtract,
    Multiply,  ///< map by map; the second one may have a single place
    Linear,    ///< on the last axis; .weight (out x in), .bias where present
    LayerNorm, ///< on the last axis; .weight .bias; eps is `value`
    Tokens,    ///< patch map -> tokens: class (or mean) token first, then registers, then patches, with positions
    Embed,     ///< words -> tokens by .weight (vocabulary x d), with positions and the first segment (BERT)
    Attention, ///< q k v beside each other (n x t x 3d, or n x h x w x 3d) -> d with `heads`; `causal` for text; with a
               ///< `rotation` by the grid of the second input, a map, but for the first `index` tokens
    PoolAttention, ///< tokens -> vector: what the learnt query "latent" sees, with `heads`; .weight (3d x d) .bias
    Gate,          ///< SwiGLU: halves a, b -> silu(a) * b
    Scale,         ///< layer scale: by .weight (d, perhaps among axes of 1)
    ChannelsLast,  ///< map -> n x h x w x c, on which layers of tokens work; the same memory
    ChannelsFirst, ///< and back
    ResponseNorm,  ///< of n x h x w x c: global response normalisation (Woo et al. 2023); .weight .bias; eps is `value`
    Take,          ///< tokens -> vector: the token at `index`, or the one of the end-of-text word
    Patches,       ///< tokens -> map: without the first `index` tokens, in the grid of the patches
    MeanTokens,    ///< tokens -> vector: the mean without the first `index` tokens
    Quantise,      ///< rounded to whole steps, as `quantisation` says
    Constant,      ///< a parameter of any shape and type, by its name
    Operator,      ///< what `operation` says, an operator of ONNX
    Part           ///< a further result of the operator `index` nodes before
};

/// How positions are resized where the grid of patches is another than the one trained with (bicubic, align_corners
/// false): timm and open_clip with antialiasing; Hugging Face without; DINOv2 by a factor of (w + 0.1) / w0. Absent:
/// the network has none.
enum class PositionResize { Antialiased, Plain, DinoOffset, Absent };

/// Rotary positions (Su et al. 2021; Heo et al. 2024 for images): pairs of entries of q and k are turned by angles that
/// grow with the row for the first half of the pairs, with the column for the second. Grid: EVA-02's (Fang et al.
/// 2023), places of a grid of 16 x 16 whatever the grid is, frequencies 10000^(-4i/d), neighbours are a pair. Centred:
/// DINOv3's (Simeoni et al. 2025), places in -1..1, frequencies 2 pi 100^(-4i/d), entries half a head apart are a pair.
enum class Rotation { None, Grid, Centred };

/// Parameters that are tokens, or are added to some.
inline constexpr const char *tokenParameters[] = {"class", "registers", "position", "segment", "latent"};

/// clamp(round(x / scale), least, most) * scale: what a network of whole numbers keeps of a value.
struct Quantisation {
    double scale = 0; ///< 0: none
    double least = 0, most = 0;
};

struct Node {
    Op op = Op::Image;
    std::vector<int> inputs{}; ///< -1: left out (of operators only)
    std::string weights{};     ///< prefix of its parameters
    int kernel = 0, stride = 1, padding = 0, groups = 1, heads = 1, index = 0;
    bool causal = false;
    bool meanToken = false; ///< Tokens: the mean of the patches is the first token
    double value = 0;
    Activation activation = Activation::None; ///< of Conv and Linear applied to their result
    PositionResize positions = PositionResize::Antialiased;
    Rotation rotation = Rotation::None;
    Quantisation quantisation{};
    std::shared_ptr<const OnnxNode> operation{};
};

/// Where a parameter comes from: parts stacked along the first axis (q, k, v), perhaps transposed. A part that is null
/// is as many zeros as the first has values.
struct Parameter {
    std::vector<const WeightTensor *> parts;
    bool transposed = false;
    const WeightTensor *factors = nullptr; ///< each value by its own, where present
    std::vector<std::int64_t> shape() const;
    std::int64_t count() const;
    std::vector<float> values() const;
    /// The floats where they lie in the file, if they can be used there; empty otherwise.
    std::span<const float> inPlace() const;
};
using Parameters = std::map<std::string, Parameter, std::less<>>;

/// The extents of a parameter as so many axes: zeros where it is missing or has fewer.
std::vector<std::int64_t> shapeOf(const Parameters &parameters, std::string_view name, std::size_t axes);

/// A network as a list of nodes, each after its inputs, from the shapes of its weights or from an ONNX file. `vector`
/// is its own global feature, `map` the last features with places (-1 for text). Free of any library: core/nets/torch
/// runs it.
struct Graph {
    std::vector<Node> nodes;
    int vector = -1, map = -1;
    std::vector<int> outputs; ///< of an ONNX file, in place of these two
    int opset = 0;            ///< of its operators

    int add(Node node)
    {
        nodes.push_back(std::move(node));
        return static_cast<int>(nodes.size()) - 1;
    }
    int conv(int x, std::string weights, int stride, int padding, int groups = 1)
    {
        return add({.op = Op::Conv,
                    .inputs = {x},
                    .weights = std::move(weights),
                    .stride = stride,
                    .padding = padding,
                    .groups = groups});
    }
    int norm(int x, std::string weights, double eps = 1e-5)
    {
        return add({.op = Op::BatchNorm, .inputs = {x}, .weights = std::move(weights), .value = eps});
    }
    int activate(int x, Activation activation)
    {
        return add({.op = Op::Activate, .inputs = {x}, .activation = activation});
    }
    int linear(int x, std::string weights, Activation activation = Activation::None)
    {
        return add({.op = Op::Linear, .inputs = {x}, .weights = std::move(weights), .activation = activation});
    }
    int layerNorm(int x, std::string weights, double eps)
    {
        return add({.op = Op::LayerNorm, .inputs = {x}, .weights = std::move(weights), .value = eps});
    }
    int sum(int a, int b) { return add({.op = Op::Add, .inputs = {a, b}}); }
};

/// What does not fit between the nodes and the shapes of the parameters; an empty text where all does.
Message checkGraph(const Graph &graph, const Parameters &parameters);

/// Entries of the graph's vector. The graph must have passed checkGraph().
int vectorWidth(const Graph &graph, const Parameters &parameters);

} // namespace likeness
