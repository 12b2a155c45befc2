#include "core/nets/build/graph.h"

#include <algorithm>
#include <functional>

namespace likeness {

namespace {

/// Channels (or entries of a token) behind each node, checked against the parameters on the way.
class Widths {
public:
    Widths(const Graph &graph, const Parameters &parameters) : m_parameters(parameters)
    {
        for (const Node &node : graph.nodes) {
            m_widths.push_back(widthOf(node));
            if (*m_problem.text != '\0')
                return;
        }
    }
    const Message &problem() const { return m_problem; }
    std::int64_t at(int node) const { return m_widths[static_cast<std::size_t>(node)]; }

private:
    using Shape = std::vector<std::int64_t>;

    void complain(const std::string &name, const Shape &found, const std::string &wanted)
    {
        std::string text;
        for (const std::int64_t extent : found)
            text += (text.empty() ? "" : "x") + std::to_string(extent);
        if (*m_problem.text == '\0')
            m_problem = {QT_TRANSLATE_NOOP("core", "the shape of %1 is %2 where %3 is needed"), {name, text, wanted}};
    }
    /// The shape of a parameter with so many axes; one that is missing is a problem.
    Shape shapeOf(const std::string &name, std::size_t axes)
    {
        const auto found = m_parameters.find(name);
        Shape shape = found == m_parameters.end() ? Shape() : found->second.shape();
        if (found == m_parameters.end() && *m_problem.text == '\0')
            m_problem = {QT_TRANSLATE_NOOP("core", "the tensor for %1 is missing"), {name}};
        else if (found != m_parameters.end() && shape.size() != axes)
            complain(name, shape, std::to_string(axes) + " axes");
        shape.resize(axes, 0);
        return shape;
    }
    void needVector(const std::string &name, std::int64_t width)
    {
        if (const Shape shape = shapeOf(name, 1); shape[0] != width)
            complain(name, shape, std::to_string(width));
    }
    /// So many, with any axes of 1 around them.
    void needNumbers(const std::string &name, std::int64_t width)
    {
        const auto found = m_parameters.find(name);
        const bool fits =
            found != m_parameters.end() && found->second.count() == width &&
            std::ranges::count(found->second.shape(), 1) + (width != 1) == std::ssize(found->second.shape());
        if (!fits)
            needVector(name, width);
    }
    void needVectorIfThere(const std::string &name, std::int64_t width)
    {
        if (m_parameters.contains(name))
            needVector(name, width);
    }
    std::int64_t convolved(const Node &node, std::int64_t in)
    {
        const Shape shape = shapeOf(node.weights + ".weight", 4);
        const std::int64_t groups = std::max(1, node.groups);
        if (shape[1] * groups != in || shape[0] % groups != 0)
            complain(node.weights + ".weight", shape, std::to_string(in / groups) + " channels");
        if (shape[2] != shape[3] || (node.padding > 0 && shape[2] % 2 == 0))
            complain(node.weights + ".weight", shape, "a square of odd sides");
        needVectorIfThere(node.weights + ".bias", shape[0]);
        return shape[0];
    }
    std::int64_t placed(std::int64_t in)
    {
        for (const char *name : tokenParameters)
            if (const auto found = m_parameters.find(name); found != m_parameters.end()) {
                const Shape shape = found->second.shape();
                if (shape.empty() || shape.back() != in)
                    complain(name, shape, "... x " + std::to_string(in));
            }
        return in;
    }
    std::int64_t widthOf(const Node &node)
    {
        const std::int64_t in = node.inputs.empty() ? 3 : at(node.inputs[0]);
        switch (node.op) {
        case Op::Conv:
            return convolved(node, in);
        case Op::BatchNorm:
            for (const char *part : {".weight", ".bias", ".running_mean", ".running_var"})
                needVector(node.weights + part, in);
            return in;
        case Op::Add:
        case Op::Subtract:
        case Op::Multiply:
            if (at(node.inputs[1]) != in)
                complain(node.op == Op::Multiply ? "a product" : "a sum", {at(node.inputs[1])}, std::to_string(in));
            return in;
        case Op::Linear: {
            const Shape shape = shapeOf(node.weights + ".weight", 2);
            if (shape[1] != in)
                complain(node.weights + ".weight", shape, "... x " + std::to_string(in));
            needVectorIfThere(node.weights + ".bias", shape[0]);
            return shape[0];
        }
        case Op::LayerNorm:
            needVector(node.weights + ".weight", in);
            needVector(node.weights + ".bias", in);
            return in;
        case Op::Tokens:
            if (node.positions != PositionResize::Absent && !m_parameters.contains("position"))
                shapeOf("position", 2);
            return placed(in);
        case Op::Embed:
            return placed(shapeOf(node.weights + ".weight", 2)[1]);
        case Op::Attention:
            if (in % (std::int64_t{3} * node.heads) != 0)
                complain("qkv", {in}, "a multiple of " + std::to_string(3 * node.heads));
            return in / 3;
        case Op::PoolAttention:
            if (const Shape shape = shapeOf(node.weights + ".weight", 2); shape != Shape{3 * in, in})
                complain(node.weights + ".weight", shape, std::to_string(3 * in) + " x " + std::to_string(in));
            needVectorIfThere(node.weights + ".bias", 3 * in);
            if (in % node.heads != 0)
                complain("latent", {in}, "a multiple of " + std::to_string(node.heads));
            return in;
        case Op::Gate:
            return in / 2;
        case Op::Scale:
            needNumbers(node.weights + ".weight", in);
            return in;
        case Op::ResponseNorm:
            needNumbers(node.weights + ".weight", in);
            needNumbers(node.weights + ".bias", in);
            return in;
        default:
            return in;
        }
    }

    const Parameters &m_parameters;
    std::vector<std::int64_t> m_widths;
    Message m_problem;
};

} // namespace

std::vector<std::int64_t> Parameter::shape() const
{
    std::vector<std::int64_t> result = parts.front()->shape;
    for (std::size_t i = 1; i < parts.size() && !result.empty(); ++i) {
        const auto &shape = (parts[i] ? parts[i] : parts.front())->shape;
        result[0] += shape.empty() ? 0 : shape[0];
    }
    if (transposed && result.size() == 2)
        std::swap(result[0], result[1]);
    return result;
}

std::int64_t Parameter::count() const
{
    std::int64_t sum = 0;
    for (const WeightTensor *part : parts)
        sum += (part ? part : parts.front())->count();
    return sum;
}

std::vector<std::int64_t> shapeOf(const Parameters &parameters, std::string_view name, std::size_t axes)
{
    const auto found = parameters.find(name);
    std::vector<std::int64_t> shape = found == parameters.end() ? std::vector<std::int64_t>() : found->second.shape();
    shape.resize(axes, 0);
    return shape;
}

std::vector<float> Parameter::values() const
{
    std::vector<float> all;
    for (const WeightTensor *part : parts) {
        std::vector<float> values =
            part ? floatsOf(*part) : std::vector<float>(static_cast<std::size_t>(parts.front()->count()));
        if (all.empty())
            all = std::move(values);
        else
            all.insert(all.end(), values.begin(), values.end());
    }
    if (factors)
        std::ranges::transform(all, floatsOf(*factors), all.begin(), std::multiplies());
    if (!transposed)
        return all;
    const auto rows = static_cast<std::size_t>(parts.front()->shape[0]);
    const std::size_t columns = rows == 0 ? 0 : all.size() / rows;
    std::vector<float> turned(all.size());
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t c = 0; c < columns; ++c)
            turned[c * rows + r] = all[r * columns + c];
    return turned;
}

std::span<const float> Parameter::inPlace() const
{
    const WeightTensor &tensor = *parts.front();
    const bool usable = parts.size() == 1 && !transposed && !factors && tensor.type == ScalarType::F32 &&
                        tensor.isContiguous() && reinterpret_cast<std::uintptr_t>(tensor.data) % alignof(float) == 0;
    return usable ? std::span(reinterpret_cast<const float *>(tensor.data), static_cast<std::size_t>(tensor.count()))
                  : std::span<const float>();
}

Message checkGraph(const Graph &graph, const Parameters &parameters)
{
    return Widths(graph, parameters).problem();
}

int vectorWidth(const Graph &graph, const Parameters &parameters)
{
    return static_cast<int>(Widths(graph, parameters).at(graph.vector));
}

} // namespace likeness
