#pragma once

#include <QString>

class QWidget;

namespace likeness::ui {

class MainWindow;

/// Trains on the sample and shows the pages Train and Runs; with every objective where `all` says so. `shoot` takes the
/// picture of a widget under a name.
void tourTraining(MainWindow &window, bool all, void (*shoot)(QWidget &, const char *));

} // namespace likeness::ui
