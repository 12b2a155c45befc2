// The words, keys and exit codes that measurements and scripts rely on.
#include "core/base/csv.h"
#include "core/base/file.h"
#include "core/data/ground_truth.h"
#include "core/data/scene.h"
#include "core/data/source_query_csv.h"
#include "tests/support/pictures.h"
#include "tests/support/program.h"

#include <QDir>
#include <QImage>
#include <QImageReader>
#include <QTest>
#include <csignal>
#include <nlohmann/json.hpp>

using namespace likeness;
using nlohmann::json;

using Outcome = likeness::test::Program::Outcome;

class TestCli : public QObject {
    Q_OBJECT
    const likeness::test::Program m_dir; // and its folder

    Outcome run(const QStringList &arguments, const QString &language = qEnvironmentVariable("LC_ALL", "C.UTF-8")) const
    {
        return m_dir.run(arguments, language);
    }
    QString sample() const { return m_dir.filePath("sample"); }
    static json parsed(const QByteArray &out) { return json::parse(out.begin(), out.end()); }

private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(run({"sample", sample(), "--count", "20", "--queries", "8", "--distractors", "4"}).code, 0);
    }

    void anImportedModelSearches()
    {
        const QString models = QStringLiteral(SOURCE_DIR "/tests/support/models/");
        const Outcome unnamed = run({"search", sample(), "--recipe", "network"});
        QCOMPARE(unnamed.code, 2); // none is taken silently
        QVERIFY2(unnamed.err.contains("one of likeness-lite"), unnamed.err.constData());
        QCOMPARE(run({"search", sample(), "--recipe", "network", "--set", "network.model=likeness-lite"}).code, 0);
        const Outcome imported = run({"models", "import", models + "dinov2_meta.safetensors", "--json"});
        QCOMPARE(imported.code, 0);
        const json card = parsed(imported.out);
        QCOMPARE(card["id"].get<std::string>(), std::string("dinov2_meta"));
        QCOMPARE(card["dimension"].get<int>(), 128);
        const json found = parsed(run({"search", sample(), "--recipe", "network", "--set", "network.model=dinov2_meta",
                                       "--set", "network.side=32", "--top", "3", "--json"})
                                      .out);
        QCOMPARE(found["results"].size(), std::size_t(12));
        QCOMPARE(found["results"][0]["ranked"].size(), std::size_t(3));
        QCOMPARE(run({"models", "verify", "dinov2_meta"}).code, 0);
        const Outcome refused = run({"models", "import", models + "hostile/system.pth"});
        QCOMPARE(refused.code, 3);
        QVERIFY(refused.err.contains("posix.system"));
        const Outcome unsaid = run({"models", "import", models + "open_clip/open_clip_pytorch_model.bin"});
        QCOMPARE(unsaid.code, 0); // its folder says it
        const Outcome which = run({"models", "import", models + "packages/two_models-1.0-py3-none-any.whl"});
        QVERIFY2(which.code != 0 && which.err.contains("two_models/second.onnx") && which.err.contains("--entry"),
                 which.err.constData());
        QCOMPARE(run({"models", "import", models + "packages/two_models-1.0-py3-none-any.whl", "--entry",
                      "two_models/second.onnx"})
                     .code,
                 0);
        QCOMPARE(run({"models", "remove", "second"}).code, 0);
        QCOMPARE(parsed(run({"models", "list", "--json"}).out)["models"].size(), std::size_t(4));
        QDir().mkpath(m_dir.filePath("clip"));
        for (const char *file : {"hf_clip_gelu/model.safetensors", "hf_clip_gelu/config.json", "../tokens/vocab.json",
                                 "../tokens/merges.txt"})
            QFile::copy(models + file, m_dir.filePath("clip/") + QFileInfo(models + file).fileName());
        QCOMPARE(run({"models", "import", m_dir.filePath("clip")}).code, 0);
        const QStringList byText{"search", sample(), "--recipe", "network", "--set", "network.model=clip", "--json"};
        const json text = parsed(run(byText + QStringList{"--text", "a red bus"}).out);
        QCOMPARE(text["results"].size(), std::size_t(1));
        QCOMPARE(text["results"][0]["query"].get<std::string>(), std::string("a red bus"));
        QCOMPARE(text["results"][0]["ranked"].size(), std::size_t(10));
        // A picture less nothing is the picture; half of it weighs the same.
        const QString picture = QDir(sample() + "/query").entryList(QDir::Files).first();
        const json alone = parsed(run(byText + QStringList{"--query", picture}).out);
        const json less = parsed(
            run(byText + QStringList{"--query", picture, "--text", "rain", "--weight", "0.5", "--weight", "0"}).out);
        const auto best = [](const json &found) {
            return found["results"][0]["ranked"][0]["source"].get<std::string>();
        };
        QCOMPARE(best(less), best(alone));
        QCOMPARE(run({"search", sample(), "--recipe", "phash", "--text", "a cat"}).code, 2);
        const QString view = m_dir.filePath("view.png"), image = models + "image0.png";
        QCOMPARE(run({"models", "look", "clip", image, models + "image1.png", "--out", view}).code, 0);
        QCOMPARE(QImageReader(view).size(), QSize(90 + 64, 70));
        QCOMPARE(run({"models", "remove", "clip"}).code, 0);
        for (const char *id : {"dinov2_meta", "open_clip_pytorch_model"})
            QCOMPARE(run({"models", "remove", id}).code, 0);
        QCOMPARE(run({"models", "show", "dinov2_meta"}).code, 3);
    }

    void searchJsonHasTheAgreedKeys()
    {
        const Outcome outcome = run({"search", sample(), "--recipe", "phash", "--top", "3", "--json"});
        QCOMPARE(outcome.code, 0);
        const json document = parsed(outcome.out);
        QCOMPARE(document["recipe"].get<std::string>(), std::string("phash"));
        QCOMPARE(document["results"].size(), std::size_t(12));
        QVERIFY(document["problems"].is_array());
        const json &first = document["results"][0];
        QCOMPARE(first["query"].get<std::string>(), std::string("query0001.jpg"));
        QCOMPARE(first["ranked"].size(), std::size_t(3));
        QVERIFY(first["ranked"][0].contains("source") && first["ranked"][0]["score"].is_number());
        QVERIFY(first["ranked"][0]["score"].get<double>() >= first["ranked"][2]["score"].get<double>());
    }

    void evaluateJsonHasTheAgreedKeys()
    {
        const Outcome outcome = run({"evaluate", sample(), "--recipe", "phash", "--recipe", "ssim", "--json"});
        QCOMPARE(outcome.code, 0);
        const json document = parsed(outcome.out);
        QCOMPARE(document.size(), std::size_t(2));
        for (const char *key :
             {"recipe", "queries", "queries_with_source", "acc1", "map5", "recall5", "uap", "recall_at_precision90",
              "extract_ms_per_image", "search_ms_per_query", "index_bytes_per_image", "problems"})
            QVERIFY2(document[0].contains(key), key);
        QCOMPARE(document[0]["queries"].get<int>(), 12);
        QCOMPARE(document[0]["queries_with_source"].get<int>(), 8);
    }

    void submissionWrittenThenEvaluatedGivesTheSameAccuracy()
    {
        const QString file = m_dir.filePath("s.csv");
        QCOMPARE(run({"submit", sample(), "--recipe", "classical-best", "--out", file}).code, 0);
        const auto rows = readSourceQueryCsv(file.toStdString());
        QCOMPARE(rows.size(), std::size_t(12));
        const json byFile = parsed(run({"evaluate", sample(), "--submission", file, "--json"}).out);
        const json byRecipe = parsed(run({"evaluate", sample(), "--recipe", "classical-best", "--json"}).out);
        QCOMPARE(byFile[0]["acc1"].get<double>(), byRecipe[0]["acc1"].get<double>());
    }

    void filesOfOthersAreReplacedOnlyByForce()
    {
        const QString file = m_dir.filePath("mine.txt"), folder = m_dir.filePath("own");
        QDir().mkpath(folder);
        const std::string inside = (folder + "/holiday.txt").toStdString();
        likeness::test::writeText(file.toStdString(), "mine");
        likeness::test::writeText(inside, "mine");
        const QString images = sample() + "/dataset", a = images + "/scene0001.jpg", b = images + "/scene0002.jpg";
        for (const QStringList &command : {QStringList{"submit", sample(), "--recipe", "tiny-image"},
                                           {"label", sample(), "--words", "a, b"},
                                           {"duplicates", images, "--recipe", "tiny-image"},
                                           {"match", a, b},
                                           {"models", "look", "likeness-small", a, b}}) {
            const Outcome refused = run(command + QStringList{"--out", file});
            QCOMPARE(refused.code, 2);
            QVERIFY2(refused.err.contains(file.toUtf8()) && refused.err.contains("--force"), refused.err.constData());
            QCOMPARE(likeness::readText(file.toStdString()), std::string("mine"));
        }
        for (const QStringList &command : {QStringList{"sample", folder, "--count", "2"},
                                           {"index", "build", images, "--out", folder, "--recipe", "tiny-image"},
                                           {"train", "--rendered", "4", "--out", folder},
                                           {"bench", "scale", "--vectors", "1000", "--out", folder}}) {
            const Outcome refused = run(command);
            QCOMPARE(refused.code, 2);
            QVERIFY2(refused.err.contains("holiday.txt"), refused.err.constData());
            QCOMPARE(QDir(folder).entryList(QDir::Files | QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot).size(), 1);
        }
        QCOMPARE(run({"submit", sample(), "--recipe", "tiny-image", "--out", file, "--force"}).code, 0);
        QVERIFY(likeness::readText(file.toStdString()).starts_with("source,query"));
        QVERIFY(
            run({"submit", sample(), "--recipe", "tiny-image", "--out", "/dev/stdout"}).out.contains("source,query"));
    }

    void aSmallerSampleTakesTheOldOnesPicturesAway()
    {
        const QString folder = m_dir.filePath("shrunk");
        const QStringList size{"--side", "32", "--distractors", "1"};
        QCOMPARE(run(QStringList{"sample", folder, "--count", "9", "--queries", "5"} + size).code, 0);
        likeness::test::writeText((folder + "/dataset/scene0007.png").toStdString(), "mine");
        QCOMPARE(run(QStringList{"sample", folder, "--count", "4", "--queries", "2"} + size).code, 0);
        QCOMPARE(QDir(folder + "/dataset").entryList(QDir::Files).size(), 5);
        QCOMPARE(QDir(folder + "/query").entryList(QDir::Files).size(), 3);
    }

    void thresholdAboveEverythingAnswersNothing()
    {
        const QString file = m_dir.filePath("none.csv");
        const Outcome outcome =
            run({"submit", sample(), "--recipe", "phash", "--out", file, "--threshold", "2", "--json"});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(parsed(outcome.out)["answered"].get<int>(), 0);
        for (const auto &row : readSourceQueryCsv(file.toStdString()))
            QVERIFY(row.source.empty());
    }

    void threadsAndCacheDoNotChangeTheAnswer()
    {
        const QStringList base{"search", sample(), "--recipe", "hash-fusion", "--json"};
        const QByteArray one = run(base + QStringList{"--threads", "1", "--no-cache"}).out;
        QVERIFY(one.size() > 1000);
        QCOMPARE(run(base + QStringList{"--threads", "4", "--no-cache"}).out, one);
        QCOMPARE(run(base + QStringList{"--threads", "2"}).out, one); // fills the cache
        QCOMPARE(run(base).out, one);                                 // reads it
    }

    void anyImageCanBeTheQuery()
    {
        const QString outside = QDir(sample()).filePath("dataset/scene0003.jpg");
        const json document = parsed(run({"search", sample(), "--recipe", "mse", "--query", outside, "--json"}).out);
        QCOMPARE(document["results"].size(), std::size_t(1));
        QCOMPARE(document["results"][0]["ranked"][0]["source"].get<std::string>(), std::string("scene0003.jpg"));
    }

    void badUsageExitsWithTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("said");
        QTest::newRow("no command") << QStringList{} << "a command is missing";
        QTest::newRow("unknown command") << QStringList{"serach", "x"} << "";
        QTest::newRow("unknown recipe") << QStringList{"search", "SAMPLE", "--recipe", "phsah"} << "\"phash\"";
        QTest::newRow("unknown parameter")
            << QStringList{"search", "SAMPLE", "--recipe", "phash", "--set", "perceptual-hash.bit=3"} << "\"bits\"";
        QTest::newRow("value out of range")
            << QStringList{"search", "SAMPLE", "--recipe", "seed-grey-histogram", "--set", "histogram.bins=999"}
            << "2 .. 256";
        QTest::newRow("top of zero") << QStringList{"search", "SAMPLE", "--top", "0"} << "top";
    }

    void badUsageExitsWithTwo()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, said);
        arguments.replaceInStrings("SAMPLE", sample());
        const Outcome outcome = run(arguments);
        QCOMPARE(outcome.code, 2);
        QVERIFY2(QString::fromUtf8(outcome.err).contains(said), outcome.err.constData());
        QVERIFY(outcome.out.isEmpty());
    }

    void nothingDoneExitsWithThree_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("said");
        const QString empty = m_dir.filePath("empty");
        QDir().mkpath(empty);
        QTest::newRow("no folder") << QStringList{"search", "/nowhere"} << "/nowhere";
        QTest::newRow("empty folder") << QStringList{"search", empty} << "holds no image";
        QTest::newRow("no queries") << QStringList{"search", QDir(sample()).filePath("dataset")} << "no query images";
        QTest::newRow("no truth") << QStringList{"evaluate", sample(), "--recipe", "phash", "--truth", "/nowhere.csv"}
                                  << "/nowhere.csv";
        QTest::newRow("cannot write") << QStringList{"submit", sample(), "--recipe", "phash", "--out", "/nowhere/s.csv"}
                                      << "/nowhere/s.csv";
        QTest::newRow("bad submission") << QStringList{"evaluate", sample(), "--submission",
                                                       QDir(sample()).filePath("transforms.csv")}
                                        << "line 1";
    }

    void nothingDoneExitsWithThree()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, said);
        const Outcome outcome = run(arguments);
        QCOMPARE(outcome.code, 3);
        QVERIFY2(QString::fromUtf8(outcome.err).contains(said), outcome.err.constData());
    }

    void failedInputsExitWithOneAndAreListed()
    {
        const QString root = m_dir.filePath("mixed");
        test::writeJpeg((root + "/dataset/a, \"b\".jpg").toStdString(), renderScene(1, 1));
        test::writeText((root + "/dataset/empty.jpg").toStdString(), "");
        test::writeText((root + "/dataset/text.png").toStdString(), "no image");
        test::writeJpeg((root + "/query/图片 🙂.jpg").toStdString(), renderScene(1, 1));
        const Outcome outcome = run({"search", root, "--recipe", "phash", "--json"});
        QCOMPARE(outcome.code, 1);
        const json document = parsed(outcome.out);
        QCOMPARE(document["problems"].size(), std::size_t(2));
        QCOMPARE(document["problems"][0]["file"].get<std::string>(), std::string("empty.jpg"));
        QVERIFY(document["problems"][0]["reason"].get<std::string>().find("0 bytes") != std::string::npos);
        QCOMPARE(document["results"][0]["ranked"][0]["source"].get<std::string>(), std::string("a, \"b\".jpg"));
        QVERIFY(outcome.err.contains("text.png"));
    }

    void aWorkspaceOfBrokenFilesEndsWithThree()
    {
        const QString root = m_dir.filePath("broken");
        test::writeText((root + "/dataset/a.jpg").toStdString(), "");
        test::writeText((root + "/query/b.jpg").toStdString(), "");
        QCOMPARE(run({"search", root, "--recipe", "phash"}).code, 3);
        QCOMPARE(run({"extract", root, "--recipe", "phash"}).code, 3);
    }

    void interruptExitsWith130AndLeavesNoFile()
    {
        const QString file = m_dir.filePath("interrupted.csv");
        QProcess process;
        process.start(QStringLiteral(CLI_PATH), {"submit", sample(), "--recipe", "classical-best", "--no-cache",
                                                 "--threads", "1", "--out", file});
        QVERIFY(process.waitForStarted());
        const auto listens = [&] {
            QFile status(QStringLiteral("/proc/%1/status").arg(process.processId()));
            if (!status.open(QIODevice::ReadOnly))
                return false;
            const QByteArray text = status.readAll(), name = "\nSigCgt:\t";
            const auto caught = text.mid(text.indexOf(name) + name.size(), 16).toULongLong(nullptr, 16);
            return (caught >> (SIGINT - 1) & 1) != 0;
        };
        QTRY_VERIFY_WITH_TIMEOUT(listens(), 60'000);
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitCode(), 130);
        QVERIFY(!QFile::exists(file));
    }

    void anInterruptedTrainingLeavesAWholeModel()
    {
        const QString out = m_dir.filePath("interrupted run");
        QProcess process;
        process.start(QStringLiteral(CLI_PATH),
                      {"train", "--rendered", "48", "--out", out, "--epochs", "500", "--threads", "1", "--set",
                       "train.batch=16", "--set", "network.side=32"});
        QVERIFY(process.waitForStarted());
        const auto lines = [&out] {
            QFile history(out + "/history.csv");
            return history.open(QIODevice::ReadOnly) ? history.readAll().count('\n') : 0;
        };
        QTRY_VERIFY_WITH_TIMEOUT(lines() > 3, 120'000);
        QVERIFY(!QFile::exists(out + "/model.json"));
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(120'000));
        QCOMPARE(process.exitCode(), 130);
        const QByteArray said = process.readAllStandardError();
        QVERIFY2(said.contains("interrupted at step") && said.contains("--resume"), said.constData());
        const json card = parsed(likeness::readText((out + "/model.json").toStdString()).c_str());
        QVERIFY(card["dimension"].get<int>() > 0);
        QCOMPARE(run({"models", "import", out, "--name", "interrupted"}).code, 0);
        QCOMPARE(run({"models", "remove", "interrupted"}).code, 0);
    }

    void fullStandardOutputIsNoSuccess()
    {
        QProcess process;
        process.setStandardOutputFile("/dev/full");
        process.start(QStringLiteral(CLI_PATH), {"recipes", "--json"});
        QVERIFY(process.waitForFinished(30'000));
        QCOMPARE(process.exitCode(), 3);
    }

    void flagsOfAResumedTrainingAreRefusedWithoutOne()
    {
        for (const QStringList &extra : {QStringList{"--from", "5"}, QStringList{"--force"}})
            QCOMPARE(run(QStringList{"train", "--rendered", "8", "--out", m_dir.filePath("no run")} + extra).code, 2);
        QCOMPARE(run({"train", m_dir.filePath(""), "--resume", "--out", m_dir.filePath("no run")}).code, 2);
        QVERIFY(!QFile::exists(m_dir.filePath("no run")));
    }

    void aRunBegunUnderACommaGoesOnUnderAPoint()
    {
        const QString out = m_dir.filePath("run");
        QStringList begin{"train", QDir(sample()).filePath("dataset"), "--out", out, "--epochs", "3", "--threads", "1"};
        for (const char *set : {"network.side=32", "network.width=0.5", "network.dimension=32", "train.batch=4",
                                "train.precision=float", "train.held_out=0.25"})
            begin << "--set" << set;
        const Outcome first = run(begin, "de_DE.UTF-8");
        QVERIFY2(first.code == 0, first.err.constData());
        const QString history = out + "/history.csv";
        const auto rows = [&] { return parseCsv(readText(history.toStdString()), "history"); };
        const auto before = rows();
        QVERIFY(before.size() > 3);
        for (const CsvRow &row : before)
            QCOMPARE(row.fields.size(), before.front().fields.size());
        const Outcome second = run({"train", "--resume", "--out", out, "--epochs", "5", "--threads", "1"}, "C.UTF-8");
        QVERIFY2(second.code == 0, second.err.constData());
        const auto after = rows();
        QVERIFY(after.size() > before.size());
        for (std::size_t i = 0; i < before.size(); ++i)
            QCOMPARE(after[i].fields, before[i].fields);
    }

    void optionsAndFilesHaveAPointInEveryLocale()
    {
        const QString file = m_dir.filePath("local.csv");
        const QStringList precise{"submit", sample(),      "--recipe", "tiny-image", "--out",
                                  file,     "--precision", "0.4",      "--json",     "--force"};
        const json expected = parsed(run(precise, "C.UTF-8").out);
        for (const char *locale : {"de_DE.UTF-8", "tr_TR.UTF-8"}) {
            const Outcome outcome = run(precise, locale);
            QVERIFY2(outcome.code == 0, outcome.err.constData());
            QCOMPARE(parsed(outcome.out)["threshold"].get<double>(), expected["threshold"].get<double>());
            QCOMPARE(run({"duplicates", sample(), "--threshold", "0.99"}, locale).code, 0);
        }
    }

    void capitalEndingsArePicturesInEveryLocale()
    {
        // In Turkish "I" is not the capital of "i".
        const QString folder = m_dir.filePath("capitals");
        QDir().mkpath(folder);
        QImage picture(QDir(sample()).filePath("dataset/scene0001.jpg"));
        for (const char *name : {"A.TIFF", "B.GIF", "C.JPG"})
            QVERIFY(picture.save(QDir(folder).filePath(name), "PNG"));
        for (const char *locale : {"C.UTF-8", "tr_TR.UTF-8"})
            QVERIFY(run({"duplicates", folder, "--recipe", "phash"}, locale).out.contains("B.GIF"));
    }

    void messagesAreInTheUsersLanguage()
    {
        const Outcome outcome = run({"search", "/nowhere"}, "zh_CN.UTF-8");
        QVERIFY2(QString::fromUtf8(outcome.err).contains(QString::fromUtf8("没有文件夹 /nowhere")),
                 outcome.err.constData());
    }

    void aPromiseIsSaidInTheUsersLanguage()
    {
        const QByteArray out = run({"submit", sample(), "--recipe", "tiny-image", "--out",
                                    m_dir.filePath("promise.csv"), "--precision", "0.4", "--force"},
                                   "zh_CN.UTF-8")
                                   .out;
        const QStringList lines = QString::fromUtf8(out).split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 2);
        QVERIFY2(lines[0].contains(QStringLiteral("个查询")), out.constData());
        QVERIFY2(lines[1].contains(QStringLiteral("预期精确率：至少")), out.constData());
    }

    void methodsAndRecipesAreMachineReadable()
    {
        const json methods = parsed(run({"methods", "--json"}).out);
        QVERIFY(methods["stages"].size() >= 12);
        QVERIFY(methods["stages"][0].contains("params"));
        const json recipes = parsed(run({"recipes", "--json"}).out);
        QVERIFY(recipes["recipes"].size() >= 15);
    }

    void matchJsonHasTheAgreedKeys()
    {
        const QString a = QDir(sample()).filePath("dataset/scene0002.jpg");
        const QString identity = m_dir.filePath("H.txt");
        test::writeText(identity.toStdString(), "1 0 0\n0 1 0\n0 0 1\n");
        const Outcome outcome = run({"match", a, a, "--json", "--homography", identity});
        QCOMPARE(outcome.code, 0);
        const json document = parsed(outcome.out);
        for (const char *key :
             {"detector", "keypoints_a", "keypoints_b", "matches", "inliers", "model", "matrix", "mean_error_px", "ms"})
            QVERIFY2(document.contains(key), key);
        QCOMPARE(document["model"].get<std::string>(), std::string("homography"));
        QVERIFY(document["mean_error_px"].get<double>() < 0.1);
        const json none = parsed(run({"match", a, QDir(sample()).filePath("dataset/scene0004.jpg"), "--json"}).out);
        QVERIFY(none["matrix"].is_null() && none["refusal"].get<std::string>().find("needed") != std::string::npos);
        QCOMPARE(run({"match", a, a, "--set", "ratoi=0.5"}).code, 2);
        QCOMPARE(run({"match", a, "/nowhere.jpg"}).code, 3);
    }

    void benchMeasuresRecipesAndAttacks()
    {
        const Outcome outcome = run({"bench", sample(), "--quick", "--images", "4", "--json"});
        QCOMPARE(outcome.code, 0);
        const json document = parsed(outcome.out);
        QVERIFY(document["recipes"].size() >= 3 && document["recipes"][0]["images_per_second"].get<double>() > 0);
        const json &recalls = document["attack_recall"]["phash"];
        QCOMPARE(recalls.size(), std::size_t(18));
        QCOMPARE(recalls["jpeg"].get<double>(), 1.0); // four scenes: an easy one
    }

    void indexIsBuiltUpdatedAndSearched()
    {
        const QString images = QDir(sample()).filePath("dataset"), index = m_dir.filePath("index");
        const Outcome built = run({"index", "build", images, "--out", index, "--recipe", "tiny-image", "--json"});
        QCOMPARE(built.code, 0);
        const auto count = parsed(built.out)["added"].get<int>();
        QVERIFY(count > 10);
        QCOMPARE(parsed(run({"index", "update", index, "--json"}).out)["kept"].get<int>(), count);
        QCOMPARE(parsed(run({"index", "info", index, "--json"}).out)["images"].get<int>(), count);
        QCOMPARE(run({"index", "verify", index}).code, 0);
        const QString query = QDir(images).filePath("scene0004.jpg");
        const json found = parsed(run({"index", "search", index, "--query", query, "--json"}).out);
        QCOMPARE(found["results"][0]["ranked"][0]["source"].get<std::string>(), std::string("scene0004.jpg"));
        QCOMPARE(run({"index", "search", m_dir.filePath("none"), "--query", query}).code, 3);
        QCOMPARE(run({"index", "build", images, "--out", index, "--recipe", "no-such"}).code, 2);
    }

    void anIndexOfADatasetAnswersLikeItsWorkspace()
    {
        const QString images = QDir(sample()).filePath("dataset"), index = m_dir.filePath("like");
        for (const char *recipe : {"best", "local-best"}) {
            QCOMPARE(run({"index", "build", images, "--out", index, "--recipe", recipe}).code, 0);
            const json onDisk = parsed(run({"search", index, "--json"}).out);
            QCOMPARE(onDisk["recipe"].get<std::string>(), std::string(recipe));
            QVERIFY(onDisk == parsed(run({"search", sample(), "--recipe", recipe, "--json"}).out));
            const json measured = parsed(run({"evaluate", index, "--json"}).out)[0],
                       expected = parsed(run({"evaluate", sample(), "--recipe", recipe, "--json"}).out)[0];
            for (const char *key : {"recipe", "queries", "acc1", "uap"})
                QVERIFY2(measured[key] == expected[key], key);
        }
        const json changed =
            parsed(run({"search", index, "--set", "geometric.candidates=1", "--json"}).out); // of its own recipe
        QVERIFY(
            changed ==
            parsed(
                run({"search", sample(), "--recipe", "local-best", "--set", "geometric.candidates=1", "--json"}).out));
        QCOMPARE(run({"search", index, "--set", "network.side=64"}).code, 2);
    }

    void copiesInFoldersAndIndexesAreGrouped()
    {
        const QString folder = m_dir.filePath("copies");
        QVERIFY(QDir().mkpath(folder));
        for (const QString &name : QDir(sample() + "/dataset").entryList(QDir::Files))
            QFile::copy(sample() + "/dataset/" + name, folder + '/' + name);
        QFile::copy(folder + "/scene0003.jpg", folder + "/zz copy.jpg");
        const QString csv = m_dir.filePath("groups.csv");
        const Outcome found = run({"duplicates", folder, "--json", "--out", csv});
        QCOMPARE(found.code, 0);
        const json groups = parsed(found.out)["groups"];
        const auto isTheCopy = [](const json &group) {
            return group["identical"].get<bool>() && group["members"].size() == 2 &&
                   group["members"][1]["file"].get<std::string>().ends_with("zz copy.jpg");
        };
        QVERIFY(std::ranges::any_of(groups, isTheCopy));
        QFile file(csv);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith("group,file,score,identical"));
        const QString index = m_dir.filePath("copies.index");
        QCOMPARE(run({"index", "build", folder, "--out", index}).code, 0);
        QVERIFY(std::ranges::any_of(parsed(run({"duplicates", index, "--json"}).out)["groups"], isTheCopy));
        test::writeText(QFileInfo(index + "/manifest.json").filesystemFilePath(), "{\"for");
        const Outcome damaged = run({"duplicates", index}); // no folder without pictures
        QCOMPARE(damaged.code, 3);
        QVERIFY2(damaged.err.contains("damaged"), damaged.err.constData());
        QCOMPARE(parsed(run({"duplicates", folder, "--threshold", "99", "--json"}).out)["groups"].size(),
                 std::size_t(0));
        QCOMPARE(run({"duplicates", folder, "--threshold", "1", "--chance", "1"}).code, 2);
        QCOMPARE(run({"duplicates", m_dir.filePath("nowhere")}).code, 3);
    }

    void aPrecisionFindsTheCut()
    {
        const QString file = m_dir.filePath("precise.csv");
        const Outcome strict =
            run({"submit", sample(), "--recipe", "tiny-image", "--out", file, "--precision", "0.4", "--json"});
        QCOMPARE(strict.code, 0);
        const json report = parsed(strict.out);
        QCOMPARE(report["calibrated_by"].get<std::string>(), std::string("truth"));
        QVERIFY(report["precision_expected"].get<double>() >= 0.4);
        QVERIFY(report["threshold"].is_number());
        QCOMPARE(run({"submit", sample(), "--recipe", "tiny-image", "--out", file, "--precision", "2"}).code, 2);
        QFile::remove(file);
        // Twelve queries cannot show more with confidence, though more may be right.
        QCOMPARE(run({"submit", sample(), "--recipe", "tiny-image", "--out", file, "--precision", "0.6"}).code, 3);
        const Outcome impossible =
            run({"submit", sample(), "--recipe", "tiny-image", "--out", file, "--precision", "0.99999"});
        QCOMPARE(impossible.code, 3);
        QVERIFY(impossible.err.contains("0.99999"));
    }

    void whatIsPromisedWithoutATruthIsHeld()
    {
        const QString folder = m_dir.filePath("unjudged"), file = m_dir.filePath("unjudged.csv");
        QCOMPARE(
            run({"sample", folder, "--count", "150", "--queries", "60", "--distractors", "60", "--side", "128"}).code,
            0);
        const QString truth = folder + "/ground_truth.csv", aside = m_dir.filePath("truth.csv");
        QVERIFY(QFile::rename(truth, aside));
        for (const char *recipe : {"likeness-small", "pdq"}) {
            QFile::remove(file); // it would not be written over
            const Outcome outcome =
                run({"submit", folder, "--recipe", recipe, "--out", file, "--precision", "0.95", "--json"});
            if (outcome.code == 3) {
                QVERIFY2(outcome.err.contains("precision"), qPrintable(outcome.err));
                continue;
            }
            const json report = parsed(outcome.out);
            QCOMPARE(report["precision_kind"].get<std::string>(), std::string("probability"));
            QCOMPARE(report["calibrated_by"].get<std::string>(), std::string("background"));
            const auto known = likeness::GroundTruth::read(aside.toStdString());
            int right = 0, answered = 0;
            for (const auto &row : likeness::readSourceQueryCsv(file.toStdString()))
                if (!row.source.empty()) {
                    ++answered;
                    right += known.sourcesOf(row.query)->contains(row.source);
                }
            QVERIFY2(right >= 0.92 * answered,
                     qPrintable(QString("%1: %2 of %3").arg(recipe).arg(right).arg(answered)));
        }
        // Too few queries for a promise.
        QFile::remove(file);
        const QString few = m_dir.filePath("few");
        QCOMPARE(run({"sample", few, "--count", "30", "--queries", "8", "--distractors", "4", "--side", "64"}).code, 0);
        QVERIFY(QFile::remove(few + "/ground_truth.csv"));
        const Outcome refused = run({"submit", few, "--recipe", "pdq", "--out", file, "--precision", "0.9"});
        QCOMPARE(refused.code, 3);
        QVERIFY2(refused.err.contains("no precision can be promised"), qPrintable(refused.err));
        const json unpromised = parsed(run({"submit", few, "--recipe", "pdq", "--out", file, "--json"}).out);
        QVERIFY(unpromised["precision_expected"].is_null());
        QCOMPARE(unpromised["precision_kind"].get<std::string>(), std::string("significance"));
    }

    void smallSamplesAndTheirVectorsAreMeasured()
    {
        const QString folder = m_dir.filePath("small");
        QCOMPARE(run({"sample", folder, "--count", "40", "--queries", "6", "--distractors", "0", "--side", "64"}).code,
                 0);
        QCOMPARE(QImageReader(folder + "/dataset/scene0001.jpg").size(), QSize(64, 64));
        const json vectors = parsed(run({"bench", "vectors", folder, "--recipe", "tiny-image", "--json"}).out);
        QVERIFY(vectors["vectors"].get<int>() >= 40);
        QVERIFY(!vectors["codes"].empty());
        QCOMPARE(run({"bench", "vectors", folder, "--recipe", "phash"}).code, 2);
    }

    void recipeFromAFileWorks()
    {
        const json recipes = parsed(run({"recipes", "--json"}).out);
        json mine = recipes["recipes"][1];
        mine["id"] = "mine";
        test::writeText(m_dir.filePath("mine.json").toStdString(), mine.dump());
        const Outcome outcome = run({"search", sample(), "--recipe", m_dir.filePath("mine.json"), "--json"});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(parsed(outcome.out)["recipe"].get<std::string>(), std::string("mine"));
    }

    void unreadableCacheFolderIsNoObstacle()
    {
        test::writeText(m_dir.filePath("file").toStdString(), "x");
        const Outcome outcome =
            run({"search", sample(), "--recipe", "phash", "--cache-dir", m_dir.filePath("file/cache"), "--json"});
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.err.contains("cache"));
    }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
