// Operators of one value, place by place.
#include "core/onnx/torch/operators.h"

#include <limits>

namespace likeness {

namespace {

using at::Tensor;
using Values = std::vector<Tensor>;

template <Tensor (*function)(const Tensor &)> Values unary(const OperatorCall &call)
{
    return {function(call[0])};
}

Values identity(const OperatorCall &call)
{
    return {call[0]};
}

Values leakyRelu(const OperatorCall &call)
{
    return {at::leaky_relu(call[0], call.number("alpha", 0.01))};
}

Values elu(const OperatorCall &call)
{
    return {at::elu(call[0], call.number("alpha", 1))};
}

Values celu(const OperatorCall &call)
{
    return {at::celu(call[0], call.number("alpha", 1))};
}

Values selu(const OperatorCall &call)
{
    return {at::elu(call[0], call.number("alpha", 1.67326319217681884765625),
                    call.number("gamma", 1.05070102214813232421875))};
}

Values hardSigmoid(const OperatorCall &call)
{
    return {(call[0] * call.number("alpha", 0.2) + call.number("beta", 0.5)).clamp_(0, 1)};
}

Values hardSwish(const OperatorCall &call)
{
    return {at::hardswish(call[0])};
}

Values swish(const OperatorCall &call)
{
    return {at::silu(call[0])};
}

Values thresholdedRelu(const OperatorCall &call)
{
    return {at::threshold(call[0], call.number("alpha", 1), 0)};
}

Values shrink(const OperatorCall &call)
{
    const Tensor &x = call[0];
    const double lambd = call.number("lambd", 0.5), bias = call.number("bias", 0);
    const Tensor zero = at::zeros_like(x);
    return {at::where(x < -lambd, x + bias, at::where(x > lambd, x - bias, zero)).to(x.scalar_type())};
}

Values prelu(const OperatorCall &call)
{
    const Tensor &x = call[0];
    Tensor slope = call[1];
    if (call.opset() < 7 && slope.dim() == 1 && slope.numel() > 1) // one a channel
        for (std::int64_t axes = 2; axes < x.dim(); ++axes)
            slope = slope.unsqueeze(-1);
    return {at::where(x < 0, x * slope, x)};
}

Values gelu(const OperatorCall &call)
{
    return {at::gelu(call[0], call.text("approximate", "none"))};
}

Values mish(const OperatorCall &call)
{
    return {at::mish(call[0])};
}

Values softplus(const OperatorCall &call)
{
    return {at::log1p(at::exp(-at::abs(call[0]))) + at::clamp_min(call[0], 0)};
}

Values softsign(const OperatorCall &call)
{
    return {call[0] / (1 + at::abs(call[0]))};
}

Values sign(const OperatorCall &call)
{
    return {at::sign(call[0])};
}

Values isInf(const OperatorCall &call)
{
    const Tensor &x = call[0];
    Tensor found = at::zeros_like(x, at::kBool);
    if (call.integer("detect_negative", 1) != 0)
        found = found.logical_or(at::isneginf(x));
    if (call.integer("detect_positive", 1) != 0)
        found = found.logical_or(at::isposinf(x));
    return {found};
}

Values clip(const OperatorCall &call)
{
    Tensor x = call[0];
    if (call.opset() < 11) {
        constexpr double most = std::numeric_limits<float>::max();
        return {x.clamp(call.number("min", -most), call.number("max", most))};
    }
    if (call.has(1))
        x = at::maximum(x, call[1]);
    if (call.has(2))
        x = at::minimum(x, call[2]);
    return {x};
}

Values cast(const OperatorCall &call)
{
    return {call[0].to(call.scalarType("to"))};
}

Values castLike(const OperatorCall &call)
{
    return {call[0].to(call[1].scalar_type())};
}

Values dropout(const OperatorCall &call)
{
    // As in inference; what trains is none of ours.
    if (call.has(2) && call[2].item<bool>() && (!call.has(1) || call[1].item<double>() != 0))
        call.refuse(QT_TRANSLATE_NOOP("core", "it is a network in training"));
    return {call[0], at::ones_like(call[0], at::kBool)};
}

constexpr Operator operators[] = {{"Abs", unary<at::abs>},
                                  {"Acos", unary<at::acos>},
                                  {"Acosh", unary<at::acosh>},
                                  {"Asin", unary<at::asin>},
                                  {"Asinh", unary<at::asinh>},
                                  {"Atan", unary<at::atan>},
                                  {"Atanh", unary<at::atanh>},
                                  {"Cast", cast, false},
                                  {"CastLike", castLike, false},
                                  {"Ceil", unary<at::ceil>},
                                  {"Celu", celu},
                                  {"Clip", clip},
                                  {"Cos", unary<at::cos>},
                                  {"Cosh", unary<at::cosh>},
                                  {"Dropout", dropout},
                                  {"Elu", elu},
                                  {"Erf", unary<at::erf>},
                                  {"Exp", unary<at::exp>},
                                  {"Floor", unary<at::floor>},
                                  {"Gelu", gelu},
                                  {"HardSigmoid", hardSigmoid},
                                  {"HardSwish", hardSwish},
                                  {"Identity", identity, false},
                                  {"IsInf", isInf},
                                  {"IsNaN", unary<at::isnan>},
                                  {"LeakyRelu", leakyRelu},
                                  {"Log", unary<at::log>},
                                  {"Mish", mish},
                                  {"Neg", unary<at::neg>},
                                  {"Not", unary<at::logical_not>},
                                  {"PRelu", prelu},
                                  {"Reciprocal", unary<at::reciprocal>},
                                  {"Relu", unary<at::relu>},
                                  {"Round", unary<at::round>},
                                  {"Selu", selu},
                                  {"Shrink", shrink},
                                  {"Sigmoid", unary<at::sigmoid>},
                                  {"Sign", sign},
                                  {"Sin", unary<at::sin>},
                                  {"Sinh", unary<at::sinh>},
                                  {"Softplus", softplus},
                                  {"Softsign", softsign},
                                  {"Swish", swish},
                                  {"Sqrt", unary<at::sqrt>},
                                  {"Tan", unary<at::tan>},
                                  {"Tanh", unary<at::tanh>},
                                  {"ThresholdedRelu", thresholdedRelu}};

} // namespace

std::span<const Operator> elementwiseOperators()
{
    return operators;
}

} // namespace likeness
