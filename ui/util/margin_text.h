#pragma once

#include <QString>
#include <cmath>

namespace likeness::ui {

/// "16.4σ": how far a score lies above the query's scores of the whole gallery.
inline QString marginText(float margin)
{
    const double rounded = std::round(double(margin) * 10) / 10 + 0.0; // no minus before a zero
    return QString::number(rounded, 'f', 1) + QChar(0x03c3);
}

} // namespace likeness::ui
