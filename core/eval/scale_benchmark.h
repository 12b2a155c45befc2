#pragma once

#include "core/base/task.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace likeness {

/// Vectors like embeddings: clusters, directions of falling strength, unit length. The same for one seed.
struct ScalePlan {
    std::int64_t rows = 1'000'000;
    int width = 256, queries = 100, seed = 1;
    double recall = 0.95;             ///< that indexes with an effort are tuned to
    bool hnsw = false;                ///< also a graph, which takes minutes to build
    std::filesystem::path vectorsOut; ///< where rows and queries are written for a peer; empty: nowhere
};

struct ScaleRow {
    std::string index;
    double buildSeconds = 0;
    std::int64_t bytes = 0;           ///< of the index
    double batchMs = 0;               ///< all queries together (several at once), a query
    double singleMs = 0;              ///< one query alone on all threads (flat) or one thread (the others)
    double recall1 = 0, recall10 = 0; ///< of the exact one and ten nearest
    int effort = 0;
};

struct ScaleReport {
    double streamGBs = 0;       ///< measured reading speed of memory, all threads
    std::int64_t peakBytes = 0; ///< of this process
    std::vector<ScaleRow> rows; ///< flat first
};

/// Measures flat search, PQ, IVF-PQ and, where wanted, HNSW on generated vectors. Throws Error, Cancelled.
ScaleReport benchmarkScale(const ScalePlan &plan, TaskContext &task);

} // namespace likeness
