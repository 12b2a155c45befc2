#pragma once

#include <QColor>

namespace likeness::ui {

/// `share` of `b` in `a`, 0 to 1.
inline QColor mixed(const QColor &a, const QColor &b, double share)
{
    const auto part = [share](auto from, auto to) { return from + (to - from) * decltype(from)(share); };
    return QColor::fromRgbF(part(a.redF(), b.redF()), part(a.greenF(), b.greenF()), part(a.blueF(), b.blueF()));
}

} // namespace likeness::ui
