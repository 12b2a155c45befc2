#pragma once

#include "core/train/objectives.h"

#include <ATen/ATen.h>

namespace likeness {

/// As ObjectiveInput, in tensors of one type and device.
struct LossInput {
    at::Tensor embeddings;      ///< unit length, views one after the other
    std::int64_t count = 0;     ///< images
    at::Tensor images, classes; ///< int64, `count`
    at::Tensor hardImages;      ///< int64, `count` with a third view, else none
    at::Tensor memory;          ///< m x d, or undefined
    at::Tensor memoryImages, memoryClasses;
    std::int64_t shift = 1;
    std::uint64_t seed = 0;
    at::Tensor siameseWeight, siameseBias; ///< d, and a scalar
    at::Tensor cells, overlaps;            ///< 2 N x L x c and 2 N x L x L, or undefined
};

struct LossValue {
    at::Tensor total;            ///< a scalar
    at::Tensor entropy, overlap; ///< undefined where they have no weight
    at::Tensor accuracy;         ///< undefined where there are no pairs to tell
    at::Tensor positiveDistances, negativeDistances;
};

/// Each row divided by its length.
at::Tensor unitRows(const at::Tensor &rows);

/// The formulas are in objectives.h.
LossValue lossOf(const Objective &objective, const ObjectiveAdditions &additions, const LossInput &input);

} // namespace likeness
