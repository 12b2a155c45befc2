#include "ui/util/convert.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QLocale>
#include <opencv2/imgproc.hpp>

namespace likeness::ui {

QString toQString(const std::filesystem::path &path)
{
    return toQString(path.string());
}

std::filesystem::path toPath(const QString &text)
{
    return text.toStdString();
}

QString toQString(const Message &message)
{
    return toQString(message.localised());
}

QString coreText(const char *text)
{
    return QCoreApplication::translate("core", text);
}

QImage toQImage(const cv::Mat &pixels)
{
    const auto format = pixels.channels() == 1 ? QImage::Format_Grayscale8 : QImage::Format_BGR888;
    return QImage(pixels.data, pixels.cols, pixels.rows, qsizetype(pixels.step), format).copy();
}

cv::Mat toMat(const QImage &image)
{
    QImage opaque(image.size(), QImage::Format_RGB32);
    opaque.fill(Qt::white);
    if (image.hasAlphaChannel()) {
        const QImage over = image.convertToFormat(QImage::Format_ARGB32);
        for (int y = 0; y < over.height(); ++y)
            for (int x = 0; x < over.width(); ++x) {
                const QRgb pixel = over.pixel(x, y);
                const auto mix = [a = qAlpha(pixel)](int c) { return (c * a + 255 * (255 - a) + 127) / 255; };
                opaque.setPixel(x, y, qRgb(mix(qRed(pixel)), mix(qGreen(pixel)), mix(qBlue(pixel))));
            }
    } else {
        opaque = image.convertToFormat(QImage::Format_RGB32);
    }
    const cv::Mat view(opaque.height(), opaque.width(), CV_8UC4, opaque.bits(), size_t(opaque.bytesPerLine()));
    cv::Mat bgr;
    cv::cvtColor(view, bgr, cv::COLOR_BGRA2BGR);
    return bgr;
}

std::vector<std::uint8_t> toPng(const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG", 90);
    return {bytes.begin(), bytes.end()};
}

QString byteText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

QString durationText(double seconds)
{
    const int whole = qMax(0, qRound(seconds));
    if (whole < 60)
        return QCoreApplication::translate("likeness::ui", "%1 s").arg(whole);
    return QCoreApplication::translate("likeness::ui", "%1 min %2 s").arg(whole / 60).arg(whole % 60);
}

} // namespace likeness::ui
