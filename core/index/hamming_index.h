#pragma once

#include "core/base/error.h"
#include "core/index/index.h"

#include <memory>

namespace likeness {

/// Share of equal bits, 1 - Hamming distance / bits, by Faiss' binary index. Two unrelated hashes share about half.
struct HammingOptions {
    void describe(auto &&) {}
};

std::unique_ptr<Index> makeHammingIndex(const HammingOptions &options);

} // namespace likeness
