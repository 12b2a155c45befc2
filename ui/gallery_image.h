#pragma once

#include "core/eval/metrics.h"
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

/// The best answers by name, without the picture itself, which says nothing of the others.
inline NamedRanking namedOthers(const QueryResult &result, const ImageSet &gallery, ImageId itself)
{
    NamedRanking ranking = named(result, gallery, candidatesPerQuery + 1);
    if (itself >= 0)
        std::erase_if(ranking.candidates, [&](const Candidate &hit) { return hit.source == gallery[itself].name; });
    if (ranking.candidates.size() > candidatesPerQuery)
        ranking.candidates.pop_back();
    return ranking;
}

} // namespace likeness::ui
