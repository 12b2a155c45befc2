#include "ui/widgets/match_verdict.h"

#include "ui/util/convert.h"

#include <QCoreApplication>
#include <cmath>

namespace likeness::ui {

QString verdictOf(const ImageMatch &match, QSize sizeA)
{
    if (match.fundamental)
        return QCoreApplication::translate("MatchVerdict", "Supported: one solid scene from two places.") +
               (match.mirrored ? QLatin1Char(' ') + QCoreApplication::translate("MatchVerdict", "Mirrored copy.")
                               : QString());
    if (!match.bFromA)
        return QCoreApplication::translate("MatchVerdict", "No geometric support: %1.")
            .arg(match.refusal ? toQString(*match.refusal) : QString());
    const QTransform map = toTransform(*match.bFromA);
    const QPointF middle(sizeA.width() / 2.0, sizeA.height() / 2.0), at = map.map(middle);
    const QPointF right = map.map(middle + QPointF(1, 0)) - at, down = map.map(middle + QPointF(0, 1)) - at;
    const double scale = std::sqrt(std::abs(right.x() * down.y() - right.y() * down.x()));
    const double flip = match.mirrored ? -1 : 1;
    const double turn = std::atan2(flip * right.y(), flip * right.x()) * 180 / CV_PI;
    QString text = QCoreApplication::translate("MatchVerdict", "Supported: A lies in B at scale %1, turned by %2°.")
                       .arg(scale, 0, 'f', 2)
                       .arg(std::round(turn) + 0.0, 0, 'f', 0);
    if (match.mirrored)
        text += QLatin1Char(' ') + QCoreApplication::translate("MatchVerdict", "Mirrored copy.");
    if (match.simulated)
        text += QLatin1Char(' ') + QCoreApplication::translate("MatchVerdict", "Found by affine simulation.");
    return text;
}

QString countsOf(const ImageMatch &match, double ms)
{
    // With guided matching the ratio test decides what the model is found by, not how many matches there are at last.
    const int all = int(match.matches.size());
    const QString matches =
        all == match.tentative
            ? QCoreApplication::translate("MatchVerdict", "%1 matches").arg(all)
            : QCoreApplication::translate("MatchVerdict", "%1 matches by the ratio, %2 when guided by the model")
                  .arg(match.tentative)
                  .arg(all);
    return QCoreApplication::translate("MatchVerdict", "%1 and %2 keypoints, %3, %4 inliers, %5 ms")
        .arg(match.a.keypoints.size())
        .arg(match.b.keypoints.size())
        .arg(matches)
        .arg(match.inliers)
        .arg(ms, 0, 'f', 0);
}

} // namespace likeness::ui
