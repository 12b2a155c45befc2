#pragma once

#include "core/base/error.h"
#include "core/index/index.h"

#include <memory>

namespace likeness {

/// Exact dot product of vector rows (a cosine, as extractors normalise to unit length): one matrix product by Eigen
/// over OpenBLAS for each block of gallery rows.
struct CosineOptions {
    void describe(auto &&) {}
};

std::unique_ptr<Index> makeCosineIndex(const CosineOptions &options);

} // namespace likeness
