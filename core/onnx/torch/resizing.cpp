// Resize, Upsample and GridSample.
#include "core/onnx/torch/operators.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace likeness {

namespace {

using at::Tensor;
using Integers = std::vector<std::int64_t>;
using Values = std::vector<Tensor>;

/// One axis of a Resize.
struct Stretch {
    std::int64_t axis, in, out;
    double scale, regionBegin = 0, regionEnd = 1; ///< the region of tf_crop_and_resize
};

/// Where a place of the result lies in the value (coordinate_transformation_mode).
double origin(const OperatorCall &call, const Stretch &axis, std::int64_t place)
{
    const std::string mode = call.text("coordinate_transformation_mode", "half_pixel");
    const auto at = static_cast<double>(place), in = static_cast<double>(axis.in), out = static_cast<double>(axis.out);
    const double length = axis.scale * in; // of which `out` is the whole part
    if (mode == "half_pixel")
        return (at + 0.5) / axis.scale - 0.5;
    if (mode == "pytorch_half_pixel")
        return axis.out > 1 ? (at + 0.5) / axis.scale - 0.5 : 0;
    if (mode == "half_pixel_symmetric") {
        const double adjustment = out / (axis.scale * in);
        return in / 2 * (1 - adjustment) + (at + 0.5) / axis.scale - 0.5;
    }
    if (mode == "align_corners")
        return axis.out > 1 ? at * (in - 1) / (length - 1) : 0;
    if (mode == "asymmetric")
        return at / axis.scale;
    if (mode == "tf_half_pixel_for_nn")
        return (at + 0.5) / axis.scale;
    if (mode == "tf_crop_and_resize")
        return axis.out > 1
                   ? axis.regionBegin * (in - 1) + at * (axis.regionEnd - axis.regionBegin) * (in - 1) / (length - 1)
                   : 0.5 * (axis.regionBegin + axis.regionEnd) * (in - 1);
    call.refuse(QT_TRANSLATE_NOOP("core", "\"%1\" is not known"), {mode});
}

std::int64_t nearest(const OperatorCall &call, double at)
{
    const std::string mode = call.text("nearest_mode", "round_prefer_floor");
    const double whole = mode == "floor"               ? std::floor(at)
                         : mode == "ceil"              ? std::ceil(at)
                         : mode == "round_prefer_ceil" ? std::floor(at + 0.5)
                                                       : std::ceil(at - 0.5);
    return static_cast<std::int64_t>(whole);
}

double cubic(double distance, double a)
{
    const double x = std::abs(distance);
    if (x <= 1)
        return ((a + 2) * x - (a + 3)) * x * x + 1;
    return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}

/// Weights of the value's places (columns) for a place of the result.
void fillRow(const OperatorCall &call, const Stretch &axis, double at, float *row)
{
    const bool isCubic = call.text("mode", "nearest") == "cubic";
    const bool smooths = call.integer("antialias") != 0 && axis.scale < 1;
    const double width = smooths ? 1 / axis.scale : 1, radius = (isCubic ? 2 : 1) * width;
    const auto weight = [&](double distance) {
        if (isCubic)
            return cubic(distance / width, call.number("cubic_coeff_a", -0.75));
        return std::max(0.0, 1 - std::abs(distance / width));
    };
    const bool excludes = call.integer("exclude_outside") != 0;
    double sum = 0;
    const auto first = static_cast<std::int64_t>(std::floor(at - radius)),
               last = static_cast<std::int64_t>(std::ceil(at + radius));
    for (std::int64_t place = first; place <= last; ++place) {
        const double share = weight(static_cast<double>(place) - at);
        if (excludes && (place < 0 || place >= axis.in))
            continue;
        row[std::clamp<std::int64_t>(place, 0, axis.in - 1)] += static_cast<float>(share);
        sum += share;
    }
    for (std::int64_t place = 0; (excludes || smooths) && sum != 0 && place < axis.in; ++place)
        row[place] /= static_cast<float>(sum);
}

Tensor stretched(const OperatorCall &call, const Tensor &x, const Stretch &axis)
{
    const bool crops = call.text("coordinate_transformation_mode", "half_pixel") == "tf_crop_and_resize";
    const double most = static_cast<double>(axis.in) - 1;
    Tensor outside = at::zeros({axis.out}, at::kBool);
    Tensor result;
    if (call.text("mode", "nearest") == "nearest") {
        Integers places;
        for (std::int64_t i = 0; i < axis.out; ++i) {
            const double from = origin(call, axis, i);
            if (crops && (from < 0 || from > most))
                outside[i] = true;
            places.push_back(std::clamp<std::int64_t>(nearest(call, from), 0, axis.in - 1));
        }
        result = x.index_select(axis.axis, at::tensor(places, at::kLong).to(x.device()));
    } else {
        requireSize(call, std::array{axis.out, axis.in});
        Tensor weights = at::zeros({axis.out, axis.in}, at::kFloat);
        for (std::int64_t i = 0; i < axis.out; ++i) {
            const double from = origin(call, axis, i);
            if (crops && (from < 0 || from > most))
                outside[i] = true;
            fillRow(call, axis, from, weights[i].data_ptr<float>());
        }
        const Tensor floats = x.movedim(axis.axis, -1);
        result = at::matmul(floats.to(weights.scalar_type()), weights.t().to(x.device())).movedim(-1, axis.axis);
        result = result.to(x.scalar_type());
    }
    if (!crops)
        return result;
    Integers shape(static_cast<std::size_t>(x.dim()), 1);
    shape[static_cast<std::size_t>(axis.axis)] = axis.out;
    return result.masked_fill(outside.reshape(shape), call.number("extrapolation_value", 0));
}

/// What ATen does in one step: bilinear, as most networks have it.
bool isPlainBilinear(const OperatorCall &call, const Tensor &x, const std::vector<Stretch> &axes)
{
    const std::string coordinates = call.text("coordinate_transformation_mode", "half_pixel");
    return call.text("mode", "nearest") == "linear" && x.dim() == 4 && axes.size() == 2 && axes[0].axis == 2 &&
           axes[1].axis == 3 && x.is_floating_point() && call.integer("antialias") == 0 &&
           call.integer("exclude_outside") == 0 &&
           ((coordinates == "half_pixel" ||
             (coordinates == "pytorch_half_pixel" && axes[0].out > 1 && axes[1].out > 1)) &&
            axes[0].scale >= 1 && axes[1].scale >= 1);
}

/// Scales from the sizes that are wanted, as keep_aspect_ratio_policy has it.
std::vector<Stretch> stretches(const OperatorCall &call, const Tensor &x, const std::vector<double> &scales,
                               const Integers &sizes)
{
    Integers axes = call.integers("axes");
    for (std::int64_t i = 0; !call.node().has("axes") && i < x.dim(); ++i)
        axes.push_back(i);
    if ((sizes.empty() ? scales.size() : sizes.size()) != axes.size())
        call.refuse(QT_TRANSLATE_NOOP("core", "its sizes do not fit the axes"));
    std::vector<Stretch> all;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const std::int64_t axis = axisOf(axes[i], x.dim()), in = x.size(axis);
        const double scale = sizes.empty() ? scales[i] : static_cast<double>(sizes[i]) / static_cast<double>(in);
        if (!(scale > 0) || !std::isfinite(scale) || scale > 65536)
            call.refuse(QT_TRANSLATE_NOOP("core", "its sizes do not fit the axes"));
        all.push_back({axis, in, 0, scale});
    }
    const std::string policy = call.text("keep_aspect_ratio_policy", "stretch");
    if (!sizes.empty() && policy != "stretch") {
        double common = all.front().scale;
        for (const Stretch &axis : all)
            common = policy == "not_larger" ? std::min(common, axis.scale) : std::max(common, axis.scale);
        for (Stretch &axis : all) {
            axis.scale = common;
            axis.out = static_cast<std::int64_t>(std::floor(common * static_cast<double>(axis.in) + 0.5));
        }
        return all;
    }
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i].out = sizes.empty()
                         ? static_cast<std::int64_t>(std::floor(all[i].scale * static_cast<double>(all[i].in)))
                         : sizes[i];
    return all;
}

Values resize(const OperatorCall &call)
{
    const Tensor &x = call[0];
    const std::size_t scaleInput = call.opset() < 11 ? 1 : 2;
    const bool hasSizes = call.opset() >= 11 && call.has(3) && call[3].numel() > 0;
    const auto scales = hasSizes || !call.has(scaleInput) ? std::vector<double>() : call.numbersAt(scaleInput);
    std::vector<Stretch> axes = stretches(call, x, scales, hasSizes ? call.integersAt(3) : Integers());
    if (call.text("coordinate_transformation_mode") == "tf_crop_and_resize") {
        const std::vector<double> region = call.numbersAt(1);
        for (std::size_t i = 0; i < axes.size(); ++i) {
            axes[i].regionBegin = region.at(i);
            axes[i].regionEnd = region.at(i + axes.size());
        }
    } else {
        std::erase_if(axes, [](const Stretch &axis) { return axis.in == axis.out && axis.scale == 1; });
    }
    Integers extents(x.sizes().begin(), x.sizes().end());
    for (const Stretch &axis : axes)
        extents[static_cast<std::size_t>(axis.axis)] = axis.out;
    requireSize(call, extents);
    if (isPlainBilinear(call, x, axes))
        return {at::upsample_bilinear2d(x, {axes[0].out, axes[1].out}, false, axes[0].scale, axes[1].scale)};
    Tensor result = x;
    for (const Stretch &axis : axes)
        result = stretched(call, result, axis);
    return {result};
}

/// Before Resize: nearest by floor, and linear, from the corner.
Values upsample(const OperatorCall &call)
{
    OnnxNode node = call.node();
    node.attributes["coordinate_transformation_mode"].text = "asymmetric";
    node.attributes["nearest_mode"].text = "floor";
    const Tensor &x = call[0];
    std::vector<double> scales;
    if (call.has(1))
        scales = call.numbersAt(1);
    else if (const auto found = node.attributes.find("scales"); found != node.attributes.end())
        scales.assign(found->second.numbers.begin(), found->second.numbers.end());
    const std::vector<Tensor> inputs{x, {}, at::tensor(scales, at::kDouble)};
    return resize(OperatorCall(node, 11, inputs));
}

Values gridSample(const OperatorCall &call)
{
    const std::string mode = call.text("mode", "bilinear"), padding = call.text("padding_mode", "zeros");
    const std::int64_t how = mode == "nearest" ? 1 : mode == "bicubic" || mode == "cubic" ? 2 : 0;
    if (how == 1 && call[0].dim() == 5)
        call.refuse(QT_TRANSLATE_NOOP("core", "\"%1\" is not known"), {"nearest of volumes"});
    const std::int64_t around = padding == "border" ? 1 : padding == "reflection" ? 2 : 0;
    return {at::grid_sampler(call[0], call[1], how, around, call.integer("align_corners") != 0)};
}

constexpr Operator operators[] = {{"GridSample", gridSample}, {"Resize", resize, false}, {"Upsample", upsample, false}};

} // namespace

std::span<const Operator> resizingOperators()
{
    return operators;
}

} // namespace likeness
