#include "core/base/error.h"

#include <QCoreApplication>
#include <new>

namespace likeness {

namespace {

std::string filled(std::string text, const std::vector<std::string> &args)
{
    for (std::size_t i = args.size(); i-- > 0;) {
        const std::string mark = "%" + std::to_string(i + 1);
        for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + args[i].size()))
            text.replace(at, mark.size(), args[i]);
    }
    return text;
}

} // namespace

std::string Message::english() const
{
    return filled(text, args);
}

std::string Message::localised() const
{
    return filled(QCoreApplication::translate("core", text).toStdString(), args);
}

Message messageOf(const std::exception &exception)
{
    if (const auto *error = dynamic_cast<const Error *>(&exception))
        return error->message();
    if (dynamic_cast<const std::bad_alloc *>(&exception))
        return {QT_TRANSLATE_NOOP("core", "out of memory"), {}};
    return {"%1", {exception.what()}};
}

Message messageOf(const std::exception_ptr &exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (const std::exception &known) {
        return messageOf(known);
    } catch (...) {
        return {QT_TRANSLATE_NOOP("core", "an error without a name"), {}};
    }
}

Error::Error(ErrorKind kind, const char *text, std::vector<std::string> args)
    : std::runtime_error(filled(text, args)), m_kind(kind), m_message{text, std::move(args)}
{
}

} // namespace likeness
