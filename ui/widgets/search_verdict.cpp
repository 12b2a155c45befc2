#include "ui/widgets/search_verdict.h"

#include "ui/util/convert.h"
#include "ui/util/margin_text.h"

#include <QCoreApplication>
#include <algorithm>

namespace likeness::ui {

namespace {
/// Scores of unrelated pictures have longer tails than a normal distribution, of which a billionth lies up there.
constexpr float outstandingMargin = 6;
} // namespace

QString outstandingText(const Answer &answer, ImageId itself)
{
    const auto other = [itself](const Hit &hit) { return hit.image != itself; };
    const auto next = std::ranges::find_if(answer.ranking, other);
    if (next == answer.ranking.end() || next->margin == 0)
        return {};
    const auto many = std::ranges::count_if(
        answer.ranking, [&](const Hit &hit) { return other(hit) && hit.margin >= outstandingMargin; });
    if (many > 0)
        return QCoreApplication::translate("SearchVerdict", "%n picture(s) stand out of the gallery.", nullptr,
                                           int(many));
    return itself >= 0
               ? QCoreApplication::translate("SearchVerdict",
                                             "Nothing else stands out: the next lies %1 above the gallery's scores.")
                     .arg(marginText(next->margin))
               : QCoreApplication::translate("SearchVerdict",
                                             "Nothing stands out: the first lies %1 above the gallery's scores.")
                     .arg(marginText(next->margin));
}

} // namespace likeness::ui
