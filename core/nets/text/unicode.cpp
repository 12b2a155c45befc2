#include "core/nets/text/unicode.h"

#include <QList>
#include <QString>
#include <QStringDecoder>

namespace likeness {

namespace {

QString textOf(std::string_view utf8)
{
    // QString::fromUtf8() would drop a byte order mark.
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decoder(QByteArrayView(utf8.data(), static_cast<qsizetype>(utf8.size())));
}

} // namespace

std::u32string codePoints(std::string_view utf8)
{
    const auto points = textOf(utf8).toUcs4();
    std::u32string result;
    for (const uint point : points)
        result.push_back(point);
    return result;
}

std::string utf8Of(std::u32string_view points)
{
    QString text;
    for (const char32_t point : points) // QString::fromUcs4() would drop a byte order mark
        text += QChar::fromUcs4(point);
    return text.toStdString();
}

bool isLetter(char32_t point)
{
    return QChar::isLetter(point);
}

bool isNumber(char32_t point)
{
    const auto category = QChar::category(point);
    return category == QChar::Number_DecimalDigit || category == QChar::Number_Letter ||
           category == QChar::Number_Other;
}

bool isWhiteSpace(char32_t point)
{
    return (point >= 9 && point <= 13) || point == 0x85 || QChar::isSpace(point);
}

bool isPunctuation(char32_t point)
{
    return QChar::category(point) >= QChar::Punctuation_Connector && QChar::category(point) <= QChar::Punctuation_Other;
}

bool isNonspacingMark(char32_t point)
{
    return QChar::category(point) == QChar::Mark_NonSpacing;
}

bool isOther(char32_t point)
{
    const auto category = QChar::category(point);
    return category >= QChar::Other_Control && category <= QChar::Other_NotAssigned;
}

std::string lowered(std::string_view utf8)
{
    return textOf(utf8).toLower().toStdString();
}

std::string composed(std::string_view utf8)
{
    return textOf(utf8).normalized(QString::NormalizationForm_C).toStdString();
}

std::string decomposed(std::string_view utf8)
{
    return textOf(utf8).normalized(QString::NormalizationForm_D).toStdString();
}

} // namespace likeness
