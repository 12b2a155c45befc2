#pragma once

#include "core/match/image_match.h"

#include <QSize>
#include <QString>

namespace likeness::ui {

/// What was found, in a sentence with its numbers; or which number failed. `sizeA` in pixels.
QString verdictOf(const ImageMatch &match, QSize sizeA);
QString countsOf(const ImageMatch &match, double ms);

} // namespace likeness::ui
