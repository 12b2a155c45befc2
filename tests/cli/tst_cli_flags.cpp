// Flags do what they say or are refused; one default recipe; submissions are checked without a truth.
#include "core/data/source_query_csv.h"
#include "core/search/default_recipe.h"
#include "core/search/recipe_store.h"
#include "tests/support/pictures.h"
#include "tests/support/program.h"

#include <QDir>
#include <QTest>

using namespace likeness;
using nlohmann::json;
using Outcome = test::Program::Outcome;

class TestCliFlags : public QObject {
    Q_OBJECT
    const test::Program m_program;

    Outcome run(const QStringList &arguments, const QString &language = QStringLiteral("C.UTF-8")) const
    {
        return m_program.run(arguments, language);
    }
    static json parsed(const QByteArray &out) { return test::Program::parsed(out); }
    /// Versions of CLI11 show it as TEXT=best or as TEXT [best].
    bool defaultIn(const QStringList &command, const char *id) const
    {
        const QString help = QString::fromUtf8(run(command + QStringList{"--help"}).out);
        return help.contains("--recipe TEXT=" + QString(id)) || help.contains("--recipe TEXT [" + QString(id) + ']');
    }
    QString path(const char *name) const { return m_program.filePath(QLatin1String(name)); }
    QString sample() const { return path("sample"); }

private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(run({"sample", sample(), "--count", "12", "--queries", "4", "--distractors", "2"}).code, 0);
        QCOMPARE(run({"index", "build", sample() + "/dataset", "--out", path("index"), "--recipe", "tiny-image"}).code,
                 0);
        // The same pictures without a truth, as a competition hands them out.
        QVERIFY(QDir().mkpath(path("secret")));
        for (const char *folder : {"dataset", "query"})
            QVERIFY(QFile::link(sample() + '/' + folder, path("secret") + '/' + folder));
    }

    void flagsThatWouldDoNothingAreRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QStringList>("flags");
        const QStringList cache{"--no-cache", "--cache-dir=x"};
        const QStringList all = cache + QStringList{"--device=cpu", "--threads=1"};
        QTest::newRow("train") << QStringList{"train", sample(), "--out", path("run")} << cache;
        QTest::newRow("bench") << QStringList{"bench", sample(), "--quick", "--images", "2"} << cache;
        QTest::newRow("bench match") << QStringList{"bench", "match", sample()} << cache;
        QTest::newRow("bench scale") << QStringList{"bench", "scale", "--vectors", "1000"} << cache;
        QTest::newRow("index info") << QStringList{"index", "info", path("index")} << all;
        QTest::newRow("index verify") << QStringList{"index", "verify", path("index")} << all;
        QTest::newRow("index search") << QStringList{"index", "search", path("index"), "--query",
                                                     sample() + "/dataset/scene0001.jpg"}
                                      << cache;
        QTest::newRow("duplicates INDEX") << QStringList{"duplicates", path("index")}
                                          << cache + QStringList{"--recipe=best", "--set=cosine.x=1", "--device=cpu"};
        QTest::newRow("extract") << QStringList{"extract", sample()} << QStringList{"--no-cache"};
        QTest::newRow("match") << QStringList{"match", "a.png", "b.png"} << cache;
        QTest::newRow("models list") << QStringList{"models", "list"} << all;
        QTest::newRow("recipes") << QStringList{"recipes"} << all;
        QTest::newRow("evaluate --submission")
            << QStringList{"evaluate", sample(), "--submission", sample() + "/ground_truth.csv"}
            << QStringList{"--set=histogram.bins=8"};
    }

    void flagsThatWouldDoNothingAreRefused()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QStringList, flags);
        for (const QString &flag : flags) {
            const Outcome outcome = run(arguments + QStringList{flag});
            const QString name = flag.section('=', 0, 0);
            QVERIFY2(outcome.code == 2 && QString::fromUtf8(outcome.err).contains(name),
                     qPrintable(flag + ": " + QString::fromUtf8(outcome.err)));
        }
        QVERIFY(!QDir(path("run")).exists());
    }

    void oneRecipeIsTheDefault()
    {
        QCOMPARE(shippedRecipes().front().id, std::string(defaultRecipeId));
        const QString query = QDir(sample() + "/query").entryList(QDir::Files).first();
        QVERIFY(parsed(run({"search", sample(), "--query", query, "--json"}).out)["recipe"] == "best");
        QVERIFY(parsed(run({"extract", sample(), "--json"}).out)["recipe"] == "best");
        QVERIFY(parsed(run({"submit", sample(), "--out", path("default.csv"), "--json"}).out)["recipe"] == "best");
        QVERIFY(parsed(run({"evaluate", sample(), "--json"}).out)[0]["recipe"] == "best");
        for (const QStringList &command : {QStringList{"search"}, QStringList{"submit"}, QStringList{"extract"}})
            QVERIFY(defaultIn(command, "best"));
        for (const QStringList &command : {QStringList{"duplicates"}, QStringList{"bench", "vectors"}})
            QVERIFY(defaultIn(command, "likeness-lite"));
        QVERIFY(defaultIn({"index", "build"}, "large"));
    }

    void aMatchTakesParametersAsEveryCommand()
    {
        const QString a = sample() + "/dataset/scene0002.jpg";
        const auto matched = [&](const QStringList &set) { return run(QStringList{"match", a, a, "--json"} + set); };
        const json plain = parsed(matched({"--set", "count=100"}).out),
                   staged = parsed(matched({"--set", "match.count=100"}).out);
        QVERIFY(plain["keypoints_a"].get<int>() <= 100);
        QVERIFY(staged["keypoints_a"] == plain["keypoints_a"]);
        QVERIFY(parsed(matched({}).out)["keypoints_a"].get<int>() > 100);
        QCOMPARE(matched({"--set", "sift.count=100"}).code, 2);
    }

    void helpAndResultsAreInTheUsersLanguage()
    {
        const QString chinese = QStringLiteral("zh_CN.UTF-8");
        const QString help = QString::fromUtf8(run({"search", "--help"}, chinese).out);
        for (const char *text : {"用法", "选项", "为每个查询对图库排序", "工作线程数", "显示此帮助并退出"})
            QVERIFY2(help.contains(QString::fromUtf8(text)), text);
        QVERIFY(run({"search", "--help"}).out.contains("Rank the gallery for every query"));
        QVERIFY(QString::fromUtf8(run({"index", "verify", path("index")}, chinese).out)
                    .contains(QStringLiteral("所有文件都与写入时一致")));
        for (const QStringList &command : {QStringList{"methods", "--json"}, {"models", "list", "--json"}})
            QVERIFY(run(command, chinese).out == run(command).out); // for programs
        QVERIFY(run({"models", "show", "likeness-small"}).out.contains("  dimension: "));
        const QString shown = QString::fromUtf8(run({"models", "show", "likeness-small"}, chinese).out);
        for (const char *text : {"文件：", "维度：", "预处理：", "单线程每张图像"})
            QVERIFY2(shown.contains(QString::fromUtf8(text)), qPrintable(shown));
        QVERIFY(QString::fromUtf8(run({"models", "list"}, chinese).out).contains(QStringLiteral("图像")));
    }

    void theCauseOfADamageIsInTheUsersLanguage()
    {
        const QString index = path("cut.index");
        QCOMPARE(run({"index", "build", sample() + "/dataset", "--out", index, "--recipe", "tiny-image"}).code, 0);
        QFile rows(index + '/' + QDir(index).entryList({"generation-*.column-0"}).value(0));
        QVERIFY(rows.resize(100));
        QVERIFY(run({"index", "verify", index}).err.contains("(100 of "));
        QVERIFY(QString::fromUtf8(run({"index", "verify", index}, "zh_CN.UTF-8").err)
                    .contains(QStringLiteral("（只有 100 字节，应为 ")));
    }

    void wrongUseIsSaidInTheUsersLanguage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("english");
        QTest::addColumn<QString>("chinese");
        const QStringList submit{"submit", sample(), "--out", path("no.csv")};
        const auto row = [](const char *name, const QStringList &arguments, const char *english, const char *chinese) {
            QTest::newRow(name) << arguments << QString::fromUtf8(english) << QString::fromUtf8(chinese);
        };
        row("no command", {}, "a command is missing", "缺少命令");
        row("no workspace", {"search"}, "workspace is missing", "缺少 workspace");
        row("no file", {"submit", sample()}, "--out is missing", "缺少 --out");
        row("not known", {"search", sample(), "--tpo"}, "not expected here: --tpo", "此处不应出现：--tpo");
        row("no number", submit + QStringList{"--threshold", "ten"}, "--threshold cannot be ten",
            "--threshold 不能是 ten");
        row("beyond", {"search", sample(), "--threads", "999"}, "--threads cannot be 999: it lies between 0 and 256",
            "--threads 不能是 999：须介于 0 与 256 之间");
        row("no choice", {"search", sample(), "--device", "abacus"},
            "--device cannot be abacus: it is one of cpu,cuda,reference",
            "--device 不能是 abacus：须为 cpu,cuda,reference 之一");
        row("no value", {"search", sample(), "--top"}, "--top needs a value", "--top 需要一个值");
        row("both", submit + QStringList{"--precision", "0.5", "--threshold", "0.5"},
            "--threshold and --precision exclude each other", "--threshold 与 --precision 不能同时使用");
    }

    void wrongUseIsSaidInTheUsersLanguage()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, english);
        QFETCH(QString, chinese);
        for (const auto &[language, text] :
             {std::pair(QStringLiteral("C.UTF-8"), english), std::pair(QStringLiteral("zh_CN.UTF-8"), chinese)}) {
            const Outcome outcome = run(arguments, language);
            QCOMPARE(outcome.code, 2);
            QVERIFY2(QString::fromUtf8(outcome.err).startsWith("likeness-cli: " + text + '\n'),
                     outcome.err.constData());
        }
    }

    void jsonOfATrainingIsNotTranslated()
    {
        const QString images = sample() + "/dataset";
        json documents[2];
        int i = 0;
        for (const char *language : {"C.UTF-8", "zh_CN.UTF-8"}) {
            const QString out = path(language);
            QStringList train{"train", images, "--out", out, "--epochs", "1", "--threads", "1", "--json"};
            for (const char *set : {"network.side=32", "network.width=0.5", "network.dimension=32", "train.batch=4",
                                    "train.precision=float", "train.held_out=0"})
                train << "--set" << set;
            const Outcome outcome = run(train, QLatin1String(language));
            QVERIFY2(outcome.code == 0, outcome.err.constData());
            if (i == 1)
                for (const char *text : {"张图像用于训练", "百万个权重"})
                    QVERIFY2(QString::fromUtf8(outcome.err).contains(QString::fromUtf8(text)), outcome.err.constData());
            documents[i++] = parsed(outcome.out);
        }
        QVERIFY(!documents[0]["warnings"].empty()); // of few steps
        QVERIFY(documents[1]["warnings"] == documents[0]["warnings"]);
    }

    void aModelIsInstalledUnderTheGivenName()
    {
        const QString models = QStringLiteral(SOURCE_DIR "/tests/support/models/"), weights = models + "resnet.pth";
        const QString name = QStringLiteral("我的 net.1");
        const Outcome named = run({"models", "import", weights, "--name", name, "--json"});
        QVERIFY2(named.code == 0, named.err.constData());
        QCOMPARE(QString::fromStdString(parsed(named.out)["id"].get<std::string>()), name);
        QCOMPARE(run({"models", "show", name}).code, 0);
        const auto refused = [&](const QString &file, const QString &wanted, const char *reason) {
            const Outcome outcome = run({"models", "import", file, "--name", wanted});
            return outcome.code == 2 && outcome.err.contains(reason);
        };
        // Said before a file is looked at, which can take minutes: this one is refused for what it holds.
        QVERIFY(refused(models + "hostile/system.pth", name, "already: choose another name"));
        QVERIFY(refused(weights, "likeness-small", "comes with the program"));
        for (const QString &bad : {QStringLiteral("a/b"), QStringLiteral(".a"), QStringLiteral("a\nb"),
                                   QStringLiteral("a "), QStringLiteral("a\"b"), QString(101, 'a')})
            QVERIFY2(refused(weights, bad, "cannot be the name of a model"), qPrintable(bad));
        QCOMPARE(parsed(run({"models", "list", "--json"}).out)["models"].size(), std::size_t(3));
        QCOMPARE(run({"models", "remove", name}).code, 0);
    }

    void aSubmissionIsCheckedWithoutATruth()
    {
        const QString file = path("right.csv");
        QCOMPARE(run({"submit", path("secret"), "--recipe", "phash", "--out", file}).code, 0);
        const Outcome right = run({"evaluate", path("secret"), "--submission", file, "--json"});
        QVERIFY2(right.code == 0, right.err.constData());
        const json report = parsed(right.out)[0];
        QVERIFY(report["queries"] == 6);
        QVERIFY(report["answered"] == 6);
        QVERIFY(report["problems"].empty() && !report.contains("acc1"));

        auto rows = readSourceQueryCsv(file.toStdString());
        rows[0].source = "nowhere.jpg";
        rows[1].query = rows[2].query;
        writeSourceQueryCsv(path("wrong.csv").toStdString(), rows);
        const Outcome wrong = run({"evaluate", path("secret"), "--submission", path("wrong.csv"), "--json"});
        QCOMPARE(wrong.code, 1);
        QCOMPARE(parsed(wrong.out)[0]["problems"].size(), std::size_t(3)); // a name, a twin, a query without a row
        QVERIFY(wrong.err.contains("nowhere.jpg"));
        QVERIFY(run({"evaluate", path("secret"), "--submission", path("wrong.csv")}).out.contains("3 problems"));
        QCOMPARE(run({"evaluate", path("secret"), "--submission", file, "--recipe", "phash"}).code, 3);
    }
};

QTEST_GUILESS_MAIN(TestCliFlags)
#include "tst_cli_flags.moc"
