#pragma once

#include "core/train/trainer.h"

#include <ATen/ATen.h>

namespace likeness {

/// A weight with what its optimiser remembers.
struct Trained {
    std::string name;
    at::Tensor weight;        ///< a leaf that wants a gradient
    at::Tensor first, second; ///< momentum; AdamW also the mean of squares
    bool decays = false;
};
bool decays(const std::string &name, const at::Tensor &weight);

/// One step with the gradients that the weights have; `step` counts from 1. AdamW (Loshchilov and Hutter 2019) and SGD
/// with momentum as in PyTorch, betas 0.9 and 0.999, epsilon 1e-8. LARS (You et al. 2017) as in SimCLR: of a weight
/// that decays, g = gradient + decay w and trust 0.001 |w| / |g|; then v = momentum v + rate trust g, w = w - v.
void optimise(const OptimiserOptions &options, std::vector<Trained> &weights, std::int64_t step, double rate);

} // namespace likeness
