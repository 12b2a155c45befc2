#pragma once

#include "core/nets/build/architectures.h"
#include "core/nets/image/preprocessing.h"

#include <span>

namespace likeness {

/// A name in a file and the name in our networks. '#' stands for a number that both have; a rule fits a name that is
/// equal, or continues with ".weight", ".bias" or the running statistics of a batch norm. `part` orders q, k and v,
/// which are stacked.
struct LayoutRule {
    const char *file, *own;
    int part = 0;
    bool transposed = false;
};

/// How one library names and prepares one architecture. Told by `mark`, a tensor that no other has, behind any prefix.
struct Layout {
    const char *library; ///< "torchvision"
    Architecture architecture;
    const char *mark;
    std::span<const LayoutRule> rules;
    double layerNormEps;
    Preprocessing preprocessing;
    bool quickGeluUnknown = false; ///< the weights do not say which GELU they were trained with
};

std::span<const Layout> layouts();

/// Our name for `name` (without the prefix), or empty. `part` and `transposed` as in the rule.
std::string ownName(const Layout &layout, std::string_view name, const LayoutRule *&rule);

} // namespace likeness
