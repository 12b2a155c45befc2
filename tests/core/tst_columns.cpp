// The rows of a gallery, in memory and in files.
#include "core/base/file.h"
#include "core/vectors/column.h"
#include "tests/support/pictures.h"
#include "tests/support/training_support.h"

#include <QTemporaryDir>
#include <QTest>
#include <cstring>
#include <opencv2/core.hpp>

using namespace likeness;
using namespace likeness::test;

namespace {

std::vector<Features> featuresOf(int type, bool places, const std::vector<int> &rows)
{
    cv::RNG random(3);
    std::vector<Features> images;
    for (const int count : rows) {
        Features features;
        if (count > 0) {
            features.rows.create(count, 32, type);
            random.fill(features.rows, cv::RNG::UNIFORM, 0, 255);
        }
        if (places) {
            features.imageSize = {640, 480};
            features.keypoints = cv::Mat::zeros(count, keypointEntries, CV_32F);
            for (int row = 0; row < count; ++row) {
                float *keypoint = features.keypoints.ptr<float>(row);
                keypoint[KeypointX] = random.uniform(0.f, 640.f);
                keypoint[KeypointY] = random.uniform(0.f, 480.f);
                keypoint[KeypointSize] = random.uniform(1.f, 90.f);
                keypoint[KeypointAngle] = row % 5 == 0 ? -1.f : random.uniform(0.f, 359.9f);
            }
        }
        images.push_back(features);
    }
    return images;
}

} // namespace

class TestColumns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aColumnFromAFileIsTheOneFromMemory_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<bool>("places");
        QTest::newRow("vectors") << CV_32F << false;
        QTest::newRow("bits") << CV_8U << false;
        QTest::newRow("keypoints in bytes") << CV_8U << true;
        QTest::newRow("keypoints in floats") << CV_32F << true;
    }

    void aColumnFromAFileIsTheOneFromMemory()
    {
        QFETCH(int, type);
        QFETCH(bool, places);
        const QTemporaryDir dir;
        const std::filesystem::path file = dir.filePath("column").toStdString();
        const std::vector<Features> images = featuresOf(type, places, {3, 0, 1, 700});
        ColumnWriter writer(images.size(), file);
        for (const Features &features : images)
            writer.append(features);
        const Column written = writer.finish(), inMemory(images), read = Column::read(file);
        for (const Column &column : {written, inMemory, read}) {
            QCOMPARE(column.size(), images.size());
            QCOMPARE(column.rowCount(), 704);
            for (std::size_t i = 0; i < images.size(); ++i) {
                const Features features = column[i];
                QCOMPARE(features.rows.rows, images[i].rows.rows);
                if (features.rows.empty())
                    continue;
                QCOMPARE(cv::countNonZero(features.rows.reshape(1) != images[i].rows.reshape(1)), 0);
                const Features fromMemory = inMemory[i];
                QCOMPARE(features.imageSize, fromMemory.imageSize);
                QCOMPARE(cv::norm(features.keypoints, fromMemory.keypoints, cv::NORM_INF), 0.0);
                if (places && !features.keypoints.empty()) { // 8 bytes each
                    const cv::Mat error = cv::abs(features.keypoints - images[i].keypoints);
                    const double most[] = {640 / 131070.0, 480 / 131070.0, 1 / 128.0, 360 / 131070.0, 0};
                    for (int entry = 0; entry < keypointEntries; ++entry)
                        QVERIFY(cv::norm(error.col(entry), cv::NORM_INF) <= most[entry] + 1e-4);
                }
            }
        }
    }

    void imagesAreCopiedAsTheyAre_data() { aColumnFromAFileIsTheOneFromMemory_data(); }
    void imagesAreCopiedAsTheyAre()
    {
        QFETCH(int, type);
        QFETCH(bool, places);
        const QTemporaryDir dir;
        const std::filesystem::path file = dir.filePath("column").toStdString();
        const std::vector<Features> images = featuresOf(type, places, {0, 3, 0, 1, 70, 2});
        ColumnWriter writer(images.size(), file);
        for (const Features &features : images)
            writer.append(features);
        writer.finish();
        const Column inMemory(images), onDisk = Column::read(file);
        for (const Column &from : {inMemory, onDisk}) {
            ColumnWriter copy(images.size());
            copy.append(from, 0, 1); // nobody knows the width yet
            copy.append(from, 3, 3);
            copy.append(images[1]);
            copy.append(from, 2, 1);
            const Column copied = copy.finish();
            const std::size_t order[] = {0, 3, 4, 5, 1, 2};
            QCOMPARE(copied.size(), std::size(order));
            for (std::size_t i = 0; i < std::size(order); ++i) {
                const Features features = copied[i], expected = inMemory[order[i]];
                QCOMPARE(features.rows.rows, expected.rows.rows);
                QCOMPARE(features.imageSize, expected.imageSize);
                if (expected.rows.empty())
                    continue;
                QCOMPARE(cv::norm(features.rows, expected.rows, cv::NORM_INF), 0.0);
                if (places)
                    QCOMPARE(cv::norm(features.keypoints, expected.keypoints, cv::NORM_INF), 0.0);
            }
        }
    }

    void aColumnThatGrowsLeavesItsRowsWhereTheyAre()
    {
        const QTemporaryDir dir;
        const auto fileOf = [&](int i) {
            return std::filesystem::path(dir.filePath(QString::number(i)).toStdString());
        };
        std::vector<Features> images = featuresOf(CV_8U, true, {300, 0, 200, 100});
        ColumnWriter first(images.size(), fileOf(0));
        for (const Features &features : images)
            first.append(features);
        Column column = first.finish();
        std::uintmax_t bytes = 0;
        for (int i = 1; i <= 20; ++i) { // one in front, and one of those before goes now and then
            const Features added = featuresOf(CV_8U, true, {i})[0];
            ColumnWriter writer(images.size() + 1, fileOf(i));
            writer.append(added);
            const std::size_t gone = i % 3 == 0 ? 1 : 0;
            writer.append(column, 0, images.size() - gone);
            images.insert(images.begin(), added);
            images.resize(images.size() - gone);
            const bool grew = column.canGrow();
            const std::size_t files = column.files().size();
            column = writer.finish();
            bytes = std::filesystem::file_size(fileOf(i));
            QCOMPARE(column.files().size(), grew ? files + 1 : std::size_t{1});
            QVERIFY2(!grew || bytes < 2000 + 40u * static_cast<unsigned>(i), qPrintable(QString::number(bytes)));
            const Column inMemory(images), read = Column::read(fileOf(i));
            QCOMPARE(read.size(), images.size());
            QCOMPARE(read.rowCount(), inMemory.rowCount());
            for (std::size_t k = 0; k < images.size(); ++k) {
                const Features found = read[k], expected = inMemory[k];
                QCOMPARE(found.rows.rows, expected.rows.rows);
                QCOMPARE(found.imageSize, expected.imageSize);
                if (expected.rows.empty())
                    continue;
                QCOMPARE(cv::norm(found.rows, expected.rows, cv::NORM_INF), 0.0);
                QCOMPARE(cv::norm(found.keypoints, expected.keypoints, cv::NORM_INF), 0.0);
            }
        }
        QVERIFY(column.files().size() <= 16);
        std::filesystem::remove(column.files().back());
        QVERIFY(!complaintOf([&] { Column::read(column.files()[0]); }).empty());
    }

    void manyRowsWithPlacesStayWhatTheyAreInATemporaryFile()
    {
        const std::vector<Features> one = featuresOf(CV_8U, true, {700});
        ColumnWriter writer(800);
        for (int i = 0; i < 800; ++i) // 76 MB
            writer.append(one[0]);
        const Column column = writer.finish();
        const Features expected = Column(one)[0];
        for (const std::size_t image : {0, 500, 799}) {
            const Features features = column[image];
            QCOMPARE(cv::norm(features.rows, expected.rows, cv::NORM_INF), 0.0);
            QCOMPARE(cv::norm(features.keypoints, expected.keypoints, cv::NORM_INF), 0.0);
        }
    }

    void aForgedColumnIsRefused()
    {
        const QTemporaryDir dir;
        const std::filesystem::path file = dir.filePath("column").toStdString();
        ColumnWriter writer(2, file);
        for (const Features &features : featuresOf(CV_32F, false, {2, 3}))
            writer.append(features);
        writer.finish();
        const std::vector<std::uint8_t> whole = readFile(file);
        const auto refused = [&](std::vector<std::uint8_t> bytes) {
            writeBytes(file, bytes);
            const std::string complaint = complaintOf([&] { Column::read(file); });
            return complaint.find(file.string()) != std::string::npos;
        };
        // images, rows, width, type, blockSize, places, ownRows, nameBytes, mark
        for (std::size_t field = 0; field < 9; ++field)
            for (const std::int64_t value :
                 {std::int64_t{-1}, std::int64_t{9}, std::int64_t{1} << 40, std::numeric_limits<std::int64_t>::max()}) {
                if (field == 4 && value == 9)
                    continue; // a block size may be anything
                std::vector<std::uint8_t> forged = whole;
                std::memcpy(forged.data() + forged.size() - 9 * 8 + field * 8, &value, sizeof value);
                QVERIFY2(refused(forged), qPrintable(QStringLiteral("%1 %2").arg(field).arg(value)));
            }
        std::vector<std::uint8_t> forged = whole;
        forged[forged.size() - 9 * 8 - 2 * 24] = 200; // rows of the first image
        QVERIFY(refused(forged));
        QVERIFY(refused({whole.begin(), whole.end() - 9}));
        QVERIFY(refused({}));
        QVERIFY(!refused(whole));
    }
};

QTEST_GUILESS_MAIN(TestColumns)
#include "tst_columns.moc"
