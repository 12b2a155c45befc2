// Operators that bring values to a common scale.
#include "core/onnx/torch/operators.h"

namespace likeness {

namespace {

using at::Tensor;
using Integers = std::vector<std::int64_t>;
using Values = std::vector<Tensor>;

Values batchNormalisation(const OperatorCall &call)
{
    const Tensor &x = call[0];
    if (call.integer("training_mode") != 0) {
        Integers axes{0};
        for (std::int64_t i = 2; i < x.dim(); ++i)
            axes.push_back(i);
        const Tensor mean = x.mean(axes), variance = x.var(axes, false);
        const double momentum = call.number("momentum", 0.9);
        return {at::batch_norm(x, call[1], call[2], mean, variance, false, 0, call.number("epsilon", 1e-5), false),
                call[3] * momentum + mean * (1 - momentum), call[4] * momentum + variance * (1 - momentum)};
    }
    return {at::batch_norm(x, call[1].to(x.scalar_type()), call[2].to(x.scalar_type()), call[3].to(x.scalar_type()),
                           call[4].to(x.scalar_type()), false, 0, call.number("epsilon", 1e-5), false)};
}

Values instanceNormalisation(const OperatorCall &call)
{
    return {at::instance_norm(call[0], call[1], call[2], {}, {}, true, 0, call.number("epsilon", 1e-5), false)};
}

Values layerNormalisation(const OperatorCall &call)
{
    const Tensor &x = call[0];
    const std::int64_t axis = axisOf(call.integer("axis", -1), x.dim());
    const Integers shape(x.sizes().begin() + axis, x.sizes().end());
    const auto [y, mean, deviation] = at::native_layer_norm(x, shape, call[1].expand(shape).contiguous(),
                                                            call.has(2) ? call[2].expand(shape).contiguous() : Tensor(),
                                                            call.number("epsilon", 1e-5));
    return {y, mean, deviation};
}

Values groupNormalisation(const OperatorCall &call)
{
    const Tensor &x = call[0];
    const std::int64_t groups = call.integer("num_groups");
    if (groups < 1 || x.size(1) % groups != 0)
        call.refuse(QT_TRANSLATE_NOOP("core", "its groups do not fit the channels"));
    // One number a group in opset 18, one a channel from 21 on.
    const auto perChannel = [&](const Tensor &numbers) {
        return numbers.numel() == x.size(1) ? numbers : numbers.repeat_interleave(x.size(1) / groups);
    };
    return {at::group_norm(x, groups, perChannel(call[1]), perChannel(call[2]), call.number("epsilon", 1e-5), false)};
}

Values localResponse(const OperatorCall &call)
{
    const Tensor &x = call[0];
    const std::int64_t size = call.integer("size"), before = (size - 1) / 2, after = size - 1 - before;
    if (size < 1 || size > x.size(1) * 2 + 1)
        call.refuse(QT_TRANSLATE_NOOP("core", "it looks at more channels than there are"));
    Integers sides(static_cast<std::size_t>(2 * (x.dim() - 1)));
    sides[sides.size() - 2] = before;
    sides.back() = after;
    const Tensor sums = at::constant_pad_nd(x * x, sides, 0).unfold(1, size, 1).sum(-1);
    const double factor = call.number("alpha", 1e-4) / static_cast<double>(size);
    return {x / (sums * factor + call.number("bias", 1)).pow(call.number("beta", 0.75))};
}

Values lengthNormalisation(const OperatorCall &call)
{
    const std::int64_t axis = axisOf(call.integer("axis", -1), call[0].dim());
    const Tensor length = at::norm(call[0], static_cast<double>(call.integer("p", 2)), {axis}, true);
    return {call[0] / length};
}

Values meanAndVariance(const OperatorCall &call)
{
    Integers axes = call.integers("axes");
    if (axes.empty())
        axes = {0, 2, 3};
    const Tensor centred = call[0] - at::mean(call[0], axes, true);
    return {centred / (at::sqrt(at::mean(centred * centred, axes, true)) + 1e-9)};
}

/// Before opset 13 everything behind the axis counts as one.
Values overAxis(const OperatorCall &call, Tensor (*function)(const Tensor &, std::int64_t))
{
    const Tensor &x = call[0];
    if (call.opset() >= 13)
        return {function(x, axisOf(call.integer("axis", -1), x.dim()))};
    const std::int64_t axis = axisOf(call.integer("axis", 1), x.dim());
    std::int64_t rows = 1;
    for (std::int64_t i = 0; i < axis; ++i)
        rows *= x.size(i);
    return {function(x.reshape({rows, -1}), 1).reshape(x.sizes())};
}

Values softmax(const OperatorCall &call)
{
    return overAxis(call, [](const Tensor &x, std::int64_t axis) { return at::softmax(x, axis); });
}

Values logSoftmax(const OperatorCall &call)
{
    return overAxis(call, [](const Tensor &x, std::int64_t axis) { return at::log_softmax(x, axis); });
}

Values hardmax(const OperatorCall &call)
{
    return overAxis(call, [](const Tensor &x, std::int64_t axis) {
        return at::zeros_like(x).scatter(axis, x.argmax(axis, true), 1);
    });
}

constexpr Operator operators[] = {{"BatchNormalization", batchNormalisation},
                                  {"GroupNormalization", groupNormalisation},
                                  {"Hardmax", hardmax},
                                  {"InstanceNormalization", instanceNormalisation},
                                  {"LRN", localResponse},
                                  {"LayerNormalization", layerNormalisation},
                                  {"LogSoftmax", logSoftmax},
                                  {"LpNormalization", lengthNormalisation},
                                  {"MeanVarianceNormalization", meanAndVariance},
                                  {"Softmax", softmax}};

} // namespace

std::span<const Operator> normalisationOperators()
{
    return operators;
}

} // namespace likeness
