#pragma once

#include "ui/session.h"

#include <algorithm>

namespace likeness::ui {

/// The picture of the gallery that is looked for, where the query is one: it finds itself. -1 for any other query.
inline ImageId galleryImageOf(const Query &query, const Workspace &workspace)
{
    if (query.id || query.path.empty())
        return -1;
    const auto images = workspace.gallery.images();
    const std::string name = query.path.filename().native(); // paths are compared piece by piece, which takes its time
    const auto same = std::ranges::find_if(
        images, [&](const ImageRef &image) { return image.path.native().ends_with(name) && image.path == query.path; });
    return same == images.end() ? -1 : ImageId(same - images.begin());
}

} // namespace likeness::ui
