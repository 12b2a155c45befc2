// What a score is worth: probabilities against SciPy and scikit-learn (calibration.json), and promises against what
// is held in simulated searches of known truth.
#include "core/base/file.h"
#include "core/base/random.h"
#include "core/eval/calibration.h"

#include <QTest>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>

using namespace likeness;

namespace {

const nlohmann::json &fixture()
{
    static const auto parsed = nlohmann::json::parse(readText(SOURCE_DIR "/tests/support/calibration.json"));
    return parsed;
}

NamedRanking rankingOf(std::size_t query, const std::vector<double> &scores)
{
    NamedRanking ranking{"q" + std::to_string(query), {}};
    for (std::size_t i = 0; i < scores.size(); ++i)
        ranking.candidates.push_back({i == 0 ? "a" : "b", float(scores[i])});
    return ranking;
}

void verifyNear(double got, double wanted, double tolerance)
{
    QVERIFY2(std::abs(got - wanted) <= tolerance, qPrintable(QString("%1, not %2").arg(got).arg(wanted)));
}

double normal(Random &random)
{
    return std::sqrt(-2 * std::log(random.uniform(1e-300, 1))) * std::cos(2 * std::numbers::pi * random.unit());
}

/// How the scores of unrelated images fall: the quantile of the share `above`.
enum class Tail { Exponential, Gaussian, Bounded, Heavy };
double quantile(Tail tail, double above)
{
    switch (tail) {
    case Tail::Exponential:
        return -std::log(above);
    case Tail::Gaussian: // of Rayleigh's distribution, which falls as fast
        return 4 * std::sqrt(-2 * std::log(above));
    case Tail::Bounded:
        return 20 * (1 - std::pow(above, 0.25));
    case Tail::Heavy:
        return 4 * std::pow(above, -0.1);
    }
    return 0;
}

/// Searches in a gallery of 500 unrelated images with levels and scales of their own; some queries have a source as
/// well, which lies far beyond what is usual or near it.
struct Searches {
    std::vector<NamedRanking> rankings;
    GroundTruth truth;

    Searches(Tail tail, double withoutSource, int count, std::uint64_t seed)
    {
        Random random = randomFor(seed, std::uint64_t(100 * withoutSource) + 1000 * std::uint64_t(tail));
        for (int i = 0; i < count; ++i) {
            const double level = 0.5 * normal(random), scale = std::exp(0.3 * normal(random));
            std::vector<double> scores;
            double below = 1;
            for (int rank = 0; rank < 10; ++rank) { // the largest of 500 uniform numbers, one after the other
                below *= std::pow(random.uniform(1e-12, 1), 1.0 / (500 - rank));
                scores.push_back(level + scale * quantile(tail, std::max(1e-15, 1 - below)));
            }
            const double source = level + scale * (quantile(tail, 1.0 / 500) + random.uniform(-2, 14));
            const bool known = !random.chance(withoutSource), right = known && source > scores[0];
            if (known)
                scores.insert(std::ranges::find_if(scores, [&](double score) { return score < source; }), source);
            const std::string query = "q" + std::to_string(i);
            rankings.push_back(rankingOf(std::size_t(i), scores));
            truth.sources[query] = right ? std::set<std::string>{"a"} : std::set<std::string>{};
        }
    }
    bool isRight(const NamedRanking &ranking) const { return truth.sourcesOf(ranking.query)->contains("a"); }
    /// Shares of the answers from the cut on that are right.
    double held(double cut) const
    {
        int right = 0, all = 0;
        for (const NamedRanking &ranking : rankings)
            if (double(ranking.candidates[0].score) >= cut) {
                ++all;
                right += isRight(ranking);
            }
        return all > 0 ? double(right) / all : 1;
    }
};

} // namespace

class TestCalibration : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unrelatedScoresAreThoseOfScipy()
    {
        const auto scores = fixture()["scores"].get<std::vector<std::vector<double>>>();
        const UnrelatedScores unrelated(scores);
        QVERIFY(!unrelated.doubt());
        verifyNear(unrelated.width(), fixture()["width"], 1e-4);
        verifyNear(unrelated.unrelatedShare(), fixture()["share"], 1e-9);
        for (std::size_t i = 0; i < scores.size(); ++i) {
            verifyNear(*unrelated.significance(scores[i]), fixture()["significance"][i], 1e-4);
            verifyNear(*unrelated.falseRate(scores[i]), fixture()["rates"][i], 1e-4);
        }
        const auto evidence = fixture()["evidence"].get<std::vector<double>>();
        verifyNear(truncatedExponentialScale(evidence, 3, 0), fixture()["middle"], 1e-5);
        verifyNear(truncatedExponentialScale(evidence, 3, 2), fixture()["middle_and_two_errors"], 1e-4);
    }

    void theCurveIsThatOfScikitLearn()
    {
        const auto scores = fixture()["scores"].get<std::vector<std::vector<double>>>();
        std::vector<JudgedAnswer> answers;
        std::vector<NamedRanking> rankings;
        GroundTruth truth;
        for (std::size_t i = 0; i < scores.size(); ++i) {
            rankings.push_back(rankingOf(i, scores[i]));
            answers.push_back({double(rankings[i].candidates[0].score), fixture()["right"][i].get<bool>()});
            truth.sources[rankings[i].query] = {answers[i].right ? "a" : "c"};
        }
        const LogisticCurve curve = LogisticCurve::fitted(answers);
        verifyNear(curve.slope, fixture()["slope"], 1e-3);
        verifyNear(curve.offset, fixture()["offset"], 1e-3);
        const auto calibration = Calibration::fromTruth(rankings, truth);
        for (std::size_t i = 0; i < scores.size(); ++i)
            verifyNear(*calibration->probability(rankings[i]), fixture()["cross_fitted"][i], 1e-4);
    }

    void anAnswerIsNotJudgedByItself()
    {
        // Ten that are wrong and one that is right: the curve of the others knows of no right answer.
        std::vector<NamedRanking> rankings;
        GroundTruth truth;
        for (std::size_t i = 0; i < 11; ++i) {
            rankings.push_back(rankingOf(i, {i == 10 ? 2.0 : 1 + 0.01 * double(i)}));
            truth.sources[rankings[i].query] = {i == 10 ? "a" : "c"};
        }
        const auto calibration = Calibration::fromTruth(rankings, truth);
        NamedRanking other = rankings[10];
        other.query = "another";
        QVERIFY(*calibration->probability(rankings[10]) < 0.2);
        QVERIFY(*calibration->probability(other) > 0.5);
    }

    void scoresThatFallWithRightnessTellNothing()
    {
        std::vector<JudgedAnswer> answers;
        for (int i = 0; i < 40; ++i)
            answers.push_back({100 + double(i), i < 10});
        const LogisticCurve curve = LogisticCurve::fitted(answers);
        QCOMPARE(curve.slope, 0.0);
        verifyNear(curve.at(100), 0.25, 0.02);
        verifyNear(curve.at(139), 0.25, 0.02);
    }

    void promisesAreHeldWithoutATruth_data()
    {
        QTest::addColumn<int>("tail");
        QTest::addColumn<double>("withoutSource");
        QTest::addColumn<bool>("mayRefuse");
        const char *names[] = {"exponential", "gaussian", "bounded", "heavy"};
        for (const double share : {0.17, 0.5, 0.8})
            for (int tail = 0; tail < 4; ++tail)
                QTest::addRow("%s, %.2f without a source", names[tail], share)
                    << tail << share << (tail != 0 || share < 0.3);
    }
    void promisesAreHeldWithoutATruth()
    {
        QFETCH(int, tail);
        QFETCH(double, withoutSource);
        QFETCH(bool, mayRefuse);
        int refused = 0;
        for (const double promised : {0.9, 0.95, 0.99}) {
            double sum = 0;
            int count = 0;
            for (std::uint64_t seed = 0; seed < 20; ++seed) {
                const Searches searches(Tail(tail), withoutSource, 300, seed);
                const auto calibration = Calibration::of(searches.rankings, std::nullopt);
                QVERIFY(calibration && !calibration->isFromTruth());
                if (const auto cut = calibration->cutFor(promised)) {
                    QVERIFY(*calibration->precisionFrom(cut) >= promised);
                    sum += searches.held(*cut);
                    ++count;
                } else
                    ++refused;
            }
            if (count > 0)
                QVERIFY2(sum / count >= promised - 0.03,
                         qPrintable(QString("%1 of %2").arg(sum / count).arg(promised)));
        }
        QVERIFY2(mayRefuse || refused < 40, qPrintable(QString::number(refused)));
    }

    void shownProbabilitiesAreNotTooLargeWithoutATruth()
    {
        for (const Tail tail : {Tail::Exponential, Tail::Gaussian, Tail::Bounded, Tail::Heavy})
            for (const double withoutSource : {0.17, 0.5, 0.8}) {
                double sum = 0, right = 0, count = 0;
                for (std::uint64_t seed = 0; seed < 20; ++seed) {
                    const Searches searches(tail, withoutSource, 300, seed);
                    const auto calibration = Calibration::fromBackground(searches.rankings);
                    for (const NamedRanking &ranking : searches.rankings)
                        if (const auto sure = calibration->probability(ranking); sure && *sure >= 0.9) {
                            sum += *sure;
                            right += searches.isRight(ranking);
                            ++count;
                        }
                }
                QVERIFY2(right >= sum - 0.03 * count, qPrintable(QString("tail %1, %2 without: %3 of %4 right, %5 said")
                                                                     .arg(int(tail))
                                                                     .arg(withoutSource)
                                                                     .arg(right)
                                                                     .arg(count)
                                                                     .arg(sum)));
            }
    }

    void promisesAreHeldOnOtherQueriesWithATruth()
    {
        for (const double withoutSource : {0.17, 0.5, 0.8})
            for (const double promised : {0.9, 0.95, 0.99}) {
                double sum = 0;
                int count = 0;
                for (std::uint64_t seed = 0; seed < 20; ++seed) {
                    const Searches known(Tail::Exponential, withoutSource, 200, seed),
                        others(Tail::Exponential, withoutSource, 200, 100 + seed);
                    const auto calibration = Calibration::of(known.rankings, known.truth);
                    QVERIFY(calibration && calibration->isFromTruth());
                    if (const auto cut = calibration->cutFor(promised)) {
                        sum += others.held(*cut);
                        ++count;
                    }
                }
                if (count > 0)
                    QVERIFY2(sum / count >= promised - 0.03,
                             qPrintable(QString("%1 of %2").arg(sum / count).arg(promised)));
            }
    }

    void onlyUnrelatedAnswersPromiseNothing()
    {
        int promises = 0;
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const Searches searches(Tail::Exponential, 1, 200, seed);
            promises += Calibration::fromBackground(searches.rankings)->cutFor(0.9).has_value();
        }
        QVERIFY2(promises <= 2, qPrintable(QString::number(promises)));
    }

    void fewQueriesHaveASignificanceOnly()
    {
        const Searches searches(Tail::Exponential, 0.5, 300, 1);
        const std::vector<NamedRanking> few(searches.rankings.begin(), searches.rankings.begin() + 20);
        const auto calibration = Calibration::fromBackground(few);
        QVERIFY(calibration->kind() == Calibration::Kind::Significance);
        QVERIFY(QString::fromStdString(calibration->doubt()->english()).contains("20 queries"));
        QVERIFY(!calibration->probability(few[0]) && !calibration->cutFor(0.5) && !calibration->precisionFrom({}));
        QVERIFY(*calibration->significance(rankingOf(0, {30, 6, 5.5, 5.2, 5, 4.9, 4.8, 4.7, 4.6, 4.5})) < 0.001);
        QVERIFY(*calibration->significance(rankingOf(0, {6, 6, 5.5, 5.2, 5, 4.9, 4.8, 4.7, 4.6, 4.5})) > 0.999);
        QVERIFY(!Calibration::fromBackground({few.begin(), few.begin() + 9}));
    }

    void equalScoresHaveNoModel()
    {
        std::vector<NamedRanking> rankings;
        for (std::size_t i = 0; i < 50; ++i)
            rankings.push_back(rankingOf(i, {1, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
        const auto calibration = Calibration::fromBackground(rankings);
        QVERIFY(calibration->kind() == Calibration::Kind::Significance);
        QVERIFY(!calibration->significance(rankings[0]) && !calibration->cutFor(0.5));
    }

    void answersThatAreAllRightOrEqualStayFinite()
    {
        GroundTruth truth;
        std::vector<NamedRanking> rankings;
        for (std::size_t i = 0; i < 30; ++i) {
            rankings.push_back(rankingOf(i, {1, 0}));
            truth.sources[rankings[i].query] = {"a"};
        }
        const auto calibration = Calibration::fromTruth(rankings, truth);
        QVERIFY(*calibration->probability(rankings[0]) > 0.9 && *calibration->probability(rankings[0]) < 1);
        QVERIFY(*calibration->precisionFrom({}) > 0.9);
        QVERIFY(!calibration->cutFor(0.99)); // so few cannot show it
    }
};

QTEST_APPLESS_MAIN(TestCalibration)
#include "tst_calibration.moc"
