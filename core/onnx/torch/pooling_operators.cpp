#include "core/onnx/torch/window.h"

#include <algorithm>
#include <limits>

namespace likeness {

namespace {

using at::Tensor;
using Integers = std::vector<std::int64_t>;
using Values = std::vector<Tensor>;

/// What lies behind the end so that the last windows, which ceil_mode asks for, are whole.
Integers beyondEnd(const OperatorCall &call, const Tensor &x, const Window &window)
{
    Integers beyond(window.kernel.size());
    for (std::size_t i = 0; call.integer("ceil_mode") != 0 && i < beyond.size(); ++i) {
        const std::int64_t length =
            x.size(static_cast<std::int64_t>(i) + 2) + window.before[i] + window.after[i] - window.span(i);
        const std::int64_t rest = length < 0 ? 0 : length % window.strides[i];
        const bool startsInside =
            length + window.strides[i] - rest < x.size(static_cast<std::int64_t>(i) + 2) + window.before[i];
        if (rest != 0 && startsInside)
            beyond[i] = window.strides[i] - rest;
    }
    return beyond;
}

Window widened(Window window, const Integers &beyond)
{
    for (std::size_t i = 0; i < beyond.size(); ++i)
        window.after[i] += beyond[i];
    return window;
}

/// Places in the whole unpadded value, from those that ATen gives in one padded map.
Tensor placesOf(const OperatorCall &call, const Tensor &x, const Tensor &padded, const Window &window,
                const Tensor &found)
{
    const bool columnsFirst = call.integer("storage_order") != 0;
    Tensor rest = found, flat = at::zeros_like(found);
    std::vector<Tensor> coordinates(window.kernel.size());
    for (std::size_t i = window.kernel.size(); i-- > 0;) {
        const std::int64_t extent = padded.size(static_cast<std::int64_t>(i) + 2);
        coordinates[i] = at::remainder(rest, extent) - window.before[i];
        rest = at::div(rest, extent, "floor");
    }
    std::int64_t places = 1;
    for (std::size_t i = 0; i < coordinates.size(); ++i) {
        const std::size_t axis = columnsFirst ? coordinates.size() - 1 - i : i;
        const std::int64_t extent = x.size(static_cast<std::int64_t>(axis) + 2);
        flat = flat * extent + coordinates[axis];
        places *= extent;
    }
    Tensor maps = at::arange(x.size(0) * x.size(1), at::kLong) * places;
    Integers shape(static_cast<std::size_t>(x.dim()), 1);
    shape[0] = x.size(0);
    shape[1] = x.size(1);
    return flat + maps.reshape(shape);
}

Values maxPool(const OperatorCall &call)
{
    const Tensor &x = call[0];
    Window window = windowOf(call, x, {});
    window = widened(window, beyondEnd(call, x, window));
    const Integers none(window.kernel.size(), 0);
    const Tensor floats = x.is_floating_point() ? x : x.to(at::kFloat);
    const Tensor whole = padded(call, floats, window, -std::numeric_limits<double>::infinity());
    const auto pooled = [&](auto function) {
        return function(whole, window.kernel, window.strides, none, window.dilations, false);
    };
    std::tuple<Tensor, Tensor> result;
    if (window.kernel.size() == 1)
        result = pooled([](auto &&...args) { return at::max_pool1d_with_indices(args...); });
    else if (window.kernel.size() == 2)
        result = pooled([](auto &&...args) { return at::max_pool2d_with_indices(args...); });
    else
        result = pooled([](auto &&...args) { return at::max_pool3d_with_indices(args...); });
    Values values{std::get<0>(result).to(x.scalar_type())};
    if (call.node().outputs.size() > 1)
        values.push_back(placesOf(call, x, whole, window, std::get<1>(result)));
    return values;
}

/// The mean of the window, of which all places count.
Tensor averaged(const Tensor &x, const Window &window)
{
    if (std::ranges::any_of(window.dilations, [](std::int64_t dilation) { return dilation != 1; })) {
        // Places that are not beside each other: a convolution of each map by itself.
        Integers shape(x.sizes().begin(), x.sizes().end()), kernel{1, 1};
        kernel.insert(kernel.end(), window.kernel.begin(), window.kernel.end());
        const Tensor ones = at::ones(kernel, x.options());
        const Integers none(window.kernel.size(), 0);
        shape[1] = 1;
        shape[0] = x.size(0) * x.size(1);
        const Tensor means = at::convolution(x.reshape(shape), ones / static_cast<double>(ones.numel()), {},
                                             window.strides, none, window.dilations, false, none, 1);
        shape.assign(means.sizes().begin(), means.sizes().end());
        shape[0] = x.size(0);
        shape[1] = x.size(1);
        return means.reshape(shape);
    }
    switch (window.kernel.size()) {
    case 1:
        return at::avg_pool1d(x, window.kernel, window.strides);
    case 2:
        return at::avg_pool2d(x, window.kernel, window.strides);
    default:
        return at::avg_pool3d(x, window.kernel, window.strides);
    }
}

Values averagePool(const OperatorCall &call)
{
    const Tensor &x = call[0];
    const Window window = windowOf(call, x, {});
    const Integers beyond = beyondEnd(call, x, window);
    const Window whole = widened(window, beyond);
    const Tensor means = averaged(padded(call, x, whole, 0), window);
    // Places that do not count are in the mean as zeros.
    Integers one(x.sizes().begin(), x.sizes().end());
    one[0] = one[1] = 1;
    Tensor counted = at::ones(one, x.options());
    Window rest = window;
    if (call.integer("count_include_pad") != 0) {
        counted = padded(call, counted, window, 1);
        std::ranges::fill(rest.before, 0);
        rest.after = beyond;
    } else {
        rest = whole;
    }
    return {means / averaged(padded(call, counted, rest, 0), window)};
}

Values powerPool(const OperatorCall &call)
{
    const Tensor &x = call[0];
    Window window = windowOf(call, x, {});
    window = widened(window, beyondEnd(call, x, window));
    const auto power = static_cast<double>(call.integer("p", 2));
    double places = 1;
    for (const std::int64_t extent : window.kernel)
        places *= static_cast<double>(extent);
    return {(averaged(padded(call, x.abs().pow(power), window, 0), window) * places).pow(1 / power)};
}

Integers placeAxes(const Tensor &x)
{
    Integers axes;
    for (std::int64_t i = 2; i < x.dim(); ++i)
        axes.push_back(i);
    return axes;
}

Values globalAverage(const OperatorCall &call)
{
    return {at::mean(call[0], placeAxes(call[0]), true)};
}

Values globalMaximum(const OperatorCall &call)
{
    return {at::amax(call[0], placeAxes(call[0]), true)};
}

Values globalPower(const OperatorCall &call)
{
    const auto power = static_cast<double>(call.integer("p", 2));
    return {at::sum(call[0].abs().pow(power), placeAxes(call[0]), true).pow(1 / power)};
}

constexpr Operator operators[] = {{"AveragePool", averagePool},  {"GlobalAveragePool", globalAverage},
                                  {"GlobalLpPool", globalPower}, {"GlobalMaxPool", globalMaximum},
                                  {"LpPool", powerPool},         {"MaxPool", maxPool}};

} // namespace

std::span<const Operator> poolingOperators()
{
    return operators;
}

} // namespace likeness
