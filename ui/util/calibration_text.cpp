#include "ui/util/calibration_text.h"

#include "ui/util/convert.h"

#include <QCoreApplication>
#include <cmath>

namespace likeness::ui {

namespace {

constexpr double almostCertain = 0.95, even = 0.5;

struct CalibrationText {
    Q_DECLARE_TR_FUNCTIONS(CalibrationText)
};

/// Rounded down and below 1: nothing is certain.
QString shareText(double share, int decimals)
{
    const double step = std::pow(10, -decimals);
    return QString::number(std::min(std::floor(share / step) * step, 1 - step), 'f', decimals);
}

} // namespace

QString sureText(const Calibration &calibration, const NamedRanking &ranking)
{
    if (const auto sure = calibration.probability(ranking)) {
        const QString word = *sure >= almostCertain ? CalibrationText::tr("almost certainly right")
                             : *sure >= even        ? CalibrationText::tr("probably right")
                                                    : CalibrationText::tr("probably wrong");
        if (calibration.isFromTruth())
            return CalibrationText::tr("The first is %1: probability %2, by the other queries of the ground truth.")
                .arg(word)
                .arg(shareText(*sure, 2));
        if (*sure < even)
            return CalibrationText::tr("The first stands out of the others no more than unrelated images do.");
        return CalibrationText::tr("The first is %1: probability at least %2, by the scores of unrelated images here.")
            .arg(word)
            .arg(shareText(*sure, 2));
    }
    if (const auto chance = calibration.significance(ranking); chance && calibration.doubt())
        return CalibrationText::tr("Significance %1: so rarely do unrelated images alone stand out so far. No "
                                   "probability can be given: %2.")
            .arg(*chance, 0, 'g', 2)
            .arg(toQString(*calibration.doubt()));
    return {};
}

QString expectedText(const Calibration &calibration, std::optional<double> cut)
{
    const auto expected = calibration.precisionFrom(cut);
    if (!expected)
        return {};
    return (calibration.isFromTruth()
                ? CalibrationText::tr("; precision expected: at least %1 (by the ground truth)")
                : CalibrationText::tr("; precision expected: at least %1 (by the scores of unrelated images)"))
        .arg(shareText(*expected, 3));
}

} // namespace likeness::ui
