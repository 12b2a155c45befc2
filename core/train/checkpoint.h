#pragma once

#include "core/nets/build/tensor_map.h"

#include <optional>

namespace likeness {

/// The state of a run behind a step: all tensors of the trainer, and where it was.
struct Checkpoint {
    std::int64_t step = 0;
    double seconds = 0;   ///< of training so far
    double best = -1;     ///< µAP of the best weights so far
    double meanLoss = 0;  ///< running mean, of the same
    double firstLoss = 0; ///< of the first steps, which divergence is told from
    TensorMap tensors;
};

/// The folder checkpoint/ of a run: a file for each, written aside and renamed, the two newest kept.
class CheckpointFolder {
public:
    explicit CheckpointFolder(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    /// Throws Error{Io}; then the ones before are still there. Newer ones stay.
    void write(const Checkpoint &checkpoint) const;
    /// Removes those behind a step.
    void removeNewerThan(std::int64_t step) const;
    /// Steps of the checkpoints, the newest first.
    std::vector<std::int64_t> steps() const;
    /// Throws Error{Format} naming the file where it is damaged (its content has a hash), Error{NotFound}.
    Checkpoint read(std::int64_t step) const;
    std::filesystem::path fileOf(std::int64_t step) const;

private:
    std::filesystem::path m_folder;
};

} // namespace likeness
