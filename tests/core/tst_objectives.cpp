// Objectives and optimisers of the training against other implementations (tests/support/make_training.py) and against
// what their formulas say; and the conformance of every registered one: bad files, cancel.
#include "core/base/file.h"
#include "core/base/random.h"
#include "core/registry.h"
#include "core/train/objective_stages.h"
#include "core/train/trainer.h"
#include "tests/support/recording_context.h"
#include "tests/support/sandbox.h"
#include "tests/support/training_support.h"

#include <QTest>
#include <cmath>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <set>

using namespace likeness;

namespace {

const nlohmann::json &fixtures()
{
    static const nlohmann::json json = nlohmann::json::parse(readText(SOURCE_DIR "/tests/support/training.json"));
    return json;
}

cv::Mat matrixOf(const nlohmann::json &rows)
{
    if (rows.empty())
        return {};
    cv::Mat matrix(int(rows.size()), int(rows[0].size()), CV_64F);
    for (int y = 0; y < matrix.rows; ++y)
        for (int x = 0; x < matrix.cols; ++x)
            matrix.at<double>(y, x) = rows[std::size_t(y)][std::size_t(x)].get<double>();
    return matrix;
}

ParamValues valuesOf(const nlohmann::json &params)
{
    ParamValues values;
    for (const auto &[key, value] : params.items())
        values[key] = value.is_string() ? ParamValue(value.get<std::string>()) : ParamValue(value.get<double>());
    return values;
}

Objective objectiveOf(const std::string &id, const nlohmann::json &params)
{
    if (id == "siamese")
        return {SiameseOptions{}};
    if (id == "contrastive")
        return {ContrastiveOptions{params.at("margin")}};
    if (id == "triplet")
        return {optionsFrom<TripletOptions>(valuesOf(params))};
    if (id == "nt-xent")
        return {NtXentOptions{params.at("temperature")}};
    if (id == "supcon")
        return {SupConOptions{params.at("temperature")}};
    return {optionsFrom<SimCseOptions>(valuesOf(params))};
}

cv::Mat gaussianRows(int n, int d, std::uint64_t seed)
{
    Random random(seed);
    cv::Mat rows(n, d, CV_64F);
    for (int y = 0; y < n; ++y)
        for (int x = 0; x < d; ++x)
            rows.at<double>(y, x) = random.unit() + random.unit() + random.unit() + random.unit() - 2;
    return rows;
}

std::vector<int> numbered(int n)
{
    std::vector<int> ids;
    for (int i = 0; i < n; ++i)
        ids.push_back(i);
    return ids;
}

ObjectiveInput inputOf(const cv::Mat &embeddings, int images)
{
    ObjectiveInput input;
    input.embeddings = embeddings;
    input.images = numbered(images);
    input.classes = input.images;
    for (int &c : input.classes)
        c /= 2;
    input.shift = 3;
    input.seed = 4;
    input.siameseWeights = gaussianRows(1, embeddings.cols + 1, 11);
    return input;
}

ObjectiveInput withRows(ObjectiveInput input, const cv::Mat &rows)
{
    input.embeddings = rows;
    return input;
}

double lossOf(const Objective &objective, const ObjectiveInput &input, double entropy = 0)
{
    return evaluateObjective(objective, {.entropy = entropy}, input).loss;
}

const std::vector<std::pair<const char *, Objective>> all{
    {"siamese", {SiameseOptions{}}},
    {"contrastive", {ContrastiveOptions{1.2}}},
    {"triplet, random", {TripletOptions{0.6, Mining::Random}}},
    {"triplet, semi-hard", {TripletOptions{0.6, Mining::SemiHard}}},
    {"triplet, hard", {TripletOptions{0.6, Mining::Hard}}},
    {"nt-xent", {NtXentOptions{0.2}}},
    {"simcse", {SimCseOptions{0.1, SimCseForm::Dropout, 0}}},
    {"supcon", {SupConOptions{0.2}}},
};

} // namespace

class TestObjectives : public QObject {
    Q_OBJECT
    test::Sandbox m_sandbox;

    /// Twelve pictures of two classes, and two files that are none.
    std::filesystem::path images() const { return m_sandbox.path() / "images"; }
    TrainingRun runOf(const QString &objective, const char *name) const
    {
        TrainingRun run = test::smallRun(images(), m_sandbox.path() / name / objective.toStdString(),
                                         {"train.batch=4", "train.epochs=2", "train.checkpoint=1000"});
        run.recipe.chooseObjective(objective.toStdString());
        if (objective == "simcse")
            run.recipe.set("network.dropout=0.2");
        return run;
    }

private Q_SLOTS:
    void initTestCase();
    void valueAndGradientAreThoseOfOtherImplementations_data();
    void valueAndGradientAreThoseOfOtherImplementations();
    void gradientIsThatOfFiniteDifferences_data();
    void gradientIsThatOfFiniteDifferences();
    void equalVectorsGiveTheValueOfTheFormula();
    void orderOfImagesAndViewsDoesNotMatter();
    void lengthOfVectorsDoesNotMatter();
    void siameseHeadIsSymmetricAndSureOfEqualVectors();
    void noTripletGivesNoLossAndNoGradient();
    void semiHardTripletsAreThoseOfBruteForce();
    void entropyOfEqualRowsIsLargeAndFinite();
    void memoryOfTheOwnImageIsNoNegative();
    void copiesOfAnImageAreNoNegatives();
    void optimisersStepAsOthersDo();
    void badFilesAreProblemsAndTheRunGoesOn_data() { addRegisteredRows(); }
    void badFilesAreProblemsAndTheRunGoesOn();
    void cancelEndsWithTheStepAndLeavesAWholeRun_data() { addRegisteredRows(); }
    void cancelEndsWithTheStepAndLeavesAWholeRun();
    void cancelBeforeTheFirstStepLeavesNothing_data() { addRegisteredRows(); }
    void cancelBeforeTheFirstStepLeavesNothing();

private:
    static void addRegisteredRows();
};

void TestObjectives::initTestCase()
{
    test::writeScenes(images() / "a", 6);
    test::writeScenes(images() / "b", 6, 6);
    test::writeText(images() / "a" / "text.jpg", "no picture");
    test::writeText(images() / "b" / "empty.png", "");
}

void TestObjectives::addRegisteredRows()
{
    QTest::addColumn<QString>("objective");
    for (const auto &stage : objectives())
        QTest::newRow(stage.id.c_str()) << QString::fromStdString(stage.id);
}

void TestObjectives::valueAndGradientAreThoseOfOtherImplementations_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < fixtures().at("objectives").size(); ++i)
        QTest::newRow(fixtures().at("objectives")[i].at("name").get<std::string>().c_str()) << int(i);
}

void TestObjectives::valueAndGradientAreThoseOfOtherImplementations()
{
    QFETCH(int, index);
    const nlohmann::json &fixture = fixtures().at("objectives")[std::size_t(index)];
    ObjectiveInput input;
    input.embeddings = matrixOf(fixture.at("embeddings"));
    input.images = fixture.at("images").get<std::vector<int>>();
    input.classes = fixture.at("classes").get<std::vector<int>>();
    input.memory = matrixOf(fixture.at("memory"));
    input.memoryImages = fixture.at("memory_images").get<std::vector<int>>();
    input.hardImages = fixture.value("hard_images", std::vector<int>(input.images.size(), -1));
    input.shift = fixture.at("shift");
    input.siameseWeights = matrixOf(fixture.at("siamese"));
    input.cells = matrixOf(fixture.value("cells", nlohmann::json::array()));
    input.overlaps = matrixOf(fixture.value("overlaps", nlohmann::json::array()));
    const ObjectiveValue value = evaluateObjective(
        objectiveOf(fixture.at("objective"), fixture.at("params")),
        {.entropy = fixture.at("entropy_weight"), .overlap = fixture.value("overlap_weight", 0.0)}, input);
    const double expected = fixture.at("loss"), deviation = std::abs(value.loss - expected);
    const cv::Mat gradient = matrixOf(fixture.at("gradient"));
    double largest = 0, worst = 0;
    cv::minMaxLoc(cv::abs(gradient), nullptr, &largest);
    cv::minMaxLoc(cv::abs(gradient - value.gradient), nullptr, &worst);
    qInfo("deviation of the loss %.2g, of the gradient %.2g of %.2g", deviation, worst, largest);
    QVERIFY2(deviation <= 1e-5 * std::max(1.0, expected), qPrintable(QString::number(value.loss, 'g', 12)));
    QVERIFY(worst <= 1e-5 * largest);
    QVERIFY(std::abs(value.entropy - fixture.at("entropy").get<double>()) <= 1e-9);
    QVERIFY(std::abs(value.overlap - fixture.value("overlap", 0.0)) <= 1e-9);
    if (fixture.contains("cell_gradient"))
        QVERIFY(cv::norm(value.cellGradient, matrixOf(fixture.at("cell_gradient")), cv::NORM_INF) <= 1e-8);
}

void TestObjectives::gradientIsThatOfFiniteDifferences_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<bool>("equalPair");
    for (std::size_t i = 0; i < all.size(); ++i) {
        QTest::newRow(all[i].first) << int(i) << false;
        QTest::newRow((std::string(all[i].first) + ", an equal pair").c_str()) << int(i) << true;
    }
}

void TestObjectives::gradientIsThatOfFiniteDifferences()
{
    QFETCH(int, index);
    QFETCH(bool, equalPair);
    const Objective &objective = all[std::size_t(index)].second;
    cv::Mat rows = gaussianRows(16, 8, 21);
    if (equalPair)
        rows.row(0).copyTo(rows.row(8));
    const ObjectiveInput input = inputOf(rows, 8);
    const ObjectiveValue value = evaluateObjective(objective, {0.5}, input);
    QVERIFY(cv::checkRange(value.gradient));
    // At a distance of 0 the root turns within 1e-6, and |a - b| has a corner: only that the gradient is a number.
    for (int y = equalPair ? 1 : 0; y < rows.rows; y += equalPair ? 1 : 5) {
        if (equalPair && y == 8)
            continue;
        for (int x = 0; x < rows.cols; x += 3) {
            constexpr double h = 1e-5;
            cv::Mat more = rows.clone(), less = rows.clone();
            more.at<double>(y, x) += h;
            less.at<double>(y, x) -= h;
            const double slope =
                (lossOf(objective, withRows(input, more), 0.5) - lossOf(objective, withRows(input, less), 0.5)) /
                (2 * h);
            QVERIFY2(std::abs(slope - value.gradient.at<double>(y, x)) <= 1e-6 * std::max(1.0, std::abs(slope)),
                     qPrintable(QString("row %1 column %2: %3, not %4")
                                    .arg(y)
                                    .arg(x)
                                    .arg(value.gradient.at<double>(y, x), 0, 'g', 10)
                                    .arg(slope, 0, 'g', 10)));
        }
    }
}

void TestObjectives::equalVectorsGiveTheValueOfTheFormula()
{
    constexpr int n = 6;
    const cv::Mat equal = cv::Mat::ones(2 * n, 5, CV_64F);
    const ObjectiveInput input = inputOf(equal, n);
    const auto is = [](double value, double expected) { return std::abs(value - expected) < 2e-6; };
    QVERIFY(is(lossOf({NtXentOptions{0.3}}, input), std::log(2 * n - 1)));
    QVERIFY(is(lossOf({SimCseOptions{0.3, SimCseForm::Dropout, 0}}, input), std::log(n)));
    QVERIFY(is(lossOf({SupConOptions{0.3}}, input), std::log(2 * n - 1)));
    QVERIFY(is(lossOf({TripletOptions{0.4, Mining::Hard}}, input), 0.4));
    QVERIFY(is(lossOf({TripletOptions{0.4, Mining::Random}}, input), 0.4));
    QVERIFY(is(lossOf({ContrastiveOptions{1.2}}, input), 1.2 * 1.2 / 4));
}

void TestObjectives::orderOfImagesAndViewsDoesNotMatter()
{
    constexpr int n = 8;
    const cv::Mat rows = gaussianRows(2 * n, 6, 5);
    cv::Mat reversed = rows.clone(), swapped = rows.clone();
    for (int i = 0; i < n; ++i) {
        rows.row(i).copyTo(reversed.row(n - 1 - i));
        rows.row(n + i).copyTo(reversed.row(2 * n - 1 - i));
        rows.row(i).copyTo(swapped.row(n + i));
        rows.row(n + i).copyTo(swapped.row(i));
    }
    for (const auto &[name, objective] : all) {
        if (std::string_view(name) == "triplet, random") // another order draws others
            continue;
        ObjectiveInput input = inputOf(rows, n), other = withRows(input, reversed);
        std::ranges::reverse(other.images);
        std::ranges::reverse(other.classes);
        other.shift = n - input.shift;
        const double loss = lossOf(objective, input, 1);
        QVERIFY2(std::abs(loss - lossOf(objective, other, 1)) <= 1e-6 * std::max(1.0, loss), name);
        const bool oneDirection = std::string_view(name) == "simcse" || std::string_view(name) == "siamese" ||
                                  std::string_view(name) == "contrastive";
        const double changed = lossOf(objective, withRows(input, swapped), 1);
        if (!oneDirection)
            QVERIFY2(std::abs(loss - changed) <= 1e-6 * std::max(1.0, loss), name);
        else if (std::string_view(name) == "simcse")
            QVERIFY(std::abs(loss - changed) > 1e-6); // by design
    }
}

void TestObjectives::lengthOfVectorsDoesNotMatter()
{
    const cv::Mat rows = gaussianRows(16, 6, 6);
    for (const auto &[name, objective] : all) {
        const ObjectiveInput input = inputOf(rows, 8);
        const double loss = lossOf(objective, input, 1);
        QVERIFY2(std::abs(loss - lossOf(objective, withRows(input, rows * 10), 1)) <= 1e-9 * std::max(1.0, loss), name);
    }
}

void TestObjectives::siameseHeadIsSymmetricAndSureOfEqualVectors()
{
    const cv::Mat rows = gaussianRows(4, 6, 8);
    ObjectiveInput input = inputOf(rows, 2);
    cv::Mat swapped = rows.clone();
    for (int i = 0; i < 2; ++i) {
        rows.row(i).copyTo(swapped.row(2 + i));
        rows.row(2 + i).copyTo(swapped.row(i));
    }
    input.shift = 1; // with two images all pairs are there in both directions
    QCOMPARE(lossOf({SiameseOptions{}}, input), lossOf({SiameseOptions{}}, withRows(input, swapped)));
    // Weights as a trained head has them, against distance: no pair is surer than an equal one.
    input.siameseWeights = cv::Mat(1, 7, CV_64F, cv::Scalar(-1));
    input.siameseWeights.at<double>(6) = 1;
    cv::Mat equal = rows.clone();
    rows.rowRange(0, 2).copyTo(equal.rowRange(2, 4));
    QVERIFY(lossOf({SiameseOptions{}}, withRows(input, equal)) < lossOf({SiameseOptions{}}, input));
}

void TestObjectives::noTripletGivesNoLossAndNoGradient()
{
    // Copies are equal and other images far away: nothing lies within the margin.
    cv::Mat rows = cv::Mat::zeros(4, 4, CV_64F);
    for (int i = 0; i < 4; ++i)
        rows.at<double>(i, i % 2) = 1;
    const ObjectiveValue value = evaluateObjective({TripletOptions{0.1, Mining::SemiHard}}, {}, inputOf(rows, 2));
    QCOMPARE(value.loss, 0.0);
    QVERIFY(cv::checkRange(value.gradient));
    QCOMPARE(cv::norm(value.gradient), 0.0);
}

void TestObjectives::semiHardTripletsAreThoseOfBruteForce()
{
    constexpr int n = 3;
    constexpr double margin = 0.7;
    const cv::Mat rows = gaussianRows(2 * n, 3, 31);
    cv::Mat unit = rows.clone();
    for (int i = 0; i < unit.rows; ++i)
        unit.row(i) /= cv::norm(unit.row(i));
    double sum = 0;
    int triplets = 0;
    for (int a = 0; a < 2 * n; ++a)
        for (int other = 0; other < 2 * n; ++other) {
            if (other % n == a % n)
                continue;
            const double positive = cv::norm(unit.row(a), unit.row((a + n) % (2 * n))),
                         negative = cv::norm(unit.row(a), unit.row(other));
            if (negative > positive && negative - positive <= margin) {
                sum += positive - negative + margin;
                ++triplets;
            }
        }
    QVERIFY(triplets > 2);
    QVERIFY(std::abs(lossOf({TripletOptions{margin, Mining::SemiHard}}, inputOf(rows, n)) - sum / triplets) < 1e-9);
}

void TestObjectives::entropyOfEqualRowsIsLargeAndFinite()
{
    cv::Mat rows = gaussianRows(8, 6, 3);
    rows.row(0).copyTo(rows.row(1)); // of two images
    ObjectiveInput input = inputOf(rows, 4);
    input.classes.clear();
    const ObjectiveValue value = evaluateObjective({NtXentOptions{0.5}}, {.entropy = 1}, input);
    QVERIFY(std::isfinite(value.entropy) && cv::checkRange(value.gradient));
    const double spread =
        evaluateObjective({NtXentOptions{0.5}}, {.entropy = 1}, withRows(input, gaussianRows(8, 6, 4))).entropy;
    QVERIFY(value.entropy > spread + 1);
    ObjectiveInput many = inputOf(gaussianRows(1000, 64, 9), 500);
    const double constant = evaluateObjective({NtXentOptions{0.5}}, {.entropy = 1}, many).entropy;
    QVERIFY2(std::abs(constant + 0.0970) < 0.003, qPrintable(QString::number(constant)));
}

void TestObjectives::memoryOfTheOwnImageIsNoNegative()
{
    const cv::Mat rows = gaussianRows(8, 6, 12);
    ObjectiveInput without = inputOf(rows, 4), with = without;
    without.classes.clear();
    with.classes.clear();
    with.memory = rows.row(0) / cv::norm(rows.row(0)); // an earlier view of image 0, equal to the present one
    with.memoryImages = {0};
    for (const Objective &objective :
         {Objective{NtXentOptions{0.1}}, Objective{SimCseOptions{0.1, SimCseForm::Dropout, 0}}}) {
        const ObjectiveValue alone = evaluateObjective(objective, {}, without),
                             remembered = evaluateObjective(objective, {}, with);
        // The other images see it as a negative: more loss, but not the catastrophe of an equal negative.
        QVERIFY(remembered.loss > alone.loss);
        ObjectiveInput stranger = with;
        stranger.memoryImages = {99};
        QVERIFY(evaluateObjective(objective, {}, stranger).loss > remembered.loss + 0.5);
    }
}

void TestObjectives::copiesOfAnImageAreNoNegatives()
{
    cv::Mat rows = gaussianRows(8, 6, 13);
    rows.row(0).copyTo(rows.row(1)); // two files of one image, equal views
    ObjectiveInput strangers = inputOf(rows, 4), copies = strangers;
    copies.images[1] = copies.images[0];
    for (const auto &[name, objective] : all)
        if (std::string_view(name) == "nt-xent" || std::string_view(name) == "simcse" ||
            std::string_view(name) == "triplet, hard")
            QVERIFY2(lossOf(objective, copies) < lossOf(objective, strangers) - 0.01, name);
    // Nothing but copies: no negative at all, and still an end.
    copies.images.assign(4, 7);
    copies.classes.assign(4, 7);
    for (const auto &[name, objective] : all)
        QVERIFY2(cv::checkRange(evaluateObjective(objective, {.entropy = 1}, copies).gradient), name);
}

void TestObjectives::optimisersStepAsOthersDo()
{
    const nlohmann::json &given = fixtures().at("optimisers");
    const auto tensors = [](const nlohmann::json &json) {
        TensorMap map;
        for (const auto &[name, tensor] : json.items())
            map[name] = {tensor.at("shape").get<std::vector<std::int64_t>>(),
                         tensor.at("values").get<std::vector<float>>()};
        return map;
    };
    std::vector<TensorMap> gradients;
    for (const auto &gradient : given.at("gradients"))
        gradients.push_back(tensors(gradient));
    const auto rates = given.at("rates").get<std::vector<double>>();
    for (const auto &[name, kind] :
         {std::pair("adamw", Optimiser::AdamW), {"sgd", Optimiser::Sgd}, {"lars", Optimiser::Lars}}) {
        const TensorMap ours =
            optimised({kind, given.at("decay"), given.at("momentum")}, tensors(given.at("weights")), gradients, rates);
        const TensorMap theirs = tensors(given.at(name));
        double worst = 0;
        for (const auto &[tensor, values] : theirs)
            for (std::size_t i = 0; i < values.values.size(); ++i)
                worst = std::max(worst, double(std::abs(values.values[i] - ours.at(tensor).values[i])));
        qInfo("%s: deviation %.2g", name, worst);
        QVERIFY2(worst <= 1e-5, name);
    }
}

void TestObjectives::badFilesAreProblemsAndTheRunGoesOn()
{
    QFETCH(QString, objective);
    test::RecordingContext context;
    test::Watcher watcher;
    const TrainingRun run = runOf(objective, "bad");
    QVERIFY(startRun(run, context, watcher).finished);
    std::set<std::string> bad;
    for (const Problem &problem : context.problems) {
        bad.insert(std::filesystem::path(problem.file).filename().string());
        QVERIFY(!problem.reason.english().empty());
    }
    QCOMPARE(bad, (std::set<std::string>{"empty.png", "text.jpg"}));
    QCOMPARE(context.problems.size(), std::size_t(2));
    QCOMPARE(watcher.facts.trained + watcher.facts.heldOut, 12);
    QCOMPARE(std::int64_t(watcher.points.size()), watcher.facts.steps);
    for (const HistoryPoint &point : watcher.points)
        QVERIFY(std::isfinite(point.loss));
}

void TestObjectives::cancelEndsWithTheStepAndLeavesAWholeRun()
{
    QFETCH(QString, objective);
    const TrainingRun run = runOf(objective, "cancelled");
    test::RecordingContext context;
    test::Watcher watcher;
    watcher.wishes = [&](const auto &points) {
        if (points.size() == 2)
            context.cancel();
        return RunCommand::GoOn;
    };
    QVERIFY_THROWS_EXCEPTION(Cancelled, startRun(run, context, watcher));
    QCOMPARE(watcher.points.size(), std::size_t(2)); // not one step more
    QVERIFY(watcher.facts.steps > 2);
    for (const auto &entry : std::filesystem::recursive_directory_iterator(run.folder))
        QVERIFY2(entry.path().filename().string().find(".part") == std::string::npos, entry.path().c_str());
    const TrainingRun stopped = TrainingRun::read(run.folder);
    QCOMPARE(stopped.state, TrainingRun::State::Stopped);
    QCOMPARE(stopped.last.step, std::int64_t(2));
    QCOMPARE(checkpointsOf(stopped), std::vector<std::int64_t>{2});
    test::Watcher rest;
    QVERIFY(resumeRun(stopped, std::nullopt, TaskContext::none(), rest).finished); // all of it can be read
    const std::vector<HistoryPoint> history = readHistory(run.folder / "history.csv");
    QCOMPARE(std::int64_t(history.size()), watcher.facts.steps);
    for (std::size_t i = 0; i < history.size(); ++i)
        QCOMPARE(history[i].step, std::int64_t(i) + 1);
}

void TestObjectives::cancelBeforeTheFirstStepLeavesNothing()
{
    QFETCH(QString, objective);
    const TrainingRun run = runOf(objective, "early");
    test::RecordingContext context(1); // while the images are read
    test::Watcher watcher;
    QVERIFY_THROWS_EXCEPTION(Cancelled, startRun(run, context, watcher));
    QVERIFY(watcher.points.empty());
    QVERIFY(!std::filesystem::exists(run.folder));
}

QTEST_GUILESS_MAIN(TestObjectives)
#include "tst_objectives.moc"
