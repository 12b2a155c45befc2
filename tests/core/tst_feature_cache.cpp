#include "core/base/file.h"
#include "core/search/feature_cache.h"
#include "core/search/preview.h"
#include "tests/support/pictures.h"

#include <QTemporaryDir>
#include <QTest>
#include <SQLiteCpp/SQLiteCpp.h>
#include <csignal>
#include <sys/wait.h>
#include <thread>

using namespace likeness;

namespace {

constexpr std::int64_t plenty = 1'000'000'000;

std::vector<std::uint8_t> blobOf(int value, std::size_t size = 64)
{
    return std::vector<std::uint8_t>(size, std::uint8_t(value));
}

ContentHash hashOf(int value)
{
    return contentHash(std::to_string(value));
}

} // namespace

class TestFeatureCache : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void entriesSurviveAReopen()
    {
        const QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString();
        {
            FeatureCache cache(folder, plenty);
            cache.put(hashOf(1), hashOf(2), blobOf(3));
            QCOMPARE(*cache.get(hashOf(1), hashOf(2)), blobOf(3)); // before it is written
        }
        FeatureCache cache(folder, plenty);
        QCOMPARE(*cache.get(hashOf(1), hashOf(2)), blobOf(3));
        QVERIFY(!cache.get(hashOf(1), hashOf(3)));
        QVERIFY(!cache.get(hashOf(2), hashOf(2)));
    }

    void editedFileIsNoticedAndUntouchedOneIsNot()
    {
        const QTemporaryDir dir;
        const std::filesystem::path file = dir.filePath("a.jpg").toStdString();
        test::writeText(file, "one");
        FeatureCache cache(dir.filePath("cache").toStdString(), plenty);
        const FileStamp stamp = *fileStamp(file);
        QVERIFY(!cache.contentOf(file, stamp));
        cache.rememberContent(file, stamp, hashOf(1));
        QCOMPARE(*cache.contentOf(file, *fileStamp(file)), hashOf(1));
        cache.flush();
        QCOMPARE(*cache.contentOf(file, *fileStamp(file)), hashOf(1));
        QTest::qWait(20);
        test::writeText(file, "two");
        QVERIFY(!cache.contentOf(file, *fileStamp(file)));
    }

    void killedWriterLosesAtMostTheLastSecond()
    {
        const QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString();
        int report[2];
        QCOMPARE(pipe(report), 0);
        const pid_t child = fork();
        if (child == 0) {
            FeatureCache cache(folder, plenty);
            for (int i = 0;; ++i) {
                cache.put(hashOf(i), hashOf(0), blobOf(i, 1000));
                if (write(report[1], &i, sizeof i) < 0)
                    _exit(1);
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        }
        close(report[1]);
        int last = 0, afterOneSecond = -1;
        const auto start = std::chrono::steady_clock::now();
        while (std::chrono::steady_clock::now() - start < std::chrono::milliseconds(1800)) {
            QCOMPARE(read(report[0], &last, sizeof last), ssize_t(sizeof last));
            if (afterOneSecond < 0 && std::chrono::steady_clock::now() - start > std::chrono::milliseconds(700))
                afterOneSecond = last;
        }
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        close(report[0]);
        FeatureCache cache(folder, plenty);
        QVERIFY(afterOneSecond > 100);
        for (int i = 0; i <= afterOneSecond; ++i)
            QVERIFY2(cache.get(hashOf(i), hashOf(0)) == blobOf(i, 1000), qPrintable(QString::number(i)));
    }

    void damagedFileIsReplaced_data()
    {
        QTest::addColumn<bool>("header");
        QTest::newRow("no database at all") << true;
        QTest::newRow("damaged inside") << false;
    }

    void damagedFileIsReplaced()
    {
        QFETCH(bool, header);
        const QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString(), file = folder / "features.sqlite";
        {
            FeatureCache cache(folder, plenty);
            for (int i = 0; i < 200; ++i)
                cache.put(hashOf(i), hashOf(0), blobOf(i, 500));
        }
        std::fstream damage(file, std::ios::in | std::ios::out | std::ios::binary);
        damage.seekp(header ? 0 : 4096);
        damage << std::string(header ? 4096 : 60'000, 'x');
        damage.close();
        FeatureCache cache(folder, plenty); // opens, whatever it finds
        cache.put(hashOf(1), hashOf(9), blobOf(7));
        QVERIFY(cache.get(hashOf(1), hashOf(9)) == blobOf(7));
        for (int i = 0; i < 200; ++i)
            if (const auto blob = cache.get(hashOf(i), hashOf(0)))
                QCOMPARE(*blob, blobOf(i, 500)); // a miss is fine, a wrong answer is not
    }

    void damageFoundWhileWorkingHealsItself()
    {
        const QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString(), file = folder / "features.sqlite";
        {
            FeatureCache cache(folder, plenty);
            for (int i = 0; i < 400; ++i)
                cache.put(hashOf(i), hashOf(0), blobOf(i, 500));
        }
        std::fstream damage(file, std::ios::in | std::ios::out | std::ios::binary);
        damage.seekp(12'000); // behind what opening reads
        damage << std::string(150'000, 'x');
        damage.close();
        {
            FeatureCache cache(folder, plenty);
            for (int i = 0; i < 400; ++i)
                cache.get(hashOf(i), hashOf(0));
            cache.put(hashOf(1), hashOf(9), blobOf(7));
        }
        FeatureCache cache(folder, plenty);
        QVERIFY(cache.get(hashOf(1), hashOf(9)) == blobOf(7));
    }

    void limitDropsWhatWasNotUsedForDays()
    {
        const QTemporaryDir dir;
        {
            FeatureCache cache(dir.path().toStdString(), 400'000);
            for (int i = 0; i < 30; ++i)
                cache.put(hashOf(i), hashOf(0), blobOf(i, 10'000));
        }
        SQLite::Database(dir.filePath("features.sqlite").toStdString(), SQLite::OPEN_READWRITE)
            .exec("UPDATE features SET used = used - 3");
        FeatureCache cache(dir.path().toStdString(), 400'000);
        QVERIFY(cache.get(hashOf(29), hashOf(0)));
        for (int i = 100; i < 120; ++i)
            cache.put(hashOf(i), hashOf(0), blobOf(i, 10'000));
        cache.flush();
        QVERIFY(cache.bytes() < 450'000);
        int old = 0;
        for (int i = 0; i < 29; ++i)
            old += cache.get(hashOf(i), hashOf(0)).has_value();
        QVERIFY2(old < 15, std::to_string(old).c_str());
        for (int i = 100; i < 120; ++i)
            QVERIFY(cache.get(hashOf(i), hashOf(0)));
        QVERIFY(cache.get(hashOf(29), hashOf(0)));
    }

    void aGalleryAboveTheLimitKeepsAPartFromRunToRun()
    {
        const QTemporaryDir dir;
        int hits = 0;
        for (const bool second : {false, true}) {
            FeatureCache cache(dir.path().toStdString(), 1'000'000);
            cache.keepFitted(hashOf(7), blobOf(7, 10'000));
            for (int i = 0; i < 200; ++i) { // twice the limit
                if (second)
                    hits += cache.get(hashOf(i), hashOf(0)).has_value();
                cache.put(hashOf(i), hashOf(0), blobOf(i, 10'000));
                cache.flush();
            }
            QVERIFY(cache.fitted(hashOf(7))); // of all entries the dearest
        }
        QVERIFY2(hits >= 70, std::to_string(hits).c_str());
    }

    void aLowerLimitShortensTheFile()
    {
        const QTemporaryDir dir;
        const std::filesystem::path file = dir.filePath("features.sqlite").toStdString();
        {
            FeatureCache cache(dir.path().toStdString(), plenty);
            for (int i = 0; i < 200; ++i)
                cache.put(hashOf(i), hashOf(0), blobOf(i, 10'000));
        }
        QVERIFY(std::filesystem::file_size(file) > 2'000'000);
        {
            FeatureCache cache(dir.path().toStdString(), plenty);
            cache.setLimit(500'000); // nothing is written afterwards
        }
        QVERIFY2(std::filesystem::file_size(file) <= 500'000, std::to_string(std::filesystem::file_size(file)).c_str());
    }

    void damageInsideABlobIsAMiss()
    {
        const QTemporaryDir dir;
        const std::filesystem::path file = dir.filePath("features.sqlite").toStdString();
        {
            FeatureCache cache(dir.path().toStdString(), plenty);
            cache.put(hashOf(1), hashOf(0), blobOf('q', 3000));
            cache.put(hashOf(2), hashOf(0), blobOf('r', 3000));
        }
        std::vector<std::uint8_t> bytes = readFile(file);
        const std::vector<std::uint8_t> inside(200, 'q');
        const auto found = std::ranges::search(bytes, inside);
        QVERIFY(!found.empty());
        found[100] ^= 1;
        test::writeBytes(file, bytes);
        FeatureCache cache(dir.path().toStdString(), plenty);
        QVERIFY(!cache.get(hashOf(1), hashOf(0)));
        QCOMPARE(*cache.get(hashOf(2), hashOf(0)), blobOf('r', 3000));
        cache.put(hashOf(1), hashOf(0), blobOf('q', 3000)); // is made anew
        cache.flush();
        QCOMPARE(*cache.get(hashOf(1), hashOf(0)), blobOf('q', 3000));
    }

    void damageThatOneFindsIsMendedForThoseThatHaveItOpen()
    {
        const QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString(), file = folder / "features.sqlite";
        {
            FeatureCache cache(folder, plenty);
            for (int i = 0; i < 400; ++i)
                cache.put(hashOf(i), hashOf(0), blobOf(i, 500));
        }
        auto earlier = std::make_unique<FeatureCache>(folder, plenty); // as of another process
        earlier->get(hashOf(1), hashOf(0));
        std::fstream damage(file, std::ios::in | std::ios::out | std::ios::binary);
        damage.seekp(12'000);
        damage << std::string(150'000, 'x');
        damage.close();
        FeatureCache finder(folder, plenty);
        for (int i = 0; i < 400; ++i)
            finder.get(hashOf(i), hashOf(0));
        finder.put(hashOf(1), hashOf(9), blobOf(7));
        finder.flush();
        QVERIFY(earlier->get(hashOf(1), hashOf(9)) == blobOf(7));
        earlier->put(hashOf(2), hashOf(9), blobOf(8));
        earlier.reset();
        QVERIFY(finder.get(hashOf(2), hashOf(9)) == blobOf(8));
        FeatureCache later(folder, plenty);
        QVERIFY(later.get(hashOf(1), hashOf(9)) == blobOf(7));
        QVERIFY(later.get(hashOf(2), hashOf(9)) == blobOf(8));
    }

    void clearEmptiesAndShrinks()
    {
        const QTemporaryDir dir;
        FeatureCache cache(dir.path().toStdString(), plenty);
        for (int i = 0; i < 100; ++i)
            cache.put(hashOf(i), hashOf(0), blobOf(i, 10'000));
        cache.flush();
        const auto before = cache.bytes();
        cache.clear();
        QVERIFY(!cache.get(hashOf(5), hashOf(0)));
        QVERIFY(cache.bytes() < before / 10);
    }

    void twoProcessesShareOneCache()
    {
        const QTemporaryDir dir;
        FeatureCache first(dir.path().toStdString(), plenty), second(dir.path().toStdString(), plenty);
        first.put(hashOf(1), hashOf(0), blobOf(1));
        first.flush();
        second.put(hashOf(2), hashOf(0), blobOf(2));
        second.flush();
        QVERIFY(second.get(hashOf(1), hashOf(0)));
        QVERIFY(first.get(hashOf(2), hashOf(0)));
    }

    void threadsUseOneCacheTogether()
    {
        const QTemporaryDir dir;
        FeatureCache cache(dir.path().toStdString(), plenty);
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&cache, t] {
                for (int i = 0; i < 300; ++i) {
                    cache.put(hashOf(i * 4 + t), hashOf(0), blobOf(t));
                    cache.get(hashOf(i * 4), hashOf(0));
                }
            });
        for (std::thread &thread : threads)
            thread.join();
        for (int i = 0; i < 1200; ++i)
            QCOMPARE(*cache.get(hashOf(i), hashOf(0)), blobOf(i % 4));
    }

    void previewIsSmallAndComesFromTheCache()
    {
        const QTemporaryDir dir;
        const std::filesystem::path file = dir.filePath("a.jpg").toStdString();
        test::writeJpeg(file, test::testPicture(0, 800, 600));
        FeatureCache cache(dir.filePath("cache").toStdString(), plenty);
        const cv::Mat first = previewImage(file, 256, &cache);
        QCOMPARE(std::max(first.cols, first.rows), 256);
        const FileStamp stamp = *fileStamp(file);
        const ContentHash content = *cache.contentOf(file, stamp);
        // The same content under another name: nothing is decoded again, so a broken decode would not show.
        const std::filesystem::path moved = dir.filePath("b.jpg").toStdString();
        std::filesystem::rename(file, moved);
        QCOMPARE(previewImage(moved, 256, &cache).size(), first.size());
        QCOMPARE(*cache.contentOf(moved, *fileStamp(moved)), content);
    }
};

QTEST_APPLESS_MAIN(TestFeatureCache)
#include "tst_feature_cache.moc"
