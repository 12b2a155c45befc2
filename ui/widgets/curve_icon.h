#pragma once

#include "core/train/training_history.h"

#include <QIcon>

class QWidget;

namespace likeness::ui {

/// The loss of a run as a line in a small picture, in the colours of `widget`.
QIcon curveIcon(const std::vector<HistoryPoint> &points, const QWidget &widget);

} // namespace likeness::ui
