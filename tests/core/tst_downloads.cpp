// Downloads against a small server on this machine: whole, resumed, broken, cancelled, refused.
#include "core/nets/models/catalogue.h"
#include "core/nets/models/download.h"
#include "tests/support/local_server.h"
#include "tests/support/recording_context.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <chrono>
#include <fcntl.h>
#include <fstream>
#include <set>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

using namespace likeness;
using test::LocalServer;
using Manner = LocalServer::Manner;

namespace {

QByteArray bytes(int count)
{
    QByteArray content(count, '\0');
    for (int i = 0; i < count; ++i)
        content[i] = char(i * 7 + i / 251);
    return content;
}

std::string sha256Of(const QByteArray &content)
{
    return QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex().toStdString();
}

QByteArray contentOf(const std::filesystem::path &path)
{
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestDownloads : public QObject {
    Q_OBJECT
    LocalServer m_server;
    const QByteArray m_content = bytes(300'000);
    const DownloadOptions m_direct{.proxy = "none", .sha256 = sha256Of(m_content)};
    QTemporaryDir m_dir;
    int m_next = 0;

    std::filesystem::path target() { return m_dir.filePath(QString::number(++m_next)).toStdString(); }
    std::string served(const LocalServer::File &file)
    {
        const QString path = QStringLiteral("/%1").arg(++m_next);
        m_server.serve(path, file);
        return m_server.url(path);
    }
    QString failure(const std::string &url, const std::filesystem::path &to, const DownloadOptions &options,
                    TaskContext &task = TaskContext::none())
    {
        try {
            download(url, to, options, task);
        } catch (const Error &error) {
            return QString::fromStdString(error.message().english());
        }
        return {};
    }

private Q_SLOTS:
    void aFileArrivesWholeWithItsProgress()
    {
        const auto to = target();
        test::RecordingContext task;
        download(served({m_content}), to, m_direct, task);
        QCOMPARE(contentOf(to), m_content);
        QCOMPARE(task.done(), std::int64_t(m_content.size()));
        QCOMPARE(task.total(), std::int64_t(m_content.size()));
        QVERIFY(!std::filesystem::exists(to.string() + ".part"));
        QVERIFY(!std::filesystem::exists(to.string() + ".part.tag"));
    }

    void whatHasComeIsNotFetchedAgain()
    {
        const auto to = target();
        std::ofstream(to.string() + ".part", std::ios::binary).write(m_content.data(), 200'000);
        std::ofstream(to.string() + ".part.tag") << "\"v1\"";
        const qint64 before = m_server.sent();
        download(served({m_content}), to, m_direct, TaskContext::none());
        QCOMPARE(contentOf(to), m_content);
        QCOMPARE(m_server.sent() - before, qint64(100'000));
    }

    void aFileThatChangedMeanwhileIsFetchedAnew()
    {
        const auto to = target();
        std::ofstream(to.string() + ".part", std::ios::binary) << std::string(200'000, 'x');
        std::ofstream(to.string() + ".part.tag") << "\"v0\"";
        download(served({m_content}), to, m_direct, TaskContext::none());
        QCOMPARE(contentOf(to), m_content);
    }

    void versionsAreNeverJoined()
    {
        // Nothing tells which version the beginning was of.
        auto to = target();
        std::ofstream(to.string() + ".part", std::ios::binary) << std::string(200'000, 'x');
        download(served({m_content}), to, {.proxy = "none"}, TaskContext::none());
        QCOMPARE(contentOf(to), m_content);
        // The same tag, another length.
        to = target();
        std::ofstream(to.string() + ".part", std::ios::binary) << std::string(200'000, 'x');
        std::ofstream(to.string() + ".part.tag") << "\"v1\"\n299999\n";
        download(served({m_content}), to, {.proxy = "none"}, TaskContext::none());
        QCOMPARE(contentOf(to), m_content);
    }

    void aServerWithoutRangesIsFetchedAnew()
    {
        const auto to = target();
        std::ofstream(to.string() + ".part", std::ios::binary).write(m_content.data(), 200'000);
        download(served({m_content, Manner::NoRanges}), to, m_direct, TaskContext::none());
        QCOMPARE(contentOf(to), m_content);
    }

    void anUnfinishedFileThatIsTooLongIsFetchedAnew()
    {
        const auto to = target();
        std::ofstream(to.string() + ".part", std::ios::binary) << std::string(400'000, 'x');
        download(served({m_content}), to, m_direct, TaskContext::none());
        QCOMPARE(contentOf(to), m_content);
    }

    void aConnectionThatBreaksIsTakenUpAgain()
    {
        const auto to = target();
        download(served({m_content, Manner::HalfWay, 3}), to, m_direct, TaskContext::none());
        QCOMPARE(contentOf(to), m_content);
    }

    void aServerThatAlwaysStopsIsGivenUpWithWhatCame()
    {
        const auto to = target();
        const QString message = failure(served({m_content, Manner::HalfWay, 1000}), to, m_direct);
        QVERIFY2(message.contains(QStringLiteral("broke off")), qPrintable(message));
        QVERIFY(!std::filesystem::exists(to));
        QVERIFY(std::filesystem::file_size(to.string() + ".part") > 150'000);
    }

    void answersThatAreNotTheFileAreRefused()
    {
        const auto to = target();
        QVERIFY(failure(served({m_content, Manner::WebPage}), to, m_direct).contains(QStringLiteral("web page")));
        QVERIFY(failure(served({m_content, Manner::Missing}), to, m_direct).contains(QStringLiteral("404")));
        QVERIFY(failure(served({bytes(1000)}), to, m_direct).contains(QStringLiteral("SHA-256")));
        QVERIFY(!std::filesystem::exists(to));
        QVERIFY(!std::filesystem::exists(to.string() + ".part")); // nothing to go on from
        std::ofstream(to.string() + ".part", std::ios::binary).write(m_content.data(), 1000);
        QVERIFY(failure(served({m_content, Manner::OtherPart}), to, m_direct).contains(QStringLiteral("another part")));
        QVERIFY(failure("ftp://example/file", to, m_direct).contains(QStringLiteral("no address")));
        QVERIFY(failure(m_server.url("/x"), to, {.proxy = "nonsense"}).contains(QStringLiteral("no proxy")));
    }

    void whatTheDiskCannotHoldIsNotBegun()
    {
        const auto to = target();
        const qint64 before = m_server.requests();
        const QString message = failure(served({m_content, Manner::Boundless}), to, m_direct);
        QVERIFY2(message.contains(QStringLiteral("the disk has")), qPrintable(message));
        QCOMPARE(m_server.requests() - before, qint64(1)); // and not tried again
        QVERIFY(!std::filesystem::exists(to));
    }

    void noNetworkIsSaidAtOnce()
    {
        const QString message = failure("http://127.0.0.1:1/file", target(), m_direct);
        QVERIFY2(message.contains(QStringLiteral("could not be reached")), qPrintable(message));
        QVERIFY(failure(m_server.url("/x"), target(), {.proxy = "http://127.0.0.1:1"})
                    .contains(QStringLiteral("could not be reached")));
    }

    void aFullDiskIsSaid()
    {
        const auto to = target();
        std::filesystem::create_symlink("/dev/full", to.string() + ".part");
        const QString message = failure(served({m_content}), to, m_direct);
        QVERIFY2(message.contains(QStringLiteral("cannot be written")), qPrintable(message));
        QVERIFY(!std::filesystem::exists(to));
        QVERIFY(
            failure(served({m_content}), "/nowhere/at/all", m_direct).contains(QStringLiteral("cannot be written")));
    }

    void cancellingAnswersAtOnceAndKeepsWhatCame()
    {
        const auto to = target();
        const std::string url = served({m_content, Manner::Slow});
        test::RecordingContext task;
        std::thread stopper([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(400));
            task.cancel();
        });
        QElapsedTimer clock;
        clock.start();
        QVERIFY_THROWS_EXCEPTION(Cancelled, download(url, to, m_direct, task));
        QVERIFY(clock.elapsed() < 2000);
        stopper.join();
        QVERIFY(!std::filesystem::exists(to));
        QVERIFY(std::filesystem::file_size(to.string() + ".part") > 0);
    }

    void aMirrorTakesThePlaceOfTheServer()
    {
        QCOMPARE(mirrored("https://a.example/b/c.pth", "http://m.example/"), std::string("http://m.example/b/c.pth"));
        QCOMPARE(mirrored("https://a.example/b", "https://m.example/x"), std::string("https://m.example/x/b"));
        QCOMPARE(mirrored("https://a.example/b", ""), std::string("https://a.example/b"));
    }

    void aModelIsFetchedAndInstalled()
    {
        const QByteArray weights = contentOf(SOURCE_DIR "/tests/support/models/hf_clip_gelu/model.safetensors"),
                         config = contentOf(SOURCE_DIR "/tests/support/models/hf_clip_gelu/config.json");
        m_server.serve("/w/model.safetensors", {weights, Manner::HalfWay, 2});
        m_server.serve("/w/config.json", {config});
        const ModelStore store(m_dir.filePath("models").toStdString());
        CatalogueEntry entry{.id = "small-clip", .title = "Small", .licence = "MIT", .source = "https://example.org"};
        entry.files = {{"model.safetensors", "http://127.0.0.1:1/w/model.safetensors", sha256Of(weights),
                        std::int64_t(weights.size())},
                       {"config.json", "http://127.0.0.1:1/w/config.json", sha256Of(config).substr(0, 8),
                        std::int64_t(config.size())}};
        test::RecordingContext task;
        // Neither server has it: nothing is installed.
        QVERIFY_THROWS_EXCEPTION(Error, fetchModel(store, entry, {"", "none"}, task));
        QVERIFY(store.list().empty());
        // A mirror that anybody on the way can change needs a whole checksum.
        QVERIFY_THROWS_EXCEPTION(Error, fetchModel(store, entry, {m_server.base(), "none"}, task));
        QVERIFY(task.problems.back().reason.english().find("not encrypted") != std::string::npos);
        entry.files[1].sha256 = sha256Of(config);
        {
            const int other = ::open((store.folder() / ".fetch-small-clip/lock").c_str(), O_RDWR);
            QVERIFY(other >= 0 && ::flock(other, LOCK_EX | LOCK_NB) == 0);
            try {
                fetchModel(store, entry, {m_server.base(), "none"}, task);
                QFAIL("two fetch into one folder");
            } catch (const Error &error) {
                QVERIFY(error.message().english().find("another process") != std::string::npos);
            }
            ::close(other);
        }
        const ModelCard card = fetchModel(store, entry, {m_server.base(), "none"}, task);
        QCOMPARE(card.licence, std::string("MIT"));
        QVERIFY(card.text);
        store.verify("small-clip");
        QCOMPARE(std::distance(std::filesystem::directory_iterator(store.folder()), {}), std::ptrdiff_t(1));
        QVERIFY_THROWS_EXCEPTION(Error, fetchModel(store, entry, {m_server.base(), "none"}, task)); // there already
        entry.id = "forged";
        entry.files[0].sha256 = std::string(64, '0');
        QVERIFY_THROWS_EXCEPTION(Error, fetchModel(store, entry, {m_server.base(), "none"}, task));
        QCOMPARE(store.list().size(), std::size_t(1));
    }

    void theCatalogueIsSound()
    {
        std::set<std::string> ids;
        for (const CatalogueEntry &entry : catalogue()) {
            QVERIFY2(ids.insert(entry.id).second, entry.id.c_str());
            QVERIFY2(!entry.goodFor.in("zh").empty() && entry.goodFor.in("zh") != entry.goodFor.in("en"),
                     entry.id.c_str());
            QVERIFY(!entry.licence.empty() && entry.source.starts_with("https://") && entry.dimension > 0);
            for (const CatalogueFile &file : entry.files) {
                QVERIFY(file.url.starts_with("https://") && file.url.ends_with(file.name) && file.bytes > 0);
                QVERIFY(file.name.find('/') == std::string::npos);
            }
        }
        QVERIFY_THROWS_EXCEPTION(Error, catalogueEntry("resnet19"));
        QVERIFY_THROWS_EXCEPTION(Error, catalogueFromJson("{\"models\": [{\"id\": 3}]}"));
    }
};

QTEST_GUILESS_MAIN(TestDownloads)
#include "tst_downloads.moc"
