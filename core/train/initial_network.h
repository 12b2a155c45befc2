#pragma once

#include "core/train/training_plan.h"

namespace likeness {

/// The network of a plan with its first weights: random ones (He et al. 2015 for convolutions), or those of an
/// installed model. Throws Error as ModelStore::card() and recogniseNetwork() do, and where a model has no network to
/// train (ONNX, TorchScript).
TrainableNetwork buildNetwork(const NetworkPlan &plan, std::uint64_t seed);

/// The names of the parts of a network that can be frozen, from the image on: "conv1", "layer1", "blocks.0".
std::vector<std::string> partsOf(const Graph &graph);

bool isStatistic(std::string_view name); ///< the running mean or variance of a batch norm
bool isFrozen(const TrainableNetwork &network, std::string_view name);

/// Entries of the vector that the objective sees.
int trainedWidth(const TrainableNetwork &network);

/// Writes what is searched with as a file that recogniseNetwork() reads.
void writeNetwork(const std::filesystem::path &path, const TrainableNetwork &network, const TensorMap &weights,
                  bool half);

} // namespace likeness
