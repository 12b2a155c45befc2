#pragma once

#include "core/data/ground_truth.h"
#include "core/data/image_set.h"

#include <optional>

namespace likeness {

/// A folder with `dataset/` (the gallery), `query/` and, if known, `ground_truth.csv`; any other folder is a gallery
/// without queries.
struct Workspace {
    std::filesystem::path root;
    ImageSet gallery, queries;
    std::optional<GroundTruth> truth;

    /// Lists names only. A ground truth that cannot be read becomes a problem. Throws Error{NotFound} for a missing
    /// folder.
    static Workspace open(const std::filesystem::path &folder, TaskContext &context = TaskContext::none());
    /// The same without the gallery.
    static Workspace besideGallery(const std::filesystem::path &folder, TaskContext &context = TaskContext::none());
};

/// Throws Error{NotFound} that says which folder is empty or missing.
void requireGallery(const Workspace &workspace);
void requireQueries(const Workspace &workspace);

} // namespace likeness
