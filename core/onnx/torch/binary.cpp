// Operators of two or more values, place by place, with their shapes broadcast.
#include "core/onnx/torch/operators.h"

namespace likeness {

namespace {

using at::Tensor;
using Values = std::vector<Tensor>;

template <Tensor (*function)(const Tensor &, const Tensor &)> Values binary(const OperatorCall &call)
{
    return {function(call[0], call[1])};
}

Tensor sum(const Tensor &a, const Tensor &b)
{
    return a + b;
}
Tensor difference(const Tensor &a, const Tensor &b)
{
    return a - b;
}
Tensor equal(const Tensor &a, const Tensor &b)
{
    return a == b;
}
Tensor less(const Tensor &a, const Tensor &b)
{
    return a < b;
}
Tensor lessOrEqual(const Tensor &a, const Tensor &b)
{
    return a <= b;
}
Tensor greater(const Tensor &a, const Tensor &b)
{
    return a > b;
}
Tensor greaterOrEqual(const Tensor &a, const Tensor &b)
{
    return a >= b;
}

/// Before opset 7 the second value began at `axis` of the first one.
Tensor secondOf(const OperatorCall &call)
{
    Tensor b = call[1];
    if (call.opset() >= 7 || call.integer("broadcast") == 0 || !call.node().has("axis"))
        return b;
    for (std::int64_t axes = call.integer("axis") + b.dim(); axes < call[0].dim(); ++axes)
        b = b.unsqueeze(-1);
    return b;
}

template <Tensor (*function)(const Tensor &, const Tensor &)> Values arithmetic(const OperatorCall &call)
{
    return {function(call[0], secondOf(call))};
}

Tensor product(const Tensor &a, const Tensor &b)
{
    return a * b;
}

Tensor quotient(const Tensor &a, const Tensor &b)
{
    if (a.is_floating_point())
        return a / b;
    if ((b == 0).any().item<bool>())
        throw std::domain_error("division by zero");
    return at::div(a, b, "trunc");
}

Values power(const OperatorCall &call)
{
    const Tensor &x = call[0], &exponent = call[1];
    if (x.is_floating_point())
        return {at::pow(x, exponent)};
    return {at::pow(x.to(at::kDouble), exponent.to(at::kDouble)).to(x.scalar_type())};
}

Values modulo(const OperatorCall &call)
{
    return {call.integer("fmod") != 0 ? at::fmod(call[0], call[1]) : at::remainder(call[0], call[1])};
}

template <Tensor (*function)(const Tensor &, const Tensor &)> Values folded(const OperatorCall &call)
{
    Tensor result = call[0];
    for (std::size_t i = 1; i < call.count(); ++i)
        result = function(result, call[i]);
    return {result};
}

Values meanOf(const OperatorCall &call)
{
    return {folded<sum>(call)[0] / static_cast<double>(call.count())};
}

Values shift(const OperatorCall &call)
{
    const Tensor &x = call[0], &by = call[1];
    if (call.text("direction") == "RIGHT")
        return {at::bitwise_right_shift(x, by)};
    return {at::bitwise_left_shift(x, by)};
}

Values where(const OperatorCall &call)
{
    return {at::where(call[0], call[1], call[2])};
}

constexpr Operator operators[] = {{"Add", arithmetic<sum>},
                                  {"And", binary<at::logical_and>},
                                  {"BitShift", shift},
                                  {"BitwiseAnd", binary<at::bitwise_and>},
                                  {"BitwiseOr", binary<at::bitwise_or>},
                                  {"BitwiseXor", binary<at::bitwise_xor>},
                                  {"Div", arithmetic<quotient>},
                                  {"Equal", binary<equal>},
                                  {"Greater", binary<greater>},
                                  {"GreaterOrEqual", binary<greaterOrEqual>},
                                  {"Less", binary<less>},
                                  {"LessOrEqual", binary<lessOrEqual>},
                                  {"Max", folded<at::maximum>},
                                  {"Mean", meanOf},
                                  {"Min", folded<at::minimum>},
                                  {"Mod", modulo},
                                  {"Mul", arithmetic<product>},
                                  {"Or", binary<at::logical_or>},
                                  {"Pow", power},
                                  {"Sub", arithmetic<difference>},
                                  {"Sum", folded<sum>},
                                  {"Where", where},
                                  {"Xor", binary<at::logical_xor>}};

} // namespace

std::span<const Operator> binaryOperators()
{
    return operators;
}

} // namespace likeness
