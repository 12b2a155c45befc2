#pragma once

#include "core/data/workspace.h"
#include "core/search/engine.h"

namespace likeness {

/// A folder that is looked at: a workspace, any folder of images, or the folder of an index, whose gallery is what was
/// indexed. Where that is the dataset/ of a workspace, the queries and the truth are the workspace's.
struct GalleryFolder {
    Workspace workspace;
    std::shared_ptr<const Engine> engine; ///< of an index; null for images alone

    /// Throws Error{NotFound} for a missing folder, what Engine::open() throws for an index.
    static GalleryFolder open(const std::filesystem::path &folder, std::shared_ptr<FeatureCache> cache,
                              TaskContext &context);
};

} // namespace likeness
