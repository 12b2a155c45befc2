#pragma once

#include "core/onnx/torch/operators.h"

namespace likeness {

/// How a convolution or pooling slides over the axes behind images and channels.
struct Window {
    std::vector<std::int64_t> kernel, strides, dilations, before, after; ///< an entry an axis; padding on both sides

    /// Places that the window covers along an axis.
    std::int64_t span(std::size_t axis) const { return (kernel[axis] - 1) * dilations[axis] + 1; }
    bool isSymmetric() const { return before == after; }
};

/// From kernel_shape (or `kernel`, the weights' own), strides, dilations, pads and auto_pad. Throws Error{Format}.
Window windowOf(const OperatorCall &call, const at::Tensor &x, std::vector<std::int64_t> kernel);

/// With `value` around it; nothing is copied where there is nothing to add.
at::Tensor padded(const OperatorCall &call, const at::Tensor &x, const Window &window, double value);

/// Of float values, any number of axes, any padding.
at::Tensor convolved(const OperatorCall &call, const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias);

} // namespace likeness
