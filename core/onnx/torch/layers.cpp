// Convolutions and products of matrices.
#include "core/onnx/torch/window.h"

#include <algorithm>

namespace likeness {

namespace {

using at::Tensor;
using Integers = std::vector<std::int64_t>;
using Values = std::vector<Tensor>;

Integers orOnes(Integers values, std::size_t axes)
{
    return values.empty() ? Integers(axes, 1) : std::move(values);
}

Values convolution(const OperatorCall &call)
{
    return {convolved(call, call[0], call[1], call.orNone(2))};
}

Values transposedConvolution(const OperatorCall &call)
{
    const Tensor &x = call[0], &weight = call[1];
    const auto axes = static_cast<std::size_t>(std::max<std::int64_t>(0, x.dim() - 2));
    const Integers strides = orOnes(call.integers("strides"), axes),
                   dilations = orOnes(call.integers("dilations"), axes);
    if (x.dim() < 3 || strides.size() != axes || dilations.size() != axes)
        call.refuse(QT_TRANSLATE_NOOP("core", "its kernel, strides, dilations and pads do not fit each other"));
    Integers extra = call.integers("output_padding"), pads = call.integers("pads");
    const Integers wanted = call.integers("output_shape");
    extra.resize(axes, 0);
    pads.resize(2 * axes, 0);
    const std::string automatic = call.text("auto_pad", "NOTSET");
    for (std::size_t i = 0; i < axes; ++i) {
        const std::int64_t in = x.size(static_cast<std::int64_t>(i) + 2);
        const std::int64_t full =
            (in - 1) * strides[i] + extra[i] + (weight.size(static_cast<std::int64_t>(i) + 2) - 1) * dilations[i] + 1;
        const bool isSame = automatic == "SAME_UPPER" || automatic == "SAME_LOWER";
        if (!wanted.empty() || isSame) {
            const std::int64_t out = wanted.empty() ? in * strides[i] : wanted.at(wanted.size() - axes + i);
            const std::int64_t cut = full - out, small = cut / 2, large = cut - small;
            pads[i] = cut < 0 ? 0 : automatic == "SAME_UPPER" ? small : large; // what is missing comes behind the end
            pads[i + axes] = cut - pads[i];
        }
    }
    Tensor result = at::convolution(x, weight, call.orNone(2), strides, Integers(axes, 0), dilations, true, extra,
                                    call.integer("group", 1));
    for (std::size_t i = 0; i < axes; ++i) {
        const auto axis = static_cast<std::int64_t>(i) + 2;
        Integers extents(result.sizes().begin(), result.sizes().end());
        extents[static_cast<std::size_t>(axis)] -= pads[i] + pads[i + axes];
        requireSize(call, extents);
        Integers sides(static_cast<std::size_t>(2 * (result.dim() - axis)));
        sides[sides.size() - 2] = -pads[i];
        sides.back() = -pads[i + axes];
        result = at::constant_pad_nd(result, sides, 0); // negative amounts cut
    }
    return {result};
}

Values gemm(const OperatorCall &call)
{
    const Tensor a = call.integer("transA") != 0 ? call[0].t() : call[0];
    const Tensor b = call.integer("transB") != 0 ? call[1].t() : call[1];
    const double alpha = call.number("alpha", 1), beta = call.number("beta", 1);
    if (!call.has(2))
        return {alpha == 1 ? at::mm(a, b) : at::mm(a, b) * alpha};
    return {at::addmm(call[2], a, b, beta, alpha)};
}

Values matrixProduct(const OperatorCall &call)
{
    return {at::matmul(call[0], call[1])};
}

constexpr Operator operators[] = {
    {"Conv", convolution}, {"ConvTranspose", transposedConvolution}, {"Gemm", gemm}, {"MatMul", matrixProduct}};

} // namespace

Window windowOf(const OperatorCall &call, const Tensor &x, Integers kernel)
{
    if (x.dim() < 3)
        call.refuse(QT_TRANSLATE_NOOP("core", "its value has no places"));
    const auto axes = static_cast<std::size_t>(x.dim() - 2);
    if (kernel.empty())
        kernel = call.integers("kernel_shape");
    Window window{std::move(kernel), orOnes(call.integers("strides"), axes), orOnes(call.integers("dilations"), axes),
                  Integers(axes), Integers(axes)};
    const Integers pads = call.integers("pads");
    constexpr auto isSmall = [](std::int64_t value) { return value >= 1 && value <= 65536; };
    if (window.kernel.size() != axes || window.strides.size() != axes || window.dilations.size() != axes ||
        (!pads.empty() && pads.size() != 2 * axes) || !std::ranges::all_of(window.kernel, isSmall) ||
        !std::ranges::all_of(window.strides, isSmall) || !std::ranges::all_of(window.dilations, isSmall) ||
        std::ranges::any_of(pads, [](std::int64_t pad) { return pad < 0 || pad > 65536; }))
        call.refuse(QT_TRANSLATE_NOOP("core", "its kernel, strides, dilations and pads do not fit each other"));
    const std::string automatic = call.text("auto_pad", "NOTSET");
    for (std::size_t i = 0; i < axes; ++i) {
        if (automatic == "SAME_UPPER" || automatic == "SAME_LOWER") {
            const std::int64_t in = x.size(static_cast<std::int64_t>(i) + 2), stride = window.strides[i];
            const std::int64_t out = (in + stride - 1) / stride;
            const std::int64_t missing = std::max<std::int64_t>(0, (out - 1) * stride + window.span(i) - in);
            window.before[i] = automatic == "SAME_UPPER" ? missing / 2 : missing - missing / 2;
            window.after[i] = missing - window.before[i];
        } else if (automatic != "VALID" && !pads.empty()) {
            window.before[i] = pads[i];
            window.after[i] = pads[i + axes];
        }
    }
    return window;
}

Tensor padded(const OperatorCall &call, const Tensor &x, const Window &window, double value)
{
    Integers sides, extents(x.sizes().begin(), x.sizes().end());
    bool any = false;
    for (std::size_t i = window.before.size(); i-- > 0;) {
        sides.insert(sides.end(), {window.before[i], window.after[i]});
        extents[i + 2] += window.before[i] + window.after[i];
        any = any || window.before[i] != 0 || window.after[i] != 0;
    }
    requireSize(call, extents);
    return any ? at::constant_pad_nd(x, sides, value) : x;
}

Tensor convolved(const OperatorCall &call, const Tensor &x, const Tensor &weight, const Tensor &bias)
{
    if (weight.dim() != x.dim())
        call.refuse(QT_TRANSLATE_NOOP("core", "its weights have other axes than the value"));
    const Window window = windowOf(call, x, {weight.sizes().begin() + 2, weight.sizes().end()});
    Integers extents{x.size(0), weight.size(0)};
    for (std::size_t i = 0; i < window.kernel.size(); ++i)
        extents.push_back(
            (x.size(static_cast<std::int64_t>(i) + 2) + window.before[i] + window.after[i]) / window.strides[i] + 1);
    requireSize(call, extents);
    const bool isSymmetric = window.isSymmetric();
    return at::convolution(isSymmetric ? x : padded(call, x, window, 0), weight, bias, window.strides,
                           isSymmetric ? window.before : Integers(window.before.size(), 0), window.dilations, false,
                           Integers(window.before.size(), 0), call.integer("group", 1));
}

std::span<const Operator> layerOperators()
{
    return operators;
}

} // namespace likeness
