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
    bool cells = false;     ///< the features with places, too
};

/// What a graph gives, as floats.
struct GraphValues {
    at::Tensor vectors; ///< of graph.vector
    at::Tensor trained; ///< of network.trained
    at::Tensor cells;   ///< n x places x channels, of graph.map; undefined unless asked for
};
/// For images n x 3 x side x side in the type of the mode. Works with and without gradients.
GraphValues evaluateGraph(const TrainableNetwork &network, const Tensors &tensors, const at::Tensor &images,
                          const GraphMode &mode);

/// Pixels (see TrainingBatch) as the network wants them, on a device.
at::Tensor networkImages(const TrainableNetwork &network, std::span<const std::uint8_t> pixels, int count, int side,
                         at::ScalarType type, const at::Device &device);

} // namespace likeness
