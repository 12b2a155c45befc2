#pragma once

namespace likeness::ui {

/// Painted views are graphics with a name and a description for screen readers; once at the start of the program.
void installAccessibleViews();

} // namespace likeness::ui
