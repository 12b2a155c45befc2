#pragma once

#include "core/data/image_set.h"
#include "ui/results.h"

#include <QString>

namespace likeness::ui {

// What is remembered of a folder in the settings, for the start page and the recipe's card.

void rememberOpened(const QString &folder, const ImageSet &gallery, bool isIndex);
/// The recipe is the one that it was searched with last.
void rememberSearched(const QString &folder, const Recipe &recipe);
/// Of a complete run.
void rememberFigures(const QString &folder, const Results &results);

} // namespace likeness::ui
