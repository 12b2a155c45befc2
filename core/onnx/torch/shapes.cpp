// Operators that move values about, or speak of their shape.
#include "core/onnx/torch/operators.h"

#include <algorithm>
#include <numeric>

namespace likeness {

namespace {

using at::Tensor;
using Integers = std::vector<std::int64_t>;
using Values = std::vector<Tensor>;

Values shape(const OperatorCall &call)
{
    const Tensor &x = call[0];
    const std::int64_t axes = x.dim();
    const auto bounded = [&](std::int64_t at) { return std::clamp<std::int64_t>(at < 0 ? at + axes : at, 0, axes); };
    const std::int64_t begin = bounded(call.integer("start")), end = bounded(call.integer("end", axes));
    const Integers extents(x.sizes().begin() + begin, x.sizes().begin() + std::max(begin, end));
    return {at::tensor(extents, at::kLong)};
}

Values size(const OperatorCall &call)
{
    return {at::scalar_tensor(call[0].numel(), at::kLong)};
}

Values reshape(const OperatorCall &call)
{
    const Tensor &x = call[0];
    Integers extents = call.integersOf("shape", 1);
    for (std::size_t i = 0; i < extents.size(); ++i)
        if (extents[i] == 0 && call.integer("allowzero") == 0)
            extents[i] = x.size(static_cast<std::int64_t>(i));
    return {x.reshape(extents)};
}

Values flatten(const OperatorCall &call)
{
    const Tensor &x = call[0];
    std::int64_t axis = call.integer("axis", 1);
    if (axis < 0)
        axis += x.dim();
    if (axis < 0 || axis > x.dim())
        call.refuse(QT_TRANSLATE_NOOP("core", "its axis is not there"));
    std::int64_t rows = 1, columns = 1;
    for (std::int64_t i = 0; i < x.dim(); ++i)
        (i < axis ? rows : columns) *= x.size(i);
    return {x.reshape({rows, columns})};
}

Values squeeze(const OperatorCall &call)
{
    Tensor x = call[0];
    Integers axes = call.integersOf("axes", 1);
    if (axes.empty())
        return {x.squeeze()};
    for (std::int64_t &axis : axes)
        axis = axisOf(axis, x.dim());
    std::ranges::sort(axes, std::greater());
    for (const std::int64_t axis : axes) {
        if (x.size(axis) != 1)
            call.refuse(QT_TRANSLATE_NOOP("core", "the axis that goes has more than one place"));
        x = x.squeeze(axis);
    }
    return {x};
}

Values unsqueeze(const OperatorCall &call)
{
    Tensor x = call[0];
    Integers axes = call.integersOf("axes", 1);
    const std::int64_t all = x.dim() + static_cast<std::int64_t>(axes.size());
    for (std::int64_t &axis : axes)
        axis = axisOf(axis, all);
    std::ranges::sort(axes);
    for (const std::int64_t axis : axes)
        x = x.unsqueeze(axis);
    return {x};
}

Values transpose(const OperatorCall &call)
{
    Integers order = call.integers("perm");
    if (order.empty()) {
        order.resize(static_cast<std::size_t>(call[0].dim()));
        std::iota(order.rbegin(), order.rend(), 0);
    }
    return {call[0].permute(order)};
}

Values concat(const OperatorCall &call)
{
    Values parts;
    for (std::size_t i = 0; i < call.count(); ++i)
        parts.push_back(call[i]);
    return {at::cat(parts, call.integer("axis", call.opset() < 4 ? 1 : 0))};
}

Values split(const OperatorCall &call)
{
    const Tensor &x = call[0];
    const std::int64_t axis = call.integer("axis");
    if (Integers sizes = call.integersOf("split", 1); !sizes.empty())
        return x.split_with_sizes(sizes, axis);
    const auto parts = call.integer("num_outputs", static_cast<std::int64_t>(call.node().outputs.size()));
    if (parts < 1 || parts > 65536)
        call.refuse(QT_TRANSLATE_NOOP("core", "it has no outputs"));
    const std::int64_t most = (x.size(axis) + parts - 1) / parts;
    return x.split(std::max<std::int64_t>(1, most), axis);
}

struct Range {
    std::int64_t axis, start, end, step;
};

Tensor sliced(const Tensor &x, const Range &range)
{
    const std::int64_t extent = x.size(range.axis), step = range.step;
    const auto wrapped = [&](std::int64_t at) { return at < 0 ? at + extent : at; };
    if (step > 0) {
        const std::int64_t start = std::clamp<std::int64_t>(wrapped(range.start), 0, extent);
        const std::int64_t end = std::clamp<std::int64_t>(wrapped(range.end), start, extent);
        return x.slice(range.axis, start, end, step);
    }
    const std::int64_t start = std::clamp<std::int64_t>(wrapped(range.start), -1, extent - 1);
    const std::int64_t end = std::clamp<std::int64_t>(wrapped(range.end), -1, extent - 1);
    const std::int64_t back = std::min<std::int64_t>(-std::max(step, -(extent + 1)), extent + 1);
    const std::int64_t count = start > end ? (start - end + back - 1) / back : 0;
    const Tensor places = start - at::arange(count, at::TensorOptions(at::kLong).device(x.device())) * back;
    return x.index_select(range.axis, places);
}

Values slice(const OperatorCall &call)
{
    Tensor x = call[0];
    const Integers starts = call.integersOf("starts", 1), ends = call.integersOf("ends", 2),
                   axes = call.integersOf("axes", 3);
    const Integers steps = call.has(4) ? call.integersAt(4) : Integers(starts.size(), 1);
    if (ends.size() != starts.size() || (!axes.empty() && axes.size() != starts.size()) ||
        steps.size() != starts.size() || std::ranges::find(steps, 0) != steps.end())
        call.refuse(QT_TRANSLATE_NOOP("core", "its starts, ends, axes and steps do not fit each other"));
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const std::int64_t axis = axisOf(axes.empty() ? static_cast<std::int64_t>(i) : axes[i], x.dim());
        x = sliced(x, {axis, starts[i], ends[i], steps[i]});
    }
    return {x};
}

Values expand(const OperatorCall &call)
{
    Integers extents = call.integersAt(1);
    const Tensor &x = call[0];
    while (static_cast<std::int64_t>(extents.size()) < x.dim())
        extents.insert(extents.begin(), 1);
    for (std::int64_t i = 1; i <= x.dim(); ++i)
        if (auto &extent = extents[extents.size() - static_cast<std::size_t>(i)]; extent == 1)
            extent = x.size(-i);
    requireSize(call, extents);
    return {x.expand(extents)};
}

Values tile(const OperatorCall &call)
{
    const Integers repeats = call.integersAt(1);
    const Tensor &x = call[0];
    Integers extents = repeats;
    for (std::size_t i = 0; i < std::min(extents.size(), x.sizes().size()); ++i)
        if (__builtin_mul_overflow(extents[i], x.sizes()[i], &extents[i]))
            extents[i] = -1;
    requireSize(call, extents);
    return {x.repeat(repeats)};
}

Values constant(const OperatorCall &call)
{
    const OnnxNode &node = call.node();
    if (const auto value = node.attributes.find("value"); value != node.attributes.end() && value->second.tensor)
        return {tensorOf(*value->second.tensor)};
    if (node.has("value_float"))
        return {at::scalar_tensor(node.number("value_float", 0), at::kFloat)};
    if (node.has("value_int"))
        return {at::scalar_tensor(node.integer("value_int", 0), at::kLong)};
    if (node.has("value_floats"))
        return {at::tensor(node.attributes.find("value_floats")->second.numbers, at::kFloat)};
    if (node.has("value_ints"))
        return {at::tensor(node.integers("value_ints"), at::kLong)};
    call.refuse(QT_TRANSLATE_NOOP("core", "it holds no numbers"));
}

Values constantOfShape(const OperatorCall &call)
{
    const Integers extents = call.integersAt(0);
    requireSize(call, extents);
    const auto value = call.node().attributes.find("value");
    if (value == call.node().attributes.end() || !value->second.tensor)
        return {at::zeros(extents, at::kFloat)};
    return {tensorOf(*value->second.tensor).reshape({-1})[0].expand(extents).contiguous()};
}

Values range(const OperatorCall &call)
{
    const at::ScalarType type = call[0].scalar_type();
    const double start = call.numbersAt(0).at(0), limit = call.numbersAt(1).at(0), delta = call.numbersAt(2).at(0);
    if (delta == 0 || !std::isfinite(start) || !std::isfinite(limit) || !std::isfinite(delta))
        call.refuse(QT_TRANSLATE_NOOP("core", "its steps never arrive"));
    const double count = std::max(0.0, std::ceil((limit - start) / delta));
    requireSize(call, std::array{static_cast<std::int64_t>(std::min(count, 1e15))});
    const auto places = at::arange(static_cast<std::int64_t>(count), at::kDouble);
    return {(places * delta + start).to(type)};
}

Values eyeLike(const OperatorCall &call)
{
    const Tensor &x = call[0];
    const auto type = call.node().has("dtype") ? call.scalarType("dtype") : x.scalar_type();
    const Tensor rows = at::arange(x.size(0), at::kLong).unsqueeze(1), columns = at::arange(x.size(1), at::kLong);
    return {(columns - rows == call.integer("k")).to(type)};
}

Values depthToSpace(const OperatorCall &call)
{
    const Tensor &x = call[0];
    const std::int64_t b = call.integer("blocksize"), n = x.size(0), c = x.size(1), h = x.size(2), w = x.size(3);
    if (b < 1 || c % (b * b) != 0)
        call.refuse(QT_TRANSLATE_NOOP("core", "its blocks do not fit the channels"));
    if (call.text("mode", "DCR") == "CRD")
        return {x.reshape({n, c / (b * b), b, b, h, w})
                    .permute({0, 1, 4, 2, 5, 3})
                    .reshape({n, c / (b * b), h * b, w * b})};
    return {
        x.reshape({n, b, b, c / (b * b), h, w}).permute({0, 3, 4, 1, 5, 2}).reshape({n, c / (b * b), h * b, w * b})};
}

Values spaceToDepth(const OperatorCall &call)
{
    const Tensor &x = call[0];
    const std::int64_t b = call.integer("blocksize"), n = x.size(0), c = x.size(1), h = x.size(2), w = x.size(3);
    if (b < 1 || h % b != 0 || w % b != 0)
        call.refuse(QT_TRANSLATE_NOOP("core", "its blocks do not fit the places"));
    return {x.reshape({n, c, h / b, b, w / b, b}).permute({0, 3, 5, 1, 2, 4}).reshape({n, c * b * b, h / b, w / b})};
}

Values triangle(const OperatorCall &call)
{
    const std::int64_t k = call.has(1) ? call.integersAt(1).at(0) : 0;
    return {call.integer("upper", 1) != 0 ? at::triu(call[0], k) : at::tril(call[0], k)};
}

constexpr Operator operators[] = {
    {"Concat", concat, false},      {"Constant", constant, false},   {"ConstantOfShape", constantOfShape, false},
    {"DepthToSpace", depthToSpace}, {"Expand", expand, false},       {"EyeLike", eyeLike, false},
    {"Flatten", flatten, false},    {"Range", range, false},         {"Reshape", reshape, false},
    {"Shape", shape, false},        {"Size", size, false},           {"Slice", slice, false},
    {"SpaceToDepth", spaceToDepth}, {"Split", split, false},         {"Squeeze", squeeze, false},
    {"Tile", tile, false},          {"Transpose", transpose, false}, {"Trilu", triangle},
    {"Unsqueeze", unsqueeze, false}};

} // namespace

std::span<const Operator> shapeOperators()
{
    return operators;
}

} // namespace likeness
