#include "core/data/image.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/plain_text.h"

#include <QBuffer>
#include <QByteArray>
#include <QImage>
#include <QImageReader>
#include <algorithm>
#include <cstring>
#include <opencv2/core/version.hpp>
#include <opencv2/imgproc.hpp>
#include <turbojpeg.h>

namespace likeness {

namespace {

struct TurboHandle {
    tjhandle handle;
    ~TurboHandle() { tjDestroy(handle); }
};

[[noreturn]] void throwBroken(const std::string &name, const std::string &cause)
{
    throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 cannot be decoded: %2"), {name, cause});
}

void checkSize(const std::string &name, std::int64_t width, std::int64_t height)
{
    if (width * height > maxPixels)
        throw Error(ErrorKind::Format,
                    QT_TRANSLATE_NOOP("core", "%1 is refused: %2 x %3 pixels, at most %4 million are decoded"),
                    {name, std::to_string(width), std::to_string(height), std::to_string(maxPixels / 1'000'000)});
}

QByteArray wrapped(std::span<const std::uint8_t> bytes)
{
    return QByteArray::fromRawData(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
}

/// The EXIF orientation; a Qt reader is opened only where the file has an EXIF block at all.
QImageIOHandler::Transformations orientationOf(std::span<const std::uint8_t> bytes)
{
    static constexpr std::string_view mark{"Exif\0\0", 6};
    const std::string_view head(reinterpret_cast<const char *>(bytes.data()),
                                std::min<std::size_t>(bytes.size(), 1 << 17));
    if (head.find(mark) == std::string_view::npos)
        return QImageIOHandler::TransformationNone;
    QByteArray data = wrapped(bytes);
    QBuffer buffer(&data);
    return QImageReader(&buffer, "jpeg").transformation();
}

/// Qt's transformation: mirror and flip first, then a quarter turn clockwise.
void applyOrientation(cv::Mat &pixels, QImageIOHandler::Transformations orientation)
{
    const bool mirror = orientation & QImageIOHandler::TransformationMirror;
    const bool flip = orientation & QImageIOHandler::TransformationFlip;
    if (mirror || flip)
        cv::flip(pixels, pixels, mirror && flip ? -1 : mirror ? 1 : 0);
    if (orientation & QImageIOHandler::TransformationRotate90)
        cv::rotate(pixels, pixels, cv::ROTATE_90_CLOCKWISE);
}

/// Adobe's CMYK is stored inverted, so that each channel is already "how much light".
cv::Mat fromInvertedCmyk(const cv::Mat &cmyk, Colour colour)
{
    cv::Mat bgr(cmyk.size(), CV_8UC3);
    for (int y = 0; y < cmyk.rows; ++y) {
        const auto *in = cmyk.ptr<cv::Vec4b>(y);
        auto *out = bgr.ptr<cv::Vec3b>(y);
        for (int x = 0; x < cmyk.cols; ++x) {
            const int k = in[x][3];
            for (int c = 0; c < 3; ++c)
                out[x][c] = static_cast<std::uint8_t>((in[x][2 - c] * k + 127) / 255);
        }
    }
    if (colour == Colour::Grey)
        cv::cvtColor(bgr, bgr, cv::COLOR_BGR2GRAY);
    return bgr;
}

/// The smallest n/8 scaling whose short side still has `minShortSidePx`.
cv::Size scaledSize(cv::Size full, int minShortSidePx)
{
    if (minShortSidePx <= 0)
        return full;
    for (int n = 1; n < 8; ++n) {
        const tjscalingfactor factor{n, 8};
        const cv::Size size(TJSCALED(full.width, factor), TJSCALED(full.height, factor));
        if (std::min(size.width, size.height) >= minShortSidePx)
            return size;
    }
    return full;
}

Image decodeJpeg(std::span<const std::uint8_t> bytes, const std::string &name, DecodeSpec spec)
{
    const TurboHandle jpeg{tjInitDecompress()};
    int width = 0, height = 0, subsampling = 0, space = 0;
    if (tjDecompressHeader3(jpeg.handle, bytes.data(), bytes.size(), &width, &height, &subsampling, &space) != 0)
        throwBroken(name, tjGetErrorStr2(jpeg.handle));
    checkSize(name, width, height);
    const bool cmyk = space == TJCS_CMYK || space == TJCS_YCCK;
    const bool grey = spec.colour == Colour::Grey;
    const cv::Size size = scaledSize({width, height}, spec.minShortSidePx);
    cv::Mat pixels(size, cmyk ? CV_8UC4 : grey ? CV_8UC1 : CV_8UC3);
    const int format = cmyk ? TJPF_CMYK : grey ? TJPF_GRAY : TJPF_BGR;
    if (tjDecompress2(jpeg.handle, bytes.data(), bytes.size(), pixels.data, size.width, static_cast<int>(pixels.step),
                      size.height, format, 0) != 0) {
        // Warnings such as stray bytes before a marker leave a whole picture; a file that ends early does not.
        const std::string cause = tjGetErrorStr2(jpeg.handle);
        if (tjGetErrorCode(jpeg.handle) != TJERR_WARNING || cause.find("remature end") != std::string::npos)
            throwBroken(name, cause);
    }
    if (cmyk)
        pixels = fromInvertedCmyk(pixels, spec.colour);
    const auto orientation = orientationOf(bytes);
    applyOrientation(pixels, orientation);
    const bool turned = orientation & QImageIOHandler::TransformationRotate90;
    return {pixels, turned ? cv::Size(height, width) : cv::Size(width, height)};
}

cv::Mat onWhite(const QImage &image)
{
    cv::Mat bgr(image.height(), image.width(), CV_8UC3);
    constexpr int band = 64; // rows at a time: a second copy of a huge picture would not fit
    for (int y0 = 0; y0 < bgr.rows; y0 += band) {
        const int rows = std::min(band, bgr.rows - y0);
        const QImage rgba = image.copy(0, y0, image.width(), rows).convertToFormat(QImage::Format_RGBA8888);
        for (int y = 0; y < rows; ++y) {
            const uchar *in = rgba.constScanLine(y);
            auto *out = bgr.ptr<cv::Vec3b>(y0 + y);
            for (int x = 0; x < bgr.cols; ++x, in += 4)
                for (int c = 0; c < 3; ++c)
                    out[x][c] = static_cast<std::uint8_t>((in[2 - c] * in[3] + 255 * (255 - in[3]) + 127) / 255);
        }
    }
    return bgr;
}

Image decodeByQt(std::span<const std::uint8_t> bytes, const std::string &name, Colour colour)
{
    // Qt's own limit of 128 MB would refuse pictures that ours allows; ours is checked in the header.
    static const bool limitRaised = (QImageReader::setAllocationLimit(0), true);
    (void)limitRaised;
    QByteArray data = wrapped(bytes);
    QBuffer buffer(&data);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    if (!reader.canRead())
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 is not an image in a known format"), {name});
    const QSize size = reader.size();
    if (!size.isValid())
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 has no size in its header"), {name});
    checkSize(name, size.width(), size.height());
    const QImage image = reader.read();
    if (image.isNull())
        throwBroken(name, reader.errorString().toStdString());
    cv::Mat pixels = onWhite(image);
    if (colour == Colour::Grey)
        cv::cvtColor(pixels, pixels, cv::COLOR_BGR2GRAY);
    return {pixels, pixels.size()};
}

} // namespace

Image decodeImage(std::span<const std::uint8_t> bytes, const std::string &name, DecodeSpec spec)
{
    if (bytes.empty())
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 is empty (0 bytes)"), {name});
    if (bytes.size() > 2 && bytes[0] == 0xff && bytes[1] == 0xd8)
        return decodeJpeg(bytes, name, spec);
    return decodeByQt(bytes, name, spec.colour);
}

Image loadImage(const std::filesystem::path &path, DecodeSpec spec)
{
    return decodeImage(readFile(path), toUtf8(path), spec);
}

std::vector<std::uint8_t> encodeJpeg(const cv::Mat &pixels, int quality)
{
    const TurboHandle jpeg{tjInitCompress()};
    const bool grey = pixels.channels() == 1;
    unsigned char *data = nullptr;
    unsigned long size = 0;
    const int failed =
        tjCompress2(jpeg.handle, pixels.data, pixels.cols, static_cast<int>(pixels.step), pixels.rows,
                    grey ? TJPF_GRAY : TJPF_BGR, &data, &size, grey ? TJSAMP_GRAY : TJSAMP_420, quality, 0);
    const std::unique_ptr<unsigned char, void (*)(unsigned char *)> owner(data, tjFree);
    if (failed)
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "the picture cannot be written as JPEG: %1"),
                    {tjGetErrorStr2(jpeg.handle)});
    return {data, data + size};
}

std::vector<std::uint8_t> encodePng(const cv::Mat &pixels)
{
    const auto format = pixels.type() == CV_8UC1 ? QImage::Format_Grayscale8 : QImage::Format_BGR888;
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QImage(pixels.data, pixels.cols, pixels.rows, static_cast<qsizetype>(pixels.step), format).save(&buffer, "PNG");
    return {buffer.data().begin(), buffer.data().end()};
}

std::string jpegDataUrl(const cv::Mat &pixels, int quality)
{
    const auto jpeg = encodeJpeg(pixels, quality);
    const QByteArray bytes(reinterpret_cast<const char *>(jpeg.data()), static_cast<qsizetype>(jpeg.size()));
    return "data:image/jpeg;base64," + bytes.toBase64().toStdString();
}

std::string decoderVersions()
{
    return std::string("qt=") + qVersion() + "|opencv=" CV_VERSION "|jpeg=islow";
}

std::span<const char *const> imageExtensions()
{
    static constexpr const char *known[] = {"jpg",  "jpeg", "jpe",  "jfif", "png", "gif", "bmp", "dib", "webp", "tif",
                                            "tiff", "avif", "heic", "heif", "pbm", "pgm", "ppm", "tga", "ico"};
    return known;
}

bool hasImageExtension(const std::filesystem::path &path)
{
    std::string extension = path.extension().string();
    std::ranges::transform(extension, extension.begin(), lowerAscii);
    return std::ranges::any_of(imageExtensions(),
                               [&](std::string_view known) { return "." + std::string(known) == extension; });
}

} // namespace likeness
