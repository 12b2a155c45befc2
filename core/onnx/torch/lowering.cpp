#include "core/onnx/torch/lowering.h"

#include "core/onnx/torch/operators.h"

#include <algorithm>
#include <cmath>

namespace likeness {

namespace {

using at::Tensor;

class Lowering {
public:
    Lowering(Graph &graph, Constants &constants, const std::vector<ValueFacts> &facts)
        : m_graph(graph), m_constants(constants), m_facts(facts), m_users(graph.nodes.size())
    {
        for (std::size_t i = 0; i < graph.nodes.size(); ++i)
            for (const int input : graph.nodes[i].inputs)
                if (input >= 0)
                    m_users[static_cast<std::size_t>(input)].push_back(static_cast<int>(i));
        for (const int output : graph.outputs)
            m_users[static_cast<std::size_t>(output)].push_back(-1);
    }

    void run()
    {
        for (int i = 0; i < static_cast<int>(m_graph.nodes.size()); ++i)
            if (is(i, "Conv"))
                convolution(i);
        for (int i = 0; i < static_cast<int>(m_graph.nodes.size()); ++i) {
            gate(i);
            quantisation(i);
            gelu(i);
            layerNorm(i);
            if (is(i, "Gemm") || is(i, "MatMul"))
                product(i);
        }
        // What follows a convolution, from the front, so that a chain grows.
        for (int i = 0; i < static_cast<int>(m_graph.nodes.size()); ++i) {
            if (is(i, "BatchNormalization"))
                batchNorm(i);
            else if (is(i, "Add"))
                sum(i);
            else if (m_graph.nodes[static_cast<std::size_t>(i)].op == Op::Operator)
                activation(i);
        }
    }

private:
    Node &node(int i) { return m_graph.nodes[static_cast<std::size_t>(i)]; }
    const OnnxNode &operation(int i) { return *node(i).operation; }
    bool is(int i, const char *name) { return i >= 0 && node(i).op == Op::Operator && operation(i).operation == name; }
    int input(int i, std::size_t k) { return k < node(i).inputs.size() ? node(i).inputs[k] : -1; }
    const Tensor *constant(int i)
    {
        if (i < 0 || node(i).op != Op::Constant)
            return nullptr;
        return &m_constants.find(node(i).weights)->second;
    }
    /// A constant of one float.
    bool isNumber(int i, double value)
    {
        const Tensor *found = constant(i);
        return found && found->numel() == 1 && found->is_floating_point() &&
               std::abs(found->item<double>() - value) <= 1e-4 * std::max(1e-3, std::abs(value));
    }
    bool isFloats(int i, std::size_t axes)
    {
        const Tensor *found = constant(i);
        return found && found->scalar_type() == at::kFloat && found->dim() == static_cast<std::int64_t>(axes);
    }
    int onlyUser(int i)
    {
        const auto &users = m_users[static_cast<std::size_t>(i)];
        return users.size() == 1 ? users[0] : -1;
    }
    const ValueFacts &facts(int i) { return m_facts[static_cast<std::size_t>(i)]; }
    bool isFloatMap(int i) { return facts(i).isKnown && facts(i).type == at::kFloat && facts(i).shape.size() == 4; }
    std::string store(int i, const Tensor &weight, const Tensor &bias)
    {
        std::string name = "#" + std::to_string(i) + "lowered";
        m_constants[name + ".weight"] = weight;
        if (bias.defined())
            m_constants[name + ".bias"] = bias;
        return name;
    }
    /// The node is what the graph has itself; what nobody looks at any more looks at nothing.
    void become(int i, Node made)
    {
        const std::vector<int> before = node(i).inputs;
        node(i) = std::move(made);
        for (const int after : node(i).inputs)
            m_users[static_cast<std::size_t>(after)].push_back(i);
        for (const int input : before)
            loseUser(input, i);
    }
    void loseUser(int i, int user)
    {
        if (i < 0)
            return;
        auto &users = m_users[static_cast<std::size_t>(i)];
        if (const auto found = std::ranges::find(users, user); found != users.end())
            users.erase(found);
        if (users.empty())
            for (const int input : node(i).inputs)
                loseUser(input, i);
    }

    void convolution(int i)
    {
        const int x = input(i, 0), w = input(i, 1), b = input(i, 2);
        if (!isFloats(w, 4) || (b >= 0 && !isFloats(b, 1)) || !isFloatMap(x) || !isFloatMap(i))
            return;
        const OnnxNode &conv = operation(i);
        const Tensor &weight = *constant(w);
        const auto allAre = [](const std::vector<std::int64_t> &values, std::int64_t value) {
            return std::ranges::all_of(values, [&](std::int64_t other) { return other == value; });
        };
        const auto strides = conv.integers("strides"), pads = conv.integers("pads");
        const std::int64_t stride = strides.empty() ? 1 : strides[0];
        std::int64_t padding = pads.empty() ? 0 : pads[0];
        const std::string automatic = conv.text("auto_pad", "NOTSET");
        if (weight.size(2) != weight.size(3) || !allAre(strides, stride) || !allAre(pads, padding) ||
            !allAre(conv.integers("dilations"), 1) || automatic == "SAME_LOWER")
            return;
        if (automatic == "SAME_UPPER")
            padding = samePadding;
        else if (automatic == "VALID")
            padding = 0;
        if (padding > 0 && weight.size(2) % 2 == 0)
            return;
        become(i, {.op = Op::Conv,
                   .inputs = {x},
                   .weights = store(i, weight, b < 0 ? Tensor() : *constant(b)),
                   .stride = static_cast<int>(stride),
                   .padding = static_cast<int>(padding),
                   .groups = static_cast<int>(conv.integer("group", 1))});
    }

    /// The end of a convolution with what was taken into it so far, and nobody else looks at it.
    bool endsConvolution(int i)
    {
        if (i < 0 || onlyUser(i) < 0)
            return false;
        const Op op = node(i).op;
        return op == Op::Conv || (op == Op::BatchNorm && endsConvolution(node(i).inputs[0])) ||
               (op == Op::Add && endsConvolution(node(i).inputs[0]));
    }

    void batchNorm(int i)
    {
        const int x = input(i, 0);
        if (x < 0 || node(x).op != Op::Conv || onlyUser(x) != i || operation(i).outputs.size() != 1)
            return;
        for (std::size_t k = 1; k < 5; ++k)
            if (!isFloats(input(i, k), 1))
                return;
        const std::string name = store(i, *constant(input(i, 1)), *constant(input(i, 2)));
        m_constants[name + ".running_mean"] = *constant(input(i, 3));
        m_constants[name + ".running_var"] = *constant(input(i, 4));
        const double epsilon = operation(i).number("epsilon", 1e-5);
        become(i, {.op = Op::BatchNorm, .inputs = {x}, .weights = name, .value = epsilon});
    }

    /// What is added may be written to, if nobody holds a view of it.
    bool isOwn(int i)
    {
        if (node(i).op == Op::Image || node(i).op == Op::Constant || node(i).op == Op::Part ||
            (node(i).op == Op::Operator && !givesOwnMemory(operation(i).operation)))
            return false;
        return std::ranges::none_of(m_users[static_cast<std::size_t>(i)], [&](int user) {
            return user < 0 || (node(user).op == Op::Operator && !givesOwnMemory(operation(user).operation));
        });
    }

    void sum(int i)
    {
        int a = input(i, 0), b = input(i, 1);
        const auto ends = [&](int x) { return x >= 0 && endsConvolution(x) && node(x).op != Op::Add; };
        if (!ends(a))
            std::swap(a, b);
        if (a < 0 || b < 0 || a == b || !ends(a) || !isOwn(b) || !facts(a).isKnown || !facts(b).isKnown ||
            facts(a).type != facts(b).type || facts(a).shape != facts(b).shape)
            return;
        become(i, {.op = Op::Add, .inputs = {a, b}});
    }

    void activation(int i)
    {
        const int x = input(i, 0);
        if (x < 0 || !endsConvolution(x))
            return;
        const OnnxNode &what = operation(i);
        Activation found = Activation::None;
        if (what.operation == "Relu")
            found = Activation::Relu;
        else if (what.operation == "Clip" && m_graph.opset >= 11 && isNumber(input(i, 1), 0) &&
                 isNumber(input(i, 2), 6))
            found = Activation::Relu6;
        else if (what.operation == "Clip" && m_graph.opset < 11 && what.number("min", -1) == 0 &&
                 what.number("max", 0) == 6)
            found = Activation::Relu6;
        else if (what.operation == "HardSwish")
            found = Activation::HardSwish;
        else if (what.operation == "Swish")
            found = Activation::Silu;
        else if (what.operation == "Sigmoid")
            found = Activation::Sigmoid;
        else if (isHardSigmoid(i))
            found = Activation::HardSigmoid;
        if (found != Activation::None)
            become(i, {.op = Op::Activate, .inputs = {x}, .activation = found});
    }
    bool isHardSigmoid(int i)
    {
        return is(i, "HardSigmoid") && std::abs(operation(i).number("alpha", 0.2) - 1.0 / 6) < 1e-5 &&
               operation(i).number("beta", 0.5) == 0.5;
    }

    /// x times its own sigmoid, behind a convolution or not.
    void gate(int i)
    {
        if (!is(i, "Mul"))
            return;
        for (std::size_t k = 0; k < 2; ++k) {
            const int x = input(i, k), factor = input(i, 1 - k);
            if (factor < 0 || input(factor, 0) != x || onlyUser(factor) != i)
                continue;
            const bool silu = is(factor, "Sigmoid"), hard = isHardSigmoid(factor);
            if (!silu && !hard)
                continue;
            auto made = std::make_shared<OnnxNode>();
            made->operation = hard ? "HardSwish" : "Swish";
            made->outputs = operation(i).outputs;
            become(i, {.op = Op::Operator, .inputs = {x}, .operation = made});
            return;
        }
    }

    /// Rounded to whole numbers and back.
    void quantisation(int i)
    {
        const int whole = input(i, 0);
        if (!is(i, "DequantizeLinear") || !is(whole, "QuantizeLinear") || input(whole, 0) < 0)
            return;
        const Tensor *scale = constant(input(i, 1)), *zero = constant(input(i, 2));
        if (!scale || scale->numel() != 1 || input(whole, 1) != input(i, 1) || input(whole, 2) != input(i, 2) ||
            (zero && zero->numel() != 1) || scale->item<double>() <= 0)
            return;
        const bool isSigned = zero && zero->scalar_type() == at::kChar;
        if (zero && !isSigned && zero->scalar_type() != at::kByte)
            return;
        const double from = zero ? zero->item<double>() : 0;
        const double least = isSigned ? -128 : 0, most = isSigned ? 127 : 255;
        become(i, {.op = Op::Quantise,
                   .inputs = {input(whole, 0)},
                   .quantisation = {scale->item<double>(), least - from, most - from}});
    }

    /// x / 2 * (1 + erf(x / sqrt 2)), in the orders that exporters write.
    void gelu(int i)
    {
        if (!is(i, "Erf"))
            return;
        const int scaled = input(i, 0);
        int x = -1;
        if (is(scaled, "Div") && isNumber(input(scaled, 1), std::sqrt(2.0)))
            x = input(scaled, 0);
        else if (is(scaled, "Mul") && isNumber(input(scaled, 1), std::sqrt(0.5)))
            x = input(scaled, 0);
        const int plusOne = onlyUser(i);
        if (x < 0 || !is(plusOne, "Add") || !(isNumber(input(plusOne, 1), 1) || isNumber(input(plusOne, 0), 1)))
            return;
        const int times = onlyUser(plusOne);
        if (!is(times, "Mul"))
            return;
        const int other = input(times, 0) == plusOne ? input(times, 1) : input(times, 0);
        int end = -1;
        if (other == x) { // (x * (1 + erf)) * 0.5
            const int half = onlyUser(times);
            if (is(half, "Mul") && (isNumber(input(half, 1), 0.5) || isNumber(input(half, 0), 0.5)))
                end = half;
        } else if (is(other, "Mul") && input(other, 0) == x && isNumber(input(other, 1), 0.5)) {
            end = times;
        }
        if (end >= 0)
            become(end, {.op = Op::Activate, .inputs = {x}, .activation = Activation::Gelu});
    }

    void layerNorm(int i)
    {
        if (is(i, "LayerNormalization")) {
            const int x = input(i, 0), w = input(i, 1), b = input(i, 2);
            const auto axes = static_cast<std::int64_t>(facts(x).shape.size());
            const std::int64_t axis = operation(i).integer("axis", -1);
            if (isFloats(w, 1) && isFloats(b, 1) && facts(x).isKnown && (axis == -1 || axis == axes - 1) &&
                operation(i).outputs.size() == 1)
                becomeLayerNorm(i, x, w, b, operation(i).number("epsilon", 1e-5));
            return;
        }
        // ((x - mean) / sqrt(mean of squares + eps)) * weight + bias
        if (!is(i, "Add") || !isFloats(input(i, 1), 1))
            return;
        const int scaled = input(i, 0);
        if (!is(scaled, "Mul") || !isFloats(input(scaled, 1), 1))
            return;
        const int quotient = input(scaled, 0);
        if (!is(quotient, "Div") || !is(input(quotient, 1), "Sqrt"))
            return;
        const int centred = input(quotient, 0), plus = input(input(quotient, 1), 0);
        if (!is(centred, "Sub") || !is(plus, "Add") || !constant(input(plus, 1)) ||
            constant(input(plus, 1))->numel() != 1)
            return;
        const int mean = input(centred, 1), variance = input(plus, 0), x = input(centred, 0);
        if (!isMeanOfLast(mean, x) || !is(variance, "ReduceMean"))
            return;
        const int square = input(variance, 0);
        if (!isMeanOfLast(variance, square) || !is(square, "Pow") || input(square, 0) != centred ||
            !isNumber(input(square, 1), 2))
            return;
        becomeLayerNorm(i, x, input(scaled, 1), input(i, 1), constant(input(plus, 1))->item<double>());
    }
    bool isMeanOfLast(int i, int x)
    {
        if (!is(i, "ReduceMean") || input(i, 0) != x || operation(i).integer("keepdims", 1) == 0 || !facts(x).isKnown)
            return false;
        std::vector<std::int64_t> axes = operation(i).integers("axes");
        if (const Tensor *list = constant(input(i, 1)); list && list->numel() == 1)
            axes = {list->item<std::int64_t>()};
        return axes.size() == 1 && (axes[0] == -1 || axes[0] == static_cast<std::int64_t>(facts(x).shape.size()) - 1);
    }
    void becomeLayerNorm(int i, int x, int w, int b, double epsilon)
    {
        const std::string name = store(i, *constant(w), *constant(b));
        become(i, {.op = Op::LayerNorm, .inputs = {x}, .weights = name, .value = epsilon});
    }

    void product(int i)
    {
        const int x = input(i, 0), w = input(i, 1), b = input(i, 2);
        if (!isFloats(w, 2) || !facts(x).isKnown || facts(x).type != at::kFloat || facts(x).shape.size() < 2)
            return;
        Tensor weight = *constant(w), bias;
        const OnnxNode &what = operation(i);
        if (what.operation == "Gemm") {
            if (what.integer("transA", 0) != 0 || what.number("alpha", 1) != 1 || what.number("beta", 1) != 1 ||
                (b >= 0 && (!isFloats(b, 1) || constant(b)->numel() == 1)))
                return;
            if (what.integer("transB", 0) == 0)
                weight = weight.t().contiguous();
            if (b >= 0)
                bias = *constant(b);
            become(i, {.op = Op::Linear, .inputs = {x}, .weights = store(i, weight, bias)});
            return;
        }
        weight = weight.t().contiguous();
        const int next = onlyUser(i);
        const int other = !is(next, "Add") ? -1 : input(next, 0) == i ? input(next, 1) : input(next, 0);
        if (isFloats(other, 1) && constant(other)->numel() == weight.size(0)) {
            become(next, {.op = Op::Linear, .inputs = {x}, .weights = store(next, weight, *constant(other))});
            return;
        }
        become(i, {.op = Op::Linear, .inputs = {x}, .weights = store(i, weight, bias)});
    }

    Graph &m_graph;
    Constants &m_constants;
    const std::vector<ValueFacts> &m_facts;
    std::vector<std::vector<int>> m_users;
};

} // namespace

void lower(Graph &graph, Constants &constants, const std::vector<ValueFacts> &facts)
{
    Lowering(graph, constants, facts).run();
}

} // namespace likeness
