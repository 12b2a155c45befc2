#include "core/base/csv.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/json_text.h"
#include "core/base/late_module.h"
#include "core/base/parallel.h"
#include "core/base/params.h"
#include "core/base/plain_text.h"
#include "core/base/random.h"
#include "tests/support/locale_of.h"
#include "tests/support/pictures.h"
#include "tests/support/recording_context.h"

#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <sstream>
#include <thread>

using namespace likeness;

namespace {

struct ToyOptions {
    int count = 3;
    double scale = 1.5;
    bool fast = false;
    std::string mode = "a";
    void describe(auto &&param)
    {
        param("count", count, "Count", "Help.", {.min = 1, .max = 10});
        param("scale", scale, "Scale", "Help.", {.min = 0, .max = 2});
        param("fast", fast, "Fast", "Help.");
        param("mode", mode, "Mode", "Help.", {.choices = {{"a", "A"}, {"b", "B"}}});
    }
};

std::string messageOf(const std::function<void()> &call)
{
    try {
        call();
    } catch (const Error &error) {
        return error.what();
    }
    return {};
}

} // namespace

class TestBase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void optionsRoundTripThroughValues()
    {
        const auto specs = specsOf<ToyOptions>();
        QCOMPARE(specs.size(), std::size_t(4));
        const auto values = checkedValues(specs, {{"count", std::int64_t{7}}, {"mode", std::string("b")}}, "toy");
        const auto options = optionsFrom<ToyOptions>(values);
        QCOMPARE(options.count, 7);
        QCOMPARE(options.scale, 1.5);
        QCOMPARE(options.mode, std::string("b"));
    }

    void jsonCarriesAnyBytes()
    {
        const std::string overlong = "\xc0\xaf", surrogate = "\xed\xa0\x80", cut = "\xe4\xb8", mark = "\xef\xbf\xbd";
        for (const std::string &bytes : {std::string("F\xf6tos/%F6.jpg"), std::string("一 \xf0\x9f\x90\x88"), overlong,
                                         surrogate, cut, mark + "F6", std::string("\xf4\x90\x80\x80")}) {
            QCOMPARE(bytesFromUtf8(utf8FromBytes(bytes)), bytes);
            nlohmann::ordered_json json{{bytes, {bytes, 1, nullptr}}};
            const std::string text = dumpJson(json);
            QVERIFY(nlohmann::json::accept(text));
            QCOMPARE(parseJson(text).at(bytes).at(0).get<std::string>(), bytes);
        }
        QCOMPARE(utf8FromBytes("\xf6"), mark + "F6");
        QCOMPARE(utf8FromBytes("%F6 一"), std::string("%F6 一"));
        QCOMPARE(bytesFromUtf8("100% %F6 " + mark + "x"), "100% %F6 " + mark + "x"); // of an older file
    }

    void valueOutOfRangeNamesValueAndConstraint()
    {
        const auto specs = specsOf<ToyOptions>();
        const std::string message = messageOf([&] { parseValue(specs[0], "11"); });
        QVERIFY2(message.find("11") != std::string::npos && message.find("1 .. 10") != std::string::npos,
                 message.c_str());
        QVERIFY(!messageOf([&] { parseValue(specs[0], "three"); }).empty());
        QVERIFY(!messageOf([&] { parseValue(specs[1], "nan"); }).empty());
        QVERIFY(messageOf([&] { parseValue(specs[3], "c"); }).find("a | b") != std::string::npos);
    }

    void theLocaleAskedForIsInForce()
    {
        // Otherwise the runs under another locale would prove nothing.
        const bool comma = qgetenv("LC_ALL").startsWith("de_DE");
        QCOMPARE(QByteArray(std::localeconv()->decimal_point), QByteArray(comma ? "," : "."));
    }

    void numbersOfFilesHaveAPointInEveryLocale()
    {
        const test::LocaleOf german("de_DE.UTF-8");
        QVERIFY(german.there());
        char printed[16];
        std::snprintf(printed, sizeof printed, "%.1f", 0.5);
        QCOMPARE(QByteArray(printed), QByteArray("0,5"));
        QCOMPARE(fixedText(-1234.5678, 2), std::string("-1234.57"));
        QCOMPARE(fixedText(1e308, 0).size(), std::size_t(309));
        QCOMPARE(roundedText(0.1, 17), std::string("0.10000000000000001"));
        QCOMPARE(roundedText(6.25e-7, 4), std::string("6.25e-07"));
        QCOMPARE(toText(0.75), std::string("0.75"));
        QCOMPARE(numberIn("-2.5e3").value_or(0), -2500.0);
        QVERIFY(std::isinf(numberIn("inf").value_or(0)) && std::isnan(numberIn("nan").value_or(0)));
        QVERIFY(!numberIn("0,5") && !numberIn("") && !numberIn("1x") && !numberIn("1e999"));
        QCOMPARE(std::get<double>(parseValue(specsOf<ToyOptions>()[1], "0.25")), 0.25);
    }

    void unknownKeyNamesTheNearest()
    {
        const std::string message = messageOf([] {
            checkedValues(specsOf<ToyOptions>(), {{"cuont", std::int64_t{1}}}, "toy");
        });
        QVERIFY2(message.find("\"count\"") != std::string::npos, message.c_str());
    }

    void csvRoundTripsAwkwardNames()
    {
        const std::vector<std::string> names{
            "a,b.jpg", "quote'\".jpg", "line\nbreak.jpg", "图片 查询.jpg", "🙂.png", "", "\r.jpg", " x "};
        std::ostringstream out;
        writeCsvRow(out, names);
        writeCsvRow(out, {"plain", "row"});
        const auto rows = parseCsv(out.str(), "test");
        QCOMPARE(rows.size(), std::size_t(2));
        QCOMPARE(rows[0].fields, names);
        QCOMPARE(rows[1].line, std::size_t(3)); // the line break inside the quotes counts
    }

    void csvAcceptsMarkAndWindowsLineEnds()
    {
        const auto rows = parseCsv("\xef\xbb\xbfsource,query\r\n\"a\"\"b\",c\r\n\r\n", "test");
        QCOMPARE(rows.size(), std::size_t(2));
        QCOMPARE(rows[1].fields, (std::vector<std::string>{"a\"b", "c"}));
    }

    void unclosedQuoteNamesItsLine()
    {
        const std::string message = messageOf([] { parseCsv("a,b\nc,\"d\n", "file.csv"); });
        QVERIFY2(message.find("file.csv, line 2") != std::string::npos, message.c_str());
    }

    void failedWriteKeepsTheOldFile()
    {
        const QTemporaryDir dir;
        const std::filesystem::path path = dir.filePath("out.csv").toStdString();
        writeFileAside(path, [](std::ostream &out) { out << "old"; });
        QVERIFY_THROWS_EXCEPTION(std::runtime_error,
                                 writeFileAside(path, [](std::ostream &) { throw std::runtime_error("half way"); }));
        QCOMPARE(readText(path), std::string("old"));
        QCOMPARE(std::distance(std::filesystem::directory_iterator(dir.path().toStdString()), {}), 1);
    }

    void fullDiskKeepsTheOldFileAndNamesIt()
    {
        if (!std::filesystem::exists("/dev/full"))
            QSKIP("no /dev/full here");
        const QTemporaryDir dir;
        const std::filesystem::path path = dir.filePath("out.csv").toStdString();
        writeFileAside(path, [](std::ostream &out) { out << "old"; });
        // What is written aside goes to a full device.
        std::filesystem::create_symlink("/dev/full", asideOf(path));
        const std::string message = messageOf([&] { writeFileAside(path, [](std::ostream &out) { out << "new"; }); });
        QVERIFY2(message.find(path.string()) != std::string::npos, message.c_str());
        QVERIFY2(message.find("No space") != std::string::npos, message.c_str());
        QCOMPARE(readText(path), std::string("old"));
    }

    void aReplacedFileKeepsItsPermissions()
    {
        const QTemporaryDir dir;
        const std::filesystem::path path = dir.filePath("private.json").toStdString();
        test::writeText(path, "old");
        std::filesystem::permissions(path, std::filesystem::perms{0600});
        writeFileAside(path, [](std::ostream &out) { out << "new"; });
        QCOMPARE(readText(path), std::string("new"));
        QVERIFY(std::filesystem::status(path).permissions() == std::filesystem::perms{0600});
    }

    void threadsThatWriteOneFileLeaveOneOfTheirContents()
    {
        const QTemporaryDir dir;
        const std::filesystem::path path = dir.filePath("out.bin").toStdString();
        std::atomic<int> failures = 0;
        std::vector<std::thread> threads;
        for (char letter = 'a'; letter < 'e'; ++letter)
            threads.emplace_back([&, letter] {
                for (int i = 0; i < 20; ++i)
                    try {
                        writeFileAside(path, [letter](std::ostream &out) { out << std::string(200'000, letter); });
                    } catch (const Error &) {
                        ++failures;
                    }
            });
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(failures.load(), 0);
        const std::string content = readText(path);
        QCOMPARE(content, std::string(200'000, content.front()));
        QCOMPARE(std::distance(std::filesystem::directory_iterator(dir.path().toStdString()), {}), 1);
    }

    void aMissingModuleSaysWhatCannotBeUsed()
    {
        const std::string message =
            messageOf([] { lateSymbol("likeness_nothing", "f", "optical flow cannot be used: %1"); });
        QVERIFY2(message.starts_with("optical flow cannot be used: ") &&
                     message.find("likeness_nothing.so") != std::string::npos,
                 message.c_str());
    }

    void linksAndPipesAreWrittenThroughNotReplaced()
    {
        const QTemporaryDir dir;
        const std::filesystem::path root = dir.path().toStdString();
        writeFileAside(root / "target.csv", [](std::ostream &out) { out << "old"; });
        std::filesystem::create_symlink(root / "target.csv", root / "link.csv");
        writeFileAside(root / "link.csv", [](std::ostream &out) { out << "new"; });
        QVERIFY(std::filesystem::is_symlink(root / "link.csv"));
        QCOMPARE(readText(root / "target.csv"), std::string("new"));
        writeFileAside("/dev/null", [](std::ostream &out) { out << "gone"; });
        QVERIFY(std::filesystem::is_character_file("/dev/null"));
    }

    void hugeFilesAreRefusedBeforeTheyAreRead()
    {
        const QTemporaryDir dir;
        const std::filesystem::path path = dir.filePath("huge.jpg").toStdString();
        test::writeText(path, "x");
        std::filesystem::resize_file(path, std::uintmax_t{1} << 41); // sparse
        QVERIFY(messageOf([&] { readFile(path); }).find("huge.jpg") != std::string::npos);
    }

    void readingAFolderOrNothingIsAnErrorThatNamesIt()
    {
        const QTemporaryDir dir;
        QVERIFY(messageOf([&] { readFile(dir.path().toStdString()); }).find(dir.path().toStdString()) !=
                std::string::npos);
        QVERIFY(messageOf([&] { readFile("/nowhere/x.jpg"); }).find("/nowhere/x.jpg") != std::string::npos);
    }

    void parallelForVisitsEachIndexOnce()
    {
        std::vector<std::atomic<int>> visits(1000);
        parallelFor(visits.size(), TaskContext::none(), [&](std::size_t i) { ++visits[i]; });
        QVERIFY(std::ranges::all_of(visits, [](const auto &v) { return v == 1; }));
    }

    void aLoopInsideALoopHasNoThreadsLeft()
    {
        std::atomic<int> inner = 0;
        parallelFor(16, TaskContext::none(), [&](std::size_t) { inner += freeThreads(); });
        QCOMPARE(inner, 16);
        QCOMPARE(freeThreads(), threadCount());
        QVERIFY_THROWS_EXCEPTION(
            Error, parallelFor(1, TaskContext::none(), [](std::size_t) { throw Error(ErrorKind::Io, "x", {}); }));
        QCOMPARE(freeThreads(), threadCount()); // on this thread, on which the failed call ran, too
    }

    void anAssignmentNamesStageKeyAndValue()
    {
        const Assignment full = parseAssignment("a.b.c=d=e.f");
        QCOMPARE(full.stage + '|' + full.key + '|' + full.value, std::string("a|b.c|d=e.f"));
        const Assignment shorter = parseAssignment("side=1.5", "match");
        QCOMPARE(shorter.stage + '|' + shorter.key + '|' + shorter.value, std::string("match|side|1.5"));
        for (const char *wrong : {"side=1.5", "a.b", ""})
            QVERIFY_THROWS_EXCEPTION(Error, parseAssignment(wrong));
    }

    void aProblemNamesItsFileOnce()
    {
        const Problem names{"a.jpg", {"%1 is no image", {"a.jpg"}}}, unnamed{"a.jpg", {"no image", {}}};
        QCOMPARE(names.line(), std::string("a.jpg is no image"));
        QCOMPARE(unnamed.line(), std::string("a.jpg: no image"));
    }

    void parallelForStopsWithinAStepOfCancel()
    {
        test::RecordingContext context(10);
        std::atomic<int> steps = 0;
        QVERIFY_THROWS_EXCEPTION(
            Cancelled, parallelFor(100'000, context, [&](std::size_t) { context.progress(++steps, 100'000); }));
        QVERIFY2(steps <= 10 + threadCount(), qPrintable(QString::number(steps)));
    }

    void parallelForRethrowsErrors()
    {
        QVERIFY_THROWS_EXCEPTION(Error, parallelFor(100, TaskContext::none(), [](std::size_t i) {
                                     if (i == 50)
                                         throw Error(ErrorKind::Io, "x");
                                 }));
    }

    void hashIsXxh3()
    {
        // Published test vector of XXH3-128 for the empty input.
        QCOMPARE(toHex(contentHash(std::string_view{})), std::string("99aa06d3014798d86001c324468d497f"));
    }

    void randomIsTheSameEverywhere()
    {
        Random random(0);
        QCOMPARE(random.next(),
                 std::uint64_t{0xe220a8397b1dcdafULL}); // published first value of SplitMix64 with seed 0
        for (int i = 0; i < 1000; ++i) {
            const int value = random.integer(-3, 4);
            QVERIFY(value >= -3 && value <= 4);
        }
    }

    void messagesFillTenAndMorePlaces()
    {
        QCOMPARE((Message{"%1 of %2", {"%2", "b"}}.english()), std::string("%2 of b"));
    }
};

QTEST_GUILESS_MAIN(TestBase)
#include "tst_base.moc"
