#pragma once

#include "core/nets/build/graph.h"

#include <ATen/ATen.h>
#include <map>
#include <string>
#include <vector>

namespace likeness {

/// What a value was in a run of the same graph.
struct ValueFacts {
    at::ScalarType type = at::kFloat;
    std::vector<std::int64_t> shape; ///< of a value that was not seen: empty
    bool isKnown = false;
};
using Constants = std::map<std::string, at::Tensor, std::less<>>;

/// Every operator whose inputs are constants becomes one. Throws Error{Format} where that takes more than so many
/// bytes.
void foldConstants(Graph &graph, Constants &constants, std::int64_t mostBytes);

/// Convolutions with what follows them, products with weights, layer norms and GELU in the operators of the graph's
/// own, which are run in one pass each. What is not recognised stays. Node numbers stay the same.
void lower(Graph &graph, Constants &constants, const std::vector<ValueFacts> &facts);

} // namespace likeness
