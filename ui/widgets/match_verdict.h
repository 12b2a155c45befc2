#pragma once

#include "core/match/image_match.h"

#include <QSize>
#include <QStringList>

namespace likeness::ui {

/// What was found, in a sentence with its numbers; or which number failed. `sizeA` in pixels.
QString verdictOf(const ImageMatch &match, QSize sizeA);
QString countsOf(const ImageMatch &match, double ms);
/// How A came from B, in words: "mirrored", "cropped to 62 %", "turned by 90°"; nothing where there is no homography.
/// `scale`: pixels of the original of A for one of A as it was matched, over the same of B.
std::optional<QStringList> changesOf(const ImageMatch &match, QSize sizeA, QSize sizeB, double scale = 1);

} // namespace likeness::ui
