#pragma once

#include "core/nets/build/graph.h"

#include <span>

namespace likeness {

/// What is done at once when a network runs: one node, or a convolution with all that follows it at each place.
struct Step {
    int node = 0;                      ///< index in the graph: the operation and its weights
    std::vector<int> inputs{};         ///< results of earlier steps, by the node that gave them
    int output = 0;                    ///< the last node that the step covers
    int norm = -1;                     ///< batch norm folded into the convolution
    int residual = -1;                 ///< result that is added before the activation
    bool mayOverwriteResidual = false; ///< nobody needs it afterwards
    Activation activation = Activation::None;
    Quantisation quantisation{}; ///< of the result, after the activation
    std::vector<int> lastUses{}; ///< results that are not needed after this step
};

/// The graph as steps in order, without what none of the wanted results needs.
std::vector<Step> planned(const Graph &graph, std::span<const int> wanted);

} // namespace likeness
