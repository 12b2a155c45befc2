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
    const auto same = std::ranges::find(images, query.path, &ImageRef::path);
    return same == images.end() ? -1 : ImageId(same - images.begin());
}

} // namespace likeness::ui
