#include "ui/util/curves.h"

#include <algorithm>
#include <cmath>

namespace likeness::ui {

QVector<QPointF> decimated(const Curve &curve, double from, double to, int columns)
{
    const auto xOf = [](const QPointF &point) { return point.x(); };
    auto begin = std::ranges::lower_bound(curve, from, {}, xOf), end = std::ranges::upper_bound(curve, to, {}, xOf);
    QVector<QPointF> shown;
    if (begin != curve.begin())
        shown.append(*(begin - 1)); // lines go on beyond the edges
    if (end - begin <= 4 * columns) {
        shown.append(QVector<QPointF>(begin, end));
    } else {
        const double width = (to - from) / columns;
        for (auto first = begin; first != end;) {
            const double edge = from + width * (std::floor((first->x() - from) / width) + 1);
            const auto last = std::find_if(first, end, [edge](const QPointF &point) { return point.x() >= edge; });
            const auto [low, high] =
                std::minmax_element(first, last, [](const QPointF &a, const QPointF &b) { return a.y() < b.y(); });
            auto chosen = {first, std::min(low, high), std::max(low, high), last - 1};
            auto before = curve.end();
            for (const auto &point : chosen)
                if (point != before)
                    shown.append(*(before = point));
            first = last == first ? first + 1 : last;
        }
    }
    if (end != curve.end())
        shown.append(*end);
    return shown;
}

const QPointF *nearestPoint(const Curve &curve, double x)
{
    if (curve.empty())
        return nullptr;
    const auto after = std::ranges::lower_bound(curve, x, {}, [](const QPointF &point) { return point.x(); });
    if (after == curve.begin())
        return &*after;
    if (after == curve.end())
        return &curve.back();
    return x - (after - 1)->x() < after->x() - x ? &*(after - 1) : &*after;
}

} // namespace likeness::ui
