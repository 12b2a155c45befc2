// Thumbnails that are asked for arrive, and asking for one waits for nothing.
#include "tests/support/pictures.h"
#include "tests/support/sandbox.h"
#include "ui/models/thumbnail_provider.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>
#include <SQLiteCpp/SQLiteCpp.h>
#include <thread>

using namespace likeness;
using namespace likeness::ui;

class TestThumbnails : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;
    std::filesystem::path m_folder = m_dir.path().toStdString();

    std::filesystem::path picture(int number) const { return m_folder / (std::to_string(number) + ".jpg"); }
    static bool isReady(ThumbnailProvider &thumbnails, const std::filesystem::path &path)
    {
        return thumbnails.thumbnail(path, 128).state == ThumbnailProvider::State::Ready;
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (int i = 0; i < 60; ++i)
            test::writeJpeg(picture(i), test::testPicture(i, 160, 120));
    }

    void aLockedDatabaseHoldsUpNoThumbnail()
    {
        const auto cache = std::make_shared<FeatureCache>(m_folder / "cache", 1'000'000'000);
        cache->bytes(); // it is there, so that it can be locked
        SQLite::Database other((m_folder / "cache" / "features.sqlite").string(), SQLite::OPEN_READWRITE);
        other.exec("BEGIN IMMEDIATE"); // as another program that writes
        ThumbnailProvider thumbnails(cache);
        std::atomic<bool> returned = false, gaveUp = false;
        thumbnails.thumbnail(picture(0), 128);
        QTRY_VERIFY_WITH_TIMEOUT(isReady(thumbnails, picture(0)), 240'000); // its worker waits for the database now
        std::thread writer([&] {
            for (int i = 0; i < 500 && !returned; ++i)
                QThread::msleep(10);
            gaveUp = !returned;
            other.exec("ROLLBACK");
        });
        for (int i = 1; i < 20; ++i)
            thumbnails.thumbnail(picture(i), 128);
        returned = true;
        writer.join();
        QVERIFY(!gaveUp);
        for (int i = 1; i < 20; ++i)
            QTRY_VERIFY_WITH_TIMEOUT(isReady(thumbnails, picture(i)), 240'000);
    }

    void whatIsAskedForWhileAWorkerEndsArrives()
    {
        for (int round = 0; round < 4; ++round) {
            ThumbnailProvider thumbnails(nullptr);
            for (int i = 0; i < 60; ++i) { // about as often as one is decoded, so that workers run out of work
                thumbnails.thumbnail(picture(i), 128);
                QThread::usleep(unsigned(100 + 97 * i % 700));
            }
            for (int i = 0; i < 60; ++i)
                QTRY_VERIFY_WITH_TIMEOUT(isReady(thumbnails, picture(i)), 240'000);
        }
    }
};

int main(int argc, char **argv)
{
    const test::Sandbox sandbox;
    QApplication application(argc, argv);
    TestThumbnails test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_thumbnails.moc"
