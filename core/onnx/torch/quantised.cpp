// Operators on whole numbers that stand for others: value = (whole - zero) * scale.
#include "core/onnx/torch/window.h"

namespace likeness {

namespace {

using at::Tensor;
using Values = std::vector<Tensor>;

/// One number for all, one a place of an axis, or one a block along it.
Tensor alongAxis(const OperatorCall &call, const Tensor &numbers, const Tensor &x)
{
    if (numbers.numel() == 1)
        return numbers.reshape({});
    if (x.dim() == 0)
        call.refuse(QT_TRANSLATE_NOOP("core", "its scales do not fit the value"));
    const std::int64_t axis = axisOf(call.integer("axis", 1), x.dim());
    if (const std::int64_t block = call.integer("block_size"); block > 0) {
        if (block > x.size(axis) || numbers.dim() != x.dim())
            call.refuse(QT_TRANSLATE_NOOP("core", "its blocks do not fit the value"));
        return numbers.repeat_interleave(block, axis).narrow(axis, 0, x.size(axis));
    }
    if (numbers.dim() != 1)
        call.refuse(QT_TRANSLATE_NOOP("core", "its scales do not fit the value"));
    std::vector<std::int64_t> shape(static_cast<std::size_t>(x.dim()), 1);
    shape[static_cast<std::size_t>(axis)] = numbers.numel();
    return numbers.reshape(shape);
}

struct Limits {
    double least, most;
};

Limits limitsOf(const OperatorCall &call, at::ScalarType type)
{
    switch (type) {
    case at::kByte:
        return {0, 255};
    case at::kChar:
        return {-128, 127};
    case at::kShort:
        return {-32768, 32767};
    case at::kInt: // as uint16 is held
        return {0, 65535};
    default:
        call.refuse(QT_TRANSLATE_NOOP("core", "whole numbers of this type are not made"));
    }
}

Tensor quantised(const OperatorCall &call, const Tensor &x, const Tensor &scale, const Tensor &zero)
{
    const at::ScalarType type = zero.defined()                      ? zero.scalar_type()
                                : call.integer("output_dtype") != 0 ? call.scalarType("output_dtype")
                                                                    : at::kByte;
    const Limits limits = limitsOf(call, type);
    Tensor whole = at::round(x / scale.to(at::kFloat)); // halves to even
    if (zero.defined())
        whole = whole + zero.to(at::kFloat);
    return whole.clamp(limits.least, limits.most).to(type);
}

Tensor dequantised(const Tensor &x, const Tensor &scale, const Tensor &zero)
{
    const Tensor numbers = x.to(at::kFloat);
    return (zero.defined() ? numbers - zero.to(at::kFloat) : numbers) * scale.to(at::kFloat);
}

Values quantizeLinear(const OperatorCall &call)
{
    const Tensor &x = call[0];
    return {quantised(call, x.to(at::kFloat), alongAxis(call, call[1], x),
                      call.has(2) ? alongAxis(call, call[2], x) : Tensor())};
}

Values dequantizeLinear(const OperatorCall &call)
{
    const Tensor &x = call[0];
    return {dequantised(x, alongAxis(call, call[1], x), call.has(2) ? alongAxis(call, call[2], x) : Tensor())};
}

Values dynamicQuantizeLinear(const OperatorCall &call)
{
    const Tensor &x = call[0];
    const Tensor least = at::clamp_max(x.min(), 0), most = at::clamp_min(x.max(), 0);
    const Tensor scale = (most - least) / 255;
    const Tensor zero = at::round(-least / scale).clamp(0, 255).to(at::kByte);
    return {quantised(call, x, scale, zero), scale, zero};
}

Tensor withoutZero(const OperatorCall &call, std::size_t value, std::size_t zero, bool isWeight)
{
    const Tensor x = call[value].to(at::kFloat);
    if (!call.has(zero))
        return x;
    Tensor from = call[zero].to(at::kFloat);
    if (isWeight && from.numel() > 1 &&
        x.dim() > 0) { // one an output: the first axis of a kernel, the last of a matrix
        std::vector<std::int64_t> shape(static_cast<std::size_t>(x.dim()), 1);
        shape[x.dim() > 2 && call.node().operation.find("Conv") != std::string::npos ? 0 : shape.size() - 1] =
            from.numel();
        from = from.reshape(shape);
    } else if (!isWeight && from.numel() > 1 && from.dim() == 1) { // one a row
        from = from.unsqueeze(1);
    }
    return x - from;
}

Values convInteger(const OperatorCall &call)
{
    // Sums of products of bytes stay exact in doubles.
    const Tensor x = withoutZero(call, 0, 2, false).to(at::kDouble), w = withoutZero(call, 1, 3, true).to(at::kDouble);
    return {at::round(convolved(call, x, w, {})).to(at::kInt)};
}

Values matMulInteger(const OperatorCall &call)
{
    const Tensor a = withoutZero(call, 0, 2, false).to(at::kDouble), b = withoutZero(call, 1, 3, true).to(at::kDouble);
    return {at::round(at::matmul(a, b)).to(at::kInt)};
}

Values qLinearConv(const OperatorCall &call)
{
    const Tensor x = dequantised(call[0], call[1], call[2]);
    if (call[3].dim() == 0)
        call.refuse(QT_TRANSLATE_NOOP("core", "its weights have other axes than the value"));
    std::vector<std::int64_t> first(static_cast<std::size_t>(call[3].dim()), 1);
    const auto perOutput = [&](const Tensor &numbers) {
        first[0] = numbers.numel();
        return numbers.reshape(first);
    };
    const Tensor weight = dequantised(call[3], perOutput(call[4]), perOutput(call[5]));
    const Tensor bias = call.has(8) ? call[8].to(at::kFloat) * (call[1] * call[4]).reshape({-1}) : Tensor();
    return {quantised(call, convolved(call, x, weight, bias), call[6], call[7])};
}

Values qLinearMatMul(const OperatorCall &call)
{
    const auto rows = [](const Tensor &numbers) {
        return numbers.dim() == 1 && numbers.numel() > 1 ? numbers.unsqueeze(1) : numbers;
    };
    const Tensor a = dequantised(call[0], rows(call[1]), rows(call[2])), b = dequantised(call[3], call[4], call[5]);
    return {quantised(call, at::matmul(a, b), call[6], call[7])};
}

constexpr Operator operators[] = {{"ConvInteger", convInteger},
                                  {"DequantizeLinear", dequantizeLinear},
                                  {"DynamicQuantizeLinear", dynamicQuantizeLinear},
                                  {"MatMulInteger", matMulInteger},
                                  {"QLinearConv", qLinearConv},
                                  {"QLinearMatMul", qLinearMatMul},
                                  {"QuantizeLinear", quantizeLinear}};

} // namespace

std::span<const Operator> quantisedOperators()
{
    return operators;
}

} // namespace likeness
