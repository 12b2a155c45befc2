#pragma once

#include "core/nets/build/graph.h"
#include "core/onnx/onnx_model.h"

namespace likeness {

/// The file as a graph, node by node: inputs, constants, operators with a place for each of their results.
Graph graphOf(OnnxModel model);

} // namespace likeness
