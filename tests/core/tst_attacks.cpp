#include "core/base/error.h"
#include "core/base/file.h"
#include "core/data/attacks.h"
#include "core/data/sample_workspace.h"
#include "core/data/scene.h"
#include "core/data/workspace.h"
#include "tests/support/pictures.h"
#include "tests/support/recording_context.h"

#include <QTemporaryDir>
#include <QTest>

using namespace likeness;

class TestAttacks : public QObject {
    Q_OBJECT

    static void addAttackRows()
    {
        QTest::addColumn<QString>("id");
        for (const Attack &attack : attacks())
            QTest::addRow("%s", attack.id.c_str()) << QString::fromStdString(attack.id);
    }

private Q_SLOTS:
    void everyAttackIsDeterministic_data() { addAttackRows(); }
    void everyAttackIsDeterministic()
    {
        QFETCH(QString, id);
        const cv::Mat scene = renderScene(1, 5), other = renderScene(1, 6);
        for (const double strength : {0.0, 0.5, 1.0}) {
            const AttackedImage first = applyAttack(id.toStdString(), scene, strength, 7, other);
            const AttackedImage second = applyAttack(id.toStdString(), scene, strength, 7, other);
            QCOMPARE(first.pixels.type(), CV_8UC3);
            QCOMPARE(first.pixels.size(), second.pixels.size());
            QCOMPARE(cv::norm(first.pixels, second.pixels, cv::NORM_INF), 0.0);
            QVERIFY(!first.description.empty());
            QVERIFY(first.pixels.size() != scene.size() || cv::norm(first.pixels, scene, cv::NORM_INF) > 0);
        }
    }

    void reportedHomographyMapsThePicture_data() { addAttackRows(); }
    void reportedHomographyMapsThePicture()
    {
        QFETCH(QString, id);
        cv::Mat scene = renderScene(1, 5);
        cv::GaussianBlur(scene, scene, {}, 3); // so that half a pixel of resampling is not a difference
        const AttackedImage attacked = applyAttack(id.toStdString(), scene, 0.4, 3, renderScene(1, 6));
        QVERIFY(attacked.attackedFromSource);
        cv::Mat expected, inside;
        cv::warpPerspective(scene, expected, *attacked.attackedFromSource, attacked.pixels.size());
        const cv::Mat ones(scene.size(), CV_8U, cv::Scalar(255));
        cv::warpPerspective(ones, inside, *attacked.attackedFromSource, attacked.pixels.size());
        cv::erode(inside, inside, cv::Mat::ones(9, 9, CV_8U));
        QVERIFY(cv::countNonZero(inside) > 400);
        cv::Mat a, b, difference;
        cv::cvtColor(attacked.pixels, a, cv::COLOR_BGR2GRAY);
        cv::cvtColor(expected, b, cv::COLOR_BGR2GRAY);
        // Colours may have changed: positions are right where the pictures correlate.
        cv::Scalar meanA, sdA, meanB, sdB;
        cv::meanStdDev(a, meanA, sdA, inside);
        cv::meanStdDev(b, meanB, sdB, inside);
        a.convertTo(a, CV_32F, 1 / sdA[0], -meanA[0] / sdA[0]);
        b.convertTo(b, CV_32F, 1 / sdB[0], -meanB[0] / sdB[0]);
        const double correlation = cv::mean(a.mul(b), inside)[0];
        QVERIFY2(correlation > 0.8, qPrintable(QString::number(correlation)));
    }

    void tinyPicturesSurviveEveryAttack_data() { addAttackRows(); }
    void tinyPicturesSurviveEveryAttack()
    {
        QFETCH(QString, id);
        for (const cv::Size size : {cv::Size(8, 8), cv::Size(200, 9)})
            QVERIFY(!applyAttack(id.toStdString(), test::testPicture(0, size.width, size.height), 1, 1).pixels.empty());
    }

    void unknownAttackNamesTheNearest()
    {
        try {
            applyAttack("rotat", renderScene(1, 0), 0, 0);
            QFAIL("no error");
        } catch (const Error &error) {
            QVERIFY(QString::fromUtf8(error.what()).contains(QStringLiteral("\"rotate\"")));
        }
    }

    void sampleIsCompleteAndRepeatable()
    {
        const QTemporaryDir dirs[2];
        const SampleSpec spec{12, 6, 3, 5};
        for (const QTemporaryDir &dir : dirs)
            writeSampleWorkspace(dir.path().toStdString(), spec, TaskContext::none());
        const std::filesystem::path first = dirs[0].path().toStdString(), second = dirs[1].path().toStdString();
        const Workspace workspace = Workspace::open(first);
        QCOMPARE(workspace.gallery.size(), 12);
        QCOMPARE(workspace.queries.size(), 9);
        QVERIFY(workspace.truth);
        int withSource = 0;
        for (const ImageRef &query : workspace.queries.images()) {
            const auto *sources = workspace.truth->sourcesOf(query.name);
            QVERIFY(sources);
            withSource += int(sources->size());
            for (const std::string &source : *sources)
                QVERIFY(workspace.gallery.find(source));
            QCOMPARE(readFile(query.path), readFile(second / "query" / query.name));
        }
        QCOMPARE(withSource, 6);
        QCOMPARE(readText(first / "ground_truth.csv"), readText(second / "ground_truth.csv"));
    }

    void cancelledSampleHasNoGroundTruth()
    {
        const QTemporaryDir dir;
        test::RecordingContext context(3);
        QVERIFY_THROWS_EXCEPTION(Cancelled, writeSampleWorkspace(dir.path().toStdString(), {12, 6, 3, 5}, context));
        QVERIFY(!std::filesystem::exists(std::filesystem::path(dir.path().toStdString()) / "ground_truth.csv"));
    }

    void sampleNeverTouchesAUsersWorkspace()
    {
        const QTemporaryDir dir;
        const std::filesystem::path root = dir.path().toStdString();
        test::writeText(root / "dataset/mine.jpg", "x");
        test::writeText(root / "ground_truth.csv", "source,query\n");
        QVERIFY_THROWS_EXCEPTION(Error, writeSampleWorkspace(root, {1, 1, 1, 1}, TaskContext::none()));
        QCOMPARE(readText(root / "ground_truth.csv"), std::string("source,query\n"));
    }

    void interruptedSampleIsCompletedLater()
    {
        const QTemporaryDir dir;
        const std::filesystem::path root = dir.path().toStdString();
        test::RecordingContext context(3);
        QVERIFY_THROWS_EXCEPTION(Cancelled, writeSampleWorkspace(root, {12, 6, 3, 5}, context));
        test::writeText(asideOf(root / "ground_truth.csv"), "half");
        writeSampleWorkspace(root, {12, 6, 3, 5}, TaskContext::none());
        QCOMPARE(Workspace::open(root).gallery.size(), 12);
    }

    void sampleRefusesAFolderWithOtherFiles()
    {
        const QTemporaryDir dir;
        test::writeText(std::filesystem::path(dir.path().toStdString()) / "thesis.doc", "x");
        QVERIFY_THROWS_EXCEPTION(Error,
                                 writeSampleWorkspace(dir.path().toStdString(), {1, 1, 1, 1}, TaskContext::none()));
    }
};

QTEST_APPLESS_MAIN(TestAttacks)
#include "tst_attacks.moc"
