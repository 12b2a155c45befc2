#include "ui/util/convert.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QLocale>
#include <cmath>

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

std::vector<std::uint8_t> toPng(const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG", 90);
    return {bytes.begin(), bytes.end()};
}

QString scoreText(float score)
{
    return std::abs(score) < 1 ? QString::number(double(score), 'f', 4) : QString::number(double(score), 'g', 4);
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
