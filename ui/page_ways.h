#pragma once

namespace likeness::ui {

class MainWindow;
class StatusStrip;
class WindowActions;

/// Which page leads to which, once all are there.
void connectPages(MainWindow &window, WindowActions &actions, StatusStrip &strip);

} // namespace likeness::ui
