// What the window says of how sure an answer is.
#include "core/base/random.h"
#include "ui/util/calibration_text.h"

#include <QTest>
#include <cmath>

using namespace likeness;
using namespace likeness::ui;

namespace {

/// The best answer lies so far above nine that fall as those of unrelated images do.
NamedRanking rankingAbove(double gap, Random &random, int query)
{
    NamedRanking ranking{"q" + std::to_string(query), {{"a", 0}}};
    double score = 1;
    for (int rank = 2; rank <= 10; ++rank) {
        ranking.candidates.push_back({"b", float(score)});
        score += 0.05 * std::log(random.uniform(1e-9, 1)) / rank;
    }
    ranking.candidates[0].score = float(1 + gap);
    return ranking;
}

/// Half of the best answers stand out, half do not.
std::vector<NamedRanking> rankings(int count)
{
    Random random(3);
    std::vector<NamedRanking> list;
    for (int i = 0; i < count; ++i)
        list.push_back(rankingAbove(i % 2 ? -0.05 * std::log(random.uniform(1e-9, 1)) : 3, random, i));
    return list;
}

} // namespace

class TestCalibrationText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aProbabilityIsSaidInWordsAndNeverAsOne()
    {
        const std::vector<NamedRanking> all = rankings(200);
        const auto calibration = Calibration::fromBackground(all);
        Random random(4);
        const QString sure = sureText(*calibration, rankingAbove(30, random, 0));
        QVERIFY2(sure.contains("almost certainly right: probability at least 0.99"), qPrintable(sure));
        const QString unsure = sureText(*calibration, rankingAbove(0.01, random, 0));
        QVERIFY2(unsure.contains("no more than unrelated") && !unsure.contains("probability"), qPrintable(unsure));
        QVERIFY(expectedText(*calibration, 3.5).contains("at least 0.99"));
        QVERIFY(expectedText(*calibration, 100).isEmpty());
    }

    void aSignificanceIsNotCalledAProbability()
    {
        const auto calibration = Calibration::fromBackground(rankings(20));
        Random random(4);
        const QString text = sureText(*calibration, rankingAbove(3, random, 0));
        QVERIFY2(text.startsWith("Significance ") && text.contains("No probability can be given: 20 queries"),
                 qPrintable(text));
        QVERIFY(expectedText(*calibration, {}).isEmpty());
    }

    void aShortRankingSaysNothing()
    {
        const auto calibration = Calibration::fromBackground(rankings(200));
        QVERIFY(sureText(*calibration, {"q", {{"a", 1}, {"b", 0}}}).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestCalibrationText)
#include "tst_calibration_text.moc"
