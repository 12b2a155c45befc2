#pragma once

#include <QColor>
#include <QFont>
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

/// A line that parts without being looked at: frames of cards, separators.
QColor hairlineColour();

/// The one scale of space: half of it, itself, twice and three times.
inline constexpr int gap = 8;

/// The one scale of type: 1.4, 1.15, 1 and 0.9 of the program's font.
enum class Type { Title, Section, Text, Caption };
QFont typeFont(Type type);

} // namespace likeness::ui
