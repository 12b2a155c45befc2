// Operators that choose, sort or scatter values by places.
#include "core/onnx/torch/operators.h"

#include <algorithm>

namespace likeness {

namespace {

using at::Tensor;
using Integers = std::vector<std::int64_t>;
using Values = std::vector<Tensor>;

/// Negative places count from the end.
Tensor wrapped(const Tensor &places, std::int64_t extent)
{
    const Tensor whole = places.to(at::kLong);
    return at::where(whole < 0, whole + extent, whole);
}

Values gather(const OperatorCall &call)
{
    const Tensor &x = call[0];
    const std::int64_t axis = axisOf(call.integer("axis"), x.dim());
    const Tensor places = wrapped(call[1], x.size(axis));
    Integers extents(x.sizes().begin(), x.sizes().begin() + axis);
    extents.insert(extents.end(), places.sizes().begin(), places.sizes().end());
    extents.insert(extents.end(), x.sizes().begin() + axis + 1, x.sizes().end());
    return {x.index_select(axis, places.reshape({-1})).reshape(extents)};
}

Values gatherElements(const OperatorCall &call)
{
    const std::int64_t axis = axisOf(call.integer("axis"), call[0].dim());
    return {call[0].gather(axis, wrapped(call[1], call[0].size(axis)))};
}

/// The place of each row of `places` (one number an axis) among all of `x`'s parts behind these axes.
Tensor flatPlaces(const Tensor &x, const Tensor &places, std::int64_t firstAxis)
{
    const std::int64_t depth = places.size(-1);
    Tensor flat = at::zeros(places.sizes().slice(0, static_cast<std::size_t>(places.dim() - 1)), at::kLong);
    for (std::int64_t i = 0; i < depth; ++i) {
        const std::int64_t extent = x.size(firstAxis + i);
        const Tensor place = wrapped(places.select(-1, i), extent);
        if (place.numel() > 0 && (place.min().item<std::int64_t>() < 0 || place.max().item<std::int64_t>() >= extent))
            throw std::out_of_range("a place is outside of the value");
        flat = flat * extent + place;
    }
    return flat;
}

Values gatherNd(const OperatorCall &call)
{
    const Tensor &x = call[0], &places = call[1];
    const std::int64_t batchAxes = call.integer("batch_dims"), depth = places.size(-1);
    if (batchAxes < 0 || batchAxes >= places.dim() || batchAxes + depth > x.dim())
        call.refuse(QT_TRANSLATE_NOOP("core", "its places have more axes than the value"));
    std::int64_t batch = 1, inner = 1;
    for (std::int64_t i = 0; i < batchAxes; ++i)
        batch *= x.size(i);
    for (std::int64_t i = batchAxes; i < batchAxes + depth; ++i)
        inner *= x.size(i);
    const Integers tail(x.sizes().begin() + batchAxes + depth, x.sizes().end());
    Integers shape{batch * inner};
    shape.insert(shape.end(), tail.begin(), tail.end());
    Tensor flat = flatPlaces(x, places, batchAxes);
    if (batchAxes > 0)
        flat = flat.reshape({batch, -1}) + (at::arange(batch, at::kLong) * inner).unsqueeze(1);
    Integers result(places.sizes().begin(), places.sizes().end() - 1);
    result.insert(result.end(), tail.begin(), tail.end());
    return {x.reshape(shape).index_select(0, flat.reshape({-1})).reshape(result)};
}

Values scatterElements(const OperatorCall &call)
{
    const Tensor &x = call[0], &updates = call[2];
    const std::int64_t axis = axisOf(call.integer("axis"), x.dim());
    const Tensor places = wrapped(call[1], x.size(axis));
    const std::string reduction = call.text("reduction", "none");
    if (reduction == "none")
        return {x.scatter(axis, places, updates)};
    const char *name = reduction == "add"   ? "sum"
                       : reduction == "mul" ? "prod"
                       : reduction == "max" ? "amax"
                       : reduction == "min" ? "amin"
                                            : nullptr;
    if (!name)
        call.refuse(QT_TRANSLATE_NOOP("core", "\"%1\" is not known"), {reduction});
    return {at::scatter_reduce(x, axis, places, updates, name)};
}

Values scatterNd(const OperatorCall &call)
{
    const Tensor &x = call[0], &places = call[1];
    const std::int64_t depth = places.size(-1);
    if (depth > x.dim())
        call.refuse(QT_TRANSLATE_NOOP("core", "its places have more axes than the value"));
    Integers shape{-1};
    shape.insert(shape.end(), x.sizes().begin() + depth, x.sizes().end());
    const Tensor rows = flatPlaces(x, places, 0).reshape({-1});
    const Tensor updates = call[2].reshape(shape);
    Tensor result = x.clone().reshape(shape);
    const std::string reduction = call.text("reduction", "none");
    if (reduction == "none")
        return {result.index_copy(0, rows, updates).reshape(x.sizes())};
    if (reduction == "add")
        return {result.index_add(0, rows, updates).reshape(x.sizes())};
    for (std::int64_t i = 0; i < rows.numel(); ++i) {
        Tensor row = result.select(0, rows[i].item<std::int64_t>());
        const Tensor update = updates.select(0, i);
        row.copy_(reduction == "mul"   ? row * update
                  : reduction == "max" ? at::maximum(row, update)
                                       : at::minimum(row, update));
    }
    return {result.reshape(x.sizes())};
}

Values oneHot(const OperatorCall &call)
{
    const std::int64_t depth = call.integersAt(1).at(0);
    const Tensor places = wrapped(call[0], depth);
    Integers extents(places.sizes().begin(), places.sizes().end());
    extents.push_back(depth);
    requireSize(call, extents);
    const Tensor hot = places.unsqueeze(-1) == at::arange(depth, at::kLong);
    const Tensor values = at::where(hot, call[2][1], call[2][0]);
    return {values.movedim(-1, axisOf(call.integer("axis", -1), values.dim()))};
}

Values nonZero(const OperatorCall &call)
{
    return {at::nonzero(call[0]).transpose(0, 1).contiguous()};
}

Values topK(const OperatorCall &call)
{
    const std::int64_t k = call.has(1) ? call.integersAt(1).at(0) : call.integer("k");
    const std::int64_t axis = axisOf(call.integer("axis", -1), call[0].dim());
    // Equal values keep their order.
    const auto [values, places] = at::sort(call[0], true, axis, call.integer("largest", 1) != 0);
    return {values.narrow(axis, 0, k), places.narrow(axis, 0, k)};
}

Values cumulativeSum(const OperatorCall &call)
{
    const std::int64_t axis = axisOf(call.integersAt(1).at(0), call[0].dim());
    Tensor x = call[0];
    const bool reversed = call.integer("reverse") != 0;
    if (reversed)
        x = x.flip(axis);
    Tensor sums = at::cumsum(x, axis).to(x.scalar_type());
    if (call.integer("exclusive") != 0)
        sums = sums - x;
    return {reversed ? sums.flip(axis) : sums};
}

Tensor extremePlace(const OperatorCall &call, bool largest)
{
    const Tensor &x = call[0];
    const std::int64_t axis = axisOf(call.integer("axis"), x.dim());
    const bool keep = call.integer("keepdims", 1) != 0;
    if (call.integer("select_last_index") == 0)
        return largest ? x.argmax(axis, keep) : x.argmin(axis, keep);
    const Tensor turned = x.flip(axis);
    return x.size(axis) - 1 - (largest ? turned.argmax(axis, keep) : turned.argmin(axis, keep));
}

Values argMax(const OperatorCall &call)
{
    return {extremePlace(call, true)};
}

Values argMin(const OperatorCall &call)
{
    return {extremePlace(call, false)};
}

Values compress(const OperatorCall &call)
{
    const Tensor x = call.node().has("axis") ? call[0] : call[0].reshape({-1});
    const std::int64_t axis = axisOf(call.integer("axis"), x.dim());
    const Tensor places = at::nonzero(call[1].to(at::kBool)).reshape({-1});
    return {x.index_select(axis, places)};
}

Values reverseSequence(const OperatorCall &call)
{
    const Tensor &x = call[0];
    const std::int64_t time = call.integer("time_axis"), batch = call.integer("batch_axis", 1);
    const Integers lengths = call.integersAt(1);
    Tensor result = x.clone();
    for (std::int64_t i = 0; i < x.size(batch); ++i) {
        const std::int64_t inner = time > batch ? time - 1 : time;
        const std::int64_t length = lengths.at(static_cast<std::size_t>(i));
        result.select(batch, i).narrow(inner, 0, length).copy_(x.select(batch, i).narrow(inner, 0, length).flip(inner));
    }
    return {result};
}

Values einsum(const OperatorCall &call)
{
    Values parts;
    for (std::size_t i = 0; i < call.count(); ++i)
        parts.push_back(call[i]);
    return {at::einsum(call.text("equation"), parts)};
}

/// Places of a padded axis in the original: reflected, repeated or around the other side.
Tensor paddedPlaces(std::int64_t extent, std::int64_t before, std::int64_t after, const std::string &mode)
{
    const Tensor places = at::arange(-before, extent + after, at::kLong);
    if (mode == "edge")
        return places.clamp(0, extent - 1);
    if (mode == "wrap")
        return at::remainder(places, extent);
    const std::int64_t period = std::max<std::int64_t>(1, 2 * (extent - 1));
    const Tensor inPeriod = at::remainder(places, period);
    return at::minimum(inPeriod, period - inPeriod);
}

Values pad(const OperatorCall &call)
{
    Tensor x = call[0];
    const Integers amounts = call.integersOf("pads", 1);
    Integers axes = call.has(3) ? call.integersAt(3) : Integers();
    for (std::int64_t i = 0; !call.has(3) && i < x.dim(); ++i)
        axes.push_back(i);
    if (amounts.size() != 2 * axes.size() || (x.dim() == 0 && !axes.empty()))
        call.refuse(QT_TRANSLATE_NOOP("core", "its amounts do not fit the axes"));
    const std::string mode = call.text("mode", "constant");
    double value = call.number("value", 0);
    if (call.has(2))
        value = call.numbersAt(2).at(0);
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const std::int64_t axis = axisOf(axes[i], x.dim()), before = amounts[i], after = amounts[i + axes.size()];
        Integers extents(x.sizes().begin(), x.sizes().end());
        auto &extent = extents[static_cast<std::size_t>(axis)];
        if (__builtin_add_overflow(extent, before, &extent) || __builtin_add_overflow(extent, after, &extent))
            extent = -1;
        requireSize(call, extents);
        if (before == 0 && after == 0)
            continue;
        if (mode == "constant") {
            Integers sides(static_cast<std::size_t>(2 * (x.dim() - axis)));
            sides[sides.size() - 2] = before;
            sides.back() = after;
            x = at::constant_pad_nd(x, sides, value);
        } else {
            if (x.size(axis) == 0)
                call.refuse(QT_TRANSLATE_NOOP("core", "there is nothing that can be repeated"));
            x = x.index_select(axis, paddedPlaces(x.size(axis), before, after, mode).to(x.device()));
        }
    }
    return {x};
}

Values determinant(const OperatorCall &call)
{
    return {at::det(call[0])};
}

struct Box {
    float x0, y0, x1, y1;
    float area() const { return (x1 - x0) * (y1 - y0); }
};

Box boxOf(const float *numbers, bool isCentre)
{
    if (isCentre)
        return {numbers[0] - numbers[2] / 2, numbers[1] - numbers[3] / 2, numbers[0] + numbers[2] / 2,
                numbers[1] + numbers[3] / 2};
    return {std::min(numbers[1], numbers[3]), std::min(numbers[0], numbers[2]), std::max(numbers[1], numbers[3]),
            std::max(numbers[0], numbers[2])};
}

float overlap(const Box &a, const Box &b)
{
    const float wide = std::min(a.x1, b.x1) - std::max(a.x0, b.x0), tall = std::min(a.y1, b.y1) - std::max(a.y0, b.y0);
    if (wide <= 0 || tall <= 0)
        return 0;
    return wide * tall / (a.area() + b.area() - wide * tall);
}

Values nonMaxSuppression(const OperatorCall &call)
{
    const Tensor boxes = call[0].to(at::kFloat).contiguous(), scores = call[1].to(at::kFloat).contiguous();
    const std::int64_t most = call.has(2) ? call.integersAt(2).at(0) : 0;
    const double least = call.has(4) ? call.numbersAt(4).at(0) : -std::numeric_limits<double>::infinity();
    const double mostOverlap = call.has(3) ? call.numbersAt(3).at(0) : 0;
    const std::int64_t batches = scores.size(0), classes = scores.size(1), count = scores.size(2);
    if (boxes.dim() != 3 || boxes.size(0) != batches || boxes.size(1) != count || boxes.size(2) != 4)
        call.refuse(QT_TRANSLATE_NOOP("core", "its boxes and scores do not fit each other"));
    Integers chosen;
    for (std::int64_t batch = 0; batch < batches; ++batch)
        for (std::int64_t kind = 0; kind < classes; ++kind) {
            const auto [sorted, order] = at::sort(scores[batch][kind], true, 0, true);
            std::vector<Box> kept;
            for (std::int64_t i = 0; i < count && static_cast<std::int64_t>(kept.size()) < most; ++i) {
                const auto place = order[i].item<std::int64_t>();
                if (static_cast<double>(sorted[i].item<float>()) <= least)
                    break;
                const Box box = boxOf(boxes[batch][place].data_ptr<float>(), call.integer("center_point_box") != 0);
                if (std::ranges::any_of(
                        kept, [&](const Box &other) { return static_cast<double>(overlap(box, other)) > mostOverlap; }))
                    continue;
                kept.push_back(box);
                chosen.insert(chosen.end(), {batch, kind, place});
            }
        }
    return {at::tensor(chosen, at::kLong).reshape({-1, 3})};
}

constexpr Operator operators[] = {{"ArgMax", argMax},
                                  {"ArgMin", argMin},
                                  {"Compress", compress},
                                  {"CumSum", cumulativeSum},
                                  {"Det", determinant},
                                  {"Einsum", einsum},
                                  {"Gather", gather, false},
                                  {"GatherElements", gatherElements},
                                  {"GatherND", gatherNd},
                                  {"NonMaxSuppression", nonMaxSuppression},
                                  {"NonZero", nonZero},
                                  {"OneHot", oneHot},
                                  {"Pad", pad},
                                  {"ReverseSequence", reverseSequence},
                                  {"Scatter", scatterElements},
                                  {"ScatterElements", scatterElements},
                                  {"ScatterND", scatterNd},
                                  {"TopK", topK}};

} // namespace

std::span<const Operator> selectionOperators()
{
    return operators;
}

} // namespace likeness
