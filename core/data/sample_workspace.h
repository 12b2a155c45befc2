#pragma once

#include "core/base/task.h"

#include <cstdint>
#include <filesystem>

namespace likeness {

/// Size of the built-in sample.
struct SampleSpec {
    int gallery = 160;
    int queriesWithSource = 70;
    int queriesWithout = 30;
    std::uint64_t seed = 1;
    int side = 0; ///< px of small square pictures that are drawn quickly, for large collections; 0: scenes of 480 x 360
};

/// Writes `folder`/dataset, /query, /ground_truth.csv and /transforms.csv (query, what was done): rendered scenes and
/// copies of them made by one to three attacks. The same seed writes the same bytes. The ground truth is written last:
/// a folder with one is complete. Pictures of an earlier, larger sample go. Throws
/// Error{Io|InvalidArgument}, Cancelled; refuses a folder that is neither empty nor a sample.
void writeSampleWorkspace(const std::filesystem::path &folder, const SampleSpec &spec, TaskContext &context);

} // namespace likeness
