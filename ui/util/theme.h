#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace likeness::ui {

enum class Theme { System, Light, Dark };

/// Fusion style with the system's palette, or a light or dark one; icons follow.
void applyTheme(Theme theme);
bool isDark();

QIcon themeIcon(const char *freedesktopName);

// The few colours that mean something; blue and orange differ for colour-blind eyes too.
QColor rightColour();
QColor wrongColour();

/// The one spacing grid: margins and gaps are multiples of this.
inline constexpr int gap = 8;

} // namespace likeness::ui
