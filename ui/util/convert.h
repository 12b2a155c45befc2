#pragma once

#include "core/base/error.h"

#include <QImage>
#include <QString>
#include <QTransform>
#include <filesystem>
#include <opencv2/core/mat.hpp>
#include <vector>

namespace likeness::ui {

QString toQString(const std::filesystem::path &path);
inline QString toQString(const std::string &text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}
std::filesystem::path toPath(const QString &text);
QString toQString(const Message &message); ///< in the language of the program
QString coreText(const char *text);        ///< a literal marked QT_TRANSLATE_NOOP("core", ...)

/// A copy; CV_8UC1 or CV_8UC3 (BGR).
QImage toQImage(const cv::Mat &pixels);
/// The same map of points.
inline QTransform toTransform(const cv::Matx33d &m)
{
    return {m(0, 0), m(1, 0), m(2, 0), m(0, 1), m(1, 1), m(2, 1), m(0, 2), m(1, 2), m(2, 2)};
}
/// Lossless, for images that have no file (clipboard, a marked region).
std::vector<std::uint8_t> toPng(const QImage &image);

QString scoreText(float score);       ///< four digits, none behind the fourth decimal: it stands under pictures
QString byteText(qint64 bytes);       ///< "1.2 MB" in the locale's manner
QString durationText(double seconds); ///< "3 s", "2 min 10 s"

} // namespace likeness::ui
