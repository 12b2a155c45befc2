#include "core/base/error.h"
#include "core/data/image.h"
#include "core/data/image_set.h"
#include "core/data/workspace.h"
#include "tests/support/pictures.h"
#include "tests/support/recording_context.h"

#include <QBuffer>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <turbojpeg.h>

using namespace likeness;
using test::testPicture;

namespace {

std::vector<std::uint8_t> encoded(const QImage &image, const char *format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, format))
        qFatal("no writer for %s", format);
    return {bytes.begin(), bytes.end()};
}

/// The JPEG with an EXIF block that holds nothing but an orientation.
std::vector<std::uint8_t> withOrientation(const std::vector<std::uint8_t> &jpeg, std::uint8_t orientation)
{
    const std::vector<std::uint8_t> block{0xff, 0xe1, 0, 34, 'E',         'x', 'i', 'f', 0,    0,    'I', 'I',
                                          42,   0,    8, 0,  0,           0,   1,   0,   0x12, 0x01, 3,   0,
                                          1,    0,    0, 0,  orientation, 0,   0,   0,   0,    0,    0,   0};
    std::vector<std::uint8_t> out(jpeg.begin(), jpeg.begin() + 2);
    out.insert(out.end(), block.begin(), block.end());
    out.insert(out.end(), jpeg.begin() + 2, jpeg.end());
    return out;
}

std::string reasonOf(const std::vector<std::uint8_t> &bytes, const std::string &name)
{
    try {
        decodeImage(bytes, name);
    } catch (const Error &error) {
        return error.what();
    }
    return {};
}

double worst(const cv::Mat &a, const cv::Mat &b)
{
    return a.size() == b.size() && a.type() == b.type() ? cv::norm(a, b, cv::NORM_INF) : 1e9;
}

} // namespace

class TestImage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pngIsDecodedExactly()
    {
        const cv::Mat picture = testPicture(1, 37, 21);
        const QImage image(picture.data, picture.cols, picture.rows, qsizetype(picture.step), QImage::Format_BGR888);
        const Image decoded = decodeImage(encoded(image, "PNG"), "a.png");
        QCOMPARE(worst(decoded.pixels, picture), 0.0);
        QCOMPARE(decoded.fullSize.width, 37);
    }

    void contentDecidesNotTheName()
    {
        cv::Mat smooth;
        cv::GaussianBlur(testPicture(0, 64, 48), smooth, {}, 4);
        QVERIFY(worst(decodeImage(encodeJpeg(smooth, 95), "jpeg_named.png").pixels, smooth) < 20);
    }

    void exifOrientationIsApplied_data()
    {
        QTest::addColumn<int>("orientation");
        for (int orientation = 1; orientation <= 8; ++orientation)
            QTest::addRow("%d", orientation) << orientation;
    }

    void exifOrientationIsApplied()
    {
        QFETCH(int, orientation);
        const auto jpeg = encodeJpeg(testPicture(0, 64, 48), 95);
        const cv::Mat stored = decodeImage(jpeg, "a").pixels;
        const Image upright = decodeImage(withOrientation(jpeg, std::uint8_t(orientation)), "a");
        cv::Mat expected = stored;
        // EXIF 2.3, tag 0x0112: what brings the stored picture upright.
        if (orientation == 2 || orientation == 5 || orientation == 7)
            cv::flip(stored, expected, 1);
        if (orientation == 3)
            cv::rotate(stored, expected, cv::ROTATE_180);
        if (orientation == 4)
            cv::flip(stored, expected, 0);
        if (orientation == 5)
            cv::rotate(expected.clone(), expected, cv::ROTATE_90_COUNTERCLOCKWISE);
        if (orientation == 6)
            cv::rotate(stored, expected, cv::ROTATE_90_CLOCKWISE);
        if (orientation == 7)
            cv::rotate(expected.clone(), expected, cv::ROTATE_90_CLOCKWISE);
        if (orientation == 8)
            cv::rotate(stored, expected, cv::ROTATE_90_COUNTERCLOCKWISE);
        QCOMPARE(worst(upright.pixels, expected), 0.0);
        QCOMPARE(upright.fullSize, expected.size());
    }

    void reducedDecodeKeepsTheShortSide()
    {
        const auto jpeg = encodeJpeg(testPicture(0, 640, 480), 90);
        const Image small = decodeImage(jpeg, "a", {Colour::Bgr, 100});
        QCOMPARE(small.pixels.size(), cv::Size(160, 120));
        QCOMPARE(small.fullSize, cv::Size(640, 480));
        QCOMPARE(decodeImage(jpeg, "a", {Colour::Grey, 480}).pixels.size(), cv::Size(640, 480));
        QCOMPARE(decodeImage(jpeg, "a", {Colour::Grey, 0}).pixels.type(), CV_8UC1);
    }

    void alphaIsCompositedOnWhite()
    {
        QImage image(2, 1, QImage::Format_RGBA8888);
        image.setPixelColor(0, 0, QColor(255, 0, 0, 0));
        image.setPixelColor(1, 0, QColor(0, 0, 0, 128));
        const cv::Mat decoded = decodeImage(encoded(image, "PNG"), "rgba.png").pixels;
        QCOMPARE(decoded.at<cv::Vec3b>(0, 0), cv::Vec3b(255, 255, 255));
        QCOMPARE(decoded.at<cv::Vec3b>(0, 1), cv::Vec3b(127, 127, 127));
    }

    void sixteenBitsAreScaled()
    {
        QImage image(1, 1, QImage::Format_Grayscale16);
        *reinterpret_cast<quint16 *>(image.bits()) = 0x80ff;
        QCOMPARE(int(decodeImage(encoded(image, "PNG"), "gray16.png").pixels.at<cv::Vec3b>(0, 0)[1]), 0x80);
    }

    void cmykJpegKeepsItsColours()
    {
        // Adobe's inverted CMYK: (255, 0, 0, 255) is "all of red's light".
        const std::vector<std::uint8_t> pixels = [] {
            std::vector<std::uint8_t> list;
            for (int i = 0; i < 64; ++i)
                list.insert(list.end(), {255, 0, 0, 255});
            return list;
        }();
        const tjhandle jpeg = tjInitCompress();
        unsigned char *data = nullptr;
        unsigned long size = 0;
        QCOMPARE(tjCompress2(jpeg, pixels.data(), 8, 0, 8, TJPF_CMYK, &data, &size, TJSAMP_444, 100, 0), 0);
        const cv::Vec3b pixel = decodeImage(std::span(data, size), "cmyk.jpg").pixels.at<cv::Vec3b>(4, 4);
        tjFree(data);
        tjDestroy(jpeg);
        QVERIFY(pixel[2] > 240 && pixel[1] < 15 && pixel[0] < 15);
    }

    void otherFormatsLoad_data()
    {
        QTest::addColumn<QByteArray>("format");
        for (const char *format : {"BMP", "PPM", "WEBP", "TIFF"})
            QTest::addRow("%s", format) << QByteArray(format);
    }

    void otherFormatsLoad()
    {
        QFETCH(QByteArray, format);
        QImage image(20, 10, QImage::Format_RGB32);
        image.fill(QColor(10, 200, 90));
        const Image decoded = decodeImage(encoded(image, format.constData()), "a");
        QCOMPARE(decoded.pixels.size(), cv::Size(20, 10));
        QVERIFY(std::abs(decoded.pixels.at<cv::Vec3b>(5, 5)[1] - 200) < 8);
    }

    void firstFrameOfAGifLoads()
    {
        // A 1 x 1 GIF with one red frame, then a blue one.
        const std::vector<std::uint8_t> gif{'G', 'I',  'F', '8', '9', 'a', 1, 0, 1, 0, 0x80, 0, 0, 255,  0, 0, 0,    0,
                                            255, 0x2c, 0,   0,   0,   0,   1, 0, 1, 0, 0,    2, 2, 0x44, 1, 0, 0x2c, 0,
                                            0,   0,    0,   1,   0,   1,   0, 0, 2, 2, 0x4c, 1, 0, 0x3b};
        QCOMPARE(decodeImage(gif, "animated.gif").pixels.at<cv::Vec3b>(0, 0), cv::Vec3b(0, 0, 255));
    }

    void brokenFilesAreRefusedWithNameAndCause()
    {
        QVERIFY(reasonOf({}, "empty.jpg").find("empty.jpg is empty") != std::string::npos);
        const std::string text = "this is no image";
        QVERIFY(reasonOf({text.begin(), text.end()}, "text.png").find("text.png is not an image") != std::string::npos);
        auto jpeg = encodeJpeg(testPicture(0, 320, 240), 90);
        jpeg.resize(jpeg.size() / 3);
        QVERIFY(reasonOf(jpeg, "truncated.jpg").find("truncated.jpg cannot be decoded") != std::string::npos);
    }

    void hugePictureIsRefusedByItsHeader()
    {
        QImage image(1, 1, QImage::Format_Grayscale8);
        auto png = encoded(image, "PNG");
        // The size stands in bytes 16 to 23; the checksum of the header chunk is renewed.
        const auto put = [&](std::size_t at, std::uint32_t value) {
            for (int i = 0; i < 4; ++i)
                png[at + std::size_t(i)] = std::uint8_t(value >> (24 - 8 * i));
        };
        put(16, 60000);
        put(20, 60000);
        std::uint32_t crc = 0xffffffffu;
        for (std::size_t i = 12; i < 29; ++i) {
            crc ^= png[i];
            for (int bit = 0; bit < 8; ++bit)
                crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320u : 0);
        }
        put(29, ~crc);
        const std::string reason = reasonOf(png, "bomb.png");
        QVERIFY2(reason.find("bomb.png is refused: 60000 x 60000") != std::string::npos, reason.c_str());
    }

    void scanFindsNestedImagesInNameOrder()
    {
        const QTemporaryDir dir;
        const std::filesystem::path root = dir.path().toStdString();
        for (const char *name :
             {"b.JPG", "a.png", "sub/图片 查询.jpg", "A.jpg", ".hidden/x.jpg", ".x.jpg", "notes.txt"})
            test::writeText(root / name, "x");
        std::filesystem::create_directories(root / "folder_named.jpg");
        const ImageSet set = ImageSet::scan(root);
        QStringList names;
        for (const ImageRef &image : set.images())
            names << QString::fromStdString(image.name);
        QCOMPARE(names, QStringList({"A.jpg", "a.png", "b.JPG", QString::fromUtf8("sub/图片 查询.jpg")}));
        QCOMPARE(set.find("b.JPG"), std::optional<ImageId>(2));
        QVERIFY(!set.find("B.jpg"));
        const ImageSet copy = [set] { return set; }();
        QCOMPARE(copy.find("a.png"), std::optional<ImageId>(1));
    }

    void missingFolderIsAnError() { QVERIFY_THROWS_EXCEPTION(Error, ImageSet::scan("/nowhere")); }

    void anyFolderIsAGallery()
    {
        const QTemporaryDir dir;
        test::writeText(std::filesystem::path(dir.path().toStdString()) / "a.jpg", "x");
        const Workspace workspace = Workspace::open(dir.path().toStdString());
        QCOMPARE(workspace.gallery.size(), 1);
        QVERIFY(workspace.queries.empty());
        QVERIFY_THROWS_EXCEPTION(Error, requireQueries(workspace));
    }

    void badGroundTruthIsAProblemNotAnEnd()
    {
        const QTemporaryDir dir;
        const std::filesystem::path root = dir.path().toStdString();
        test::writeText(root / "dataset/a.jpg", "x");
        test::writeText(root / "ground_truth.csv", "query;source\n");
        test::RecordingContext context;
        const Workspace workspace = Workspace::open(root, context);
        QVERIFY(!workspace.truth);
        QCOMPARE(context.problems.size(), std::size_t(1));
        QVERIFY(context.problems[0].reason.english().find("line 1") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestImage)
#include "tst_image.moc"
