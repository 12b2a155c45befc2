#include "ui/folder_memory.h"

#include "ui/util/convert.h"
#include "ui/util/settings.h"

#include <algorithm>

namespace likeness::ui {

void rememberOpened(const QString &folder, const ImageSet &gallery, bool isIndex)
{
    Settings::FolderFacts facts{gallery.size(), isIndex, Settings::folderFacts(folder).recipe};
    for (const ImageRef &image : gallery.images().first(std::min<std::size_t>(4, gallery.images().size())))
        facts.first << toQString(image.path);
    Settings::setFolderFacts(folder, facts);
}

void rememberSearched(const QString &folder, const Recipe &recipe)
{
    Settings::FolderFacts facts = Settings::folderFacts(folder);
    if (facts.pictures == 0)
        return; // none of the recent ones
    facts.recipe = toQString(recipe.id);
    Settings::setFolderFacts(folder, facts);
}

void rememberFigures(const QString &folder, const Results &results)
{
    const auto &metrics = results.metrics();
    if (!metrics)
        return;
    double ms = 0;
    for (const auto &answer : results.answers())
        ms += answer->extractMs + answer->searchMs;
    Settings::setMeasured(folder, results.recipe(), {metrics->acc1, ms / 1000 / results.count()});
}

} // namespace likeness::ui
