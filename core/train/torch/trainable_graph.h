#pragma once

#include "core/nets/torch/operations.h"
#include "core/train/trainer.h"

namespace likeness {

/// Tensors by the names of the network's own.
using Tensors = std::map<std::string, at::Tensor, std::less<>>;

/// How a graph is evaluated.
struct GraphMode {
    bool training = false; ///< batch statistics, which the running ones follow, and dropout
    at::ScalarType type = at::kFloat;
    double dropout = 0;     ///< of the pooled vector
    std::uint64_t seed = 0; ///< of dropout
};

/// The vectors of graph.vector and of network.trained for images n x 3 x side x side in the type of the mode. Works
/// with and without gradients.
std::pair<at::Tensor, at::Tensor> evaluateGraph(const TrainableNetwork &network, const Tensors &tensors,
                                                const at::Tensor &images, const GraphMode &mode);

} // namespace likeness
