#pragma once

#include "core/nets/build/graph.h"

#include <memory>
#include <span>

namespace likeness {

/// A convolution of channels-last maps by oneDNN, with bias, sum, activation and quantisation in one pass over the
/// result: ATen's takes three. Weights are laid out once. Callable from many threads.
class FusedConvolution {
public:
    struct Shape {
        std::int64_t images, channels, height, width;
        auto operator<=>(const Shape &) const = default;
    };
    /// With `bf16` images and results are bfloat16, otherwise float. `padding` may be samePadding.
    /// `weights` are out x in / groups x k x k, row-major; `bias` has `out` entries or none.
    FusedConvolution(std::span<const float> weights, std::span<const std::int64_t> weightShape,
                     std::span<const float> bias, int stride, int padding, int groups, Activation activation,
                     const Quantisation &quantisation, bool addsToResult, bool bf16);
    ~FusedConvolution();

    /// What is done in the same pass; quantised results are cut, not bent.
    static bool supports(Activation activation, const Quantisation &quantisation)
    {
        const bool bends = activation == Activation::HardSwish || activation == Activation::Silu;
        return activation == Activation::None || activation == Activation::Relu || activation == Activation::Relu6 ||
               (bends && quantisation.scale == 0);
    }
    Shape resultShape(const Shape &in) const;
    /// `out` holds what is added to, where the convolution adds.
    void run(const Shape &in, const void *image, void *out) const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace likeness
