#pragma once

#include "core/nets/build/graph.h"

#include <ATen/ATen.h>
#include <functional>
#include <map>

namespace likeness {

// What the nodes of a graph do, in terms of ATen: for answers (executor.cpp) and for training.

struct NodeWeights {
    at::Tensor weight, bias;
};
/// By the names in tokenParameters: rows of the width of a token.
using SpecialTokens = std::map<std::string, at::Tensor, std::less<>>;
/// Positions for a grid of patches, as positionsFor() calculates them.
using PositionsOf = std::function<at::Tensor(const Node &, std::int64_t, std::int64_t)>;

/// In place where that saves memory: `x` must have no other user.
at::Tensor activated(at::Tensor x, Activation activation);

/// In place, likewise; `x` itself where there is none.
at::Tensor quantised(at::Tensor x, const Quantisation &quantisation);

/// Positions of the patches in a grid of h x w, behind those of the special tokens (zero where they have none).
at::Tensor positionsFor(const Node &node, const SpecialTokens &special, std::int64_t h, std::int64_t w);

/// By LibTorch itself, wherever it runs.
at::Tensor plainConvolution(const at::Tensor &x, const Node &node, const at::Tensor &weight, const at::Tensor &bias);

/// Of every operation but Image, Words, Conv and BatchNorm, which the callers treat in their own ways. Weights have the
/// type `type`.
at::Tensor valueOf(const Node &node, const NodeWeights &own, const std::vector<at::Tensor> &values,
                   const SpecialTokens &special, at::ScalarType type, const PositionsOf &positionsOf);

} // namespace likeness
