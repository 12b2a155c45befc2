#pragma once

#include "core/learn/graph.h"

#include <ATen/ATen.h>

namespace likeness {

/// In place where that saves memory: `x` must have no other user.
inline at::Tensor activated(at::Tensor x, Activation activation)
{
    switch (activation) {
    case Activation::None:
        return x;
    case Activation::Relu:
        return at::relu_(x);
    case Activation::Relu6:
        return x.clamp_(0, 6);
    case Activation::Silu:
        return at::silu_(x);
    case Activation::HardSwish:
        return at::hardswish_(x);
    case Activation::Sigmoid:
        return at::sigmoid_(x);
    case Activation::HardSigmoid:
        return at::hardsigmoid_(x);
    case Activation::Gelu:
        return at::gelu(x);
    case Activation::QuickGelu:
        return x.mul_(at::sigmoid(x * 1.702));
    }
    return x;
}

} // namespace likeness
