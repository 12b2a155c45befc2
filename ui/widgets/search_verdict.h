#pragma once

#include "ui/session.h"

namespace likeness::ui {

/// How many answers stand out of the gallery beside the picture `itself` (-1: it is none of it), in words; for a query
/// whose right answer nobody knows. Empty where scores have no margin.
QString outstandingText(const Answer &answer, ImageId itself);

} // namespace likeness::ui
