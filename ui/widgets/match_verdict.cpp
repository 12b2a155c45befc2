#include "ui/widgets/match_verdict.h"

#include "ui/util/convert.h"

#include <QCoreApplication>
#include <QPolygonF>
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

namespace {

double areaOf(const QPolygonF &polygon)
{
    double twice = 0;
    for (qsizetype i = 0; i < polygon.size(); ++i) {
        const QPointF a = polygon[i], b = polygon[(i + 1) % polygon.size()];
        twice += a.x() * b.y() - b.x() * a.y();
    }
    return std::abs(twice) / 2;
}

} // namespace

std::optional<QStringList> changesOf(const ImageMatch &match, QSize sizeA, QSize sizeB, double scale)
{
    if (!match.bFromA)
        return std::nullopt;
    bool invertible = false;
    const QTransform bFromA = toTransform(*match.bFromA), aFromB = bFromA.inverted(&invertible);
    if (!invertible)
        return std::nullopt;
    const QRectF frameA({0, 0}, sizeA), frameB({0, 0}, sizeB);
    const QPolygonF original = aFromB.map(QPolygonF(frameB)); // where B lies in A
    const double whole = areaOf(original), seen = areaOf(original.intersected(QPolygonF(frameA)));
    if (whole <= 0 || seen <= 0)
        return std::nullopt;
    constexpr double nearly = 0.93; // keypoints do not place a frame better
    constexpr double leastTurn = 3; // degrees
    QStringList changes;
    if (match.mirrored)
        changes << QCoreApplication::translate("MatchVerdict", "mirrored");
    if (seen / whole < nearly)
        changes << QCoreApplication::translate("MatchVerdict", "cropped to %1 %").arg(qRound(100 * seen / whole));
    if (seen / areaOf(QPolygonF(frameA)) < nearly)
        changes << QCoreApplication::translate("MatchVerdict", "inside a picture of which it fills %1 %")
                       .arg(qRound(100 * seen / areaOf(QPolygonF(frameA))));
    const QPointF middle = frameB.center(), at = aFromB.map(middle);
    const QPointF right = aFromB.map(middle + QPointF(1, 0)) - at, down = aFromB.map(middle + QPointF(0, 1)) - at;
    const double flip = match.mirrored ? -1 : 1;
    const double turn = std::atan2(flip * right.y(), flip * right.x()) * 180 / CV_PI;
    if (std::abs(turn) >= leastTurn)
        changes << QCoreApplication::translate("MatchVerdict", "turned by %1°").arg(qRound(turn));
    const double size = scale * std::sqrt(std::abs(right.x() * down.y() - right.y() * down.x()));
    if (changes.isEmpty() && std::abs(size - 1) > 1 - nearly)
        changes << QCoreApplication::translate("MatchVerdict", "at %1 % of the size").arg(qRound(100 * size));
    return changes;
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
