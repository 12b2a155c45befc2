#pragma once

class QWidget;

namespace likeness::ui {

class MainWindow;

/// The recipe editor, the trade-off page and an index on disk, over the sample. `shoot` takes the picture of a widget
/// under a name.
void tourRecipes(MainWindow &window, void (*shoot)(QWidget &, const char *));

} // namespace likeness::ui
