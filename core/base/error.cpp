#include "core/base/error.h"

#include <QCoreApplication>
#include <new>
#include <string_view>

namespace likeness {

namespace {

/// In one pass, so that a "%1" inside an argument stays what it is.
template <class Shown> std::string filled(std::string_view text, const std::vector<MessageArgument> &args, Shown shown)
{
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::size_t number = at + 1 < text.size() && text[at] == '%' ? std::size_t(text[at + 1] - '0') : 0;
        if (number >= 1 && number <= 9 && number <= args.size()) {
            result += shown(args[number - 1]);
            ++at;
        } else {
            result += text[at];
        }
    }
    return result;
}

std::string englishOf(const char *text, const std::vector<MessageArgument> &args)
{
    return filled(text, args, [](const MessageArgument &arg) { return arg.english(); });
}

} // namespace

std::string Message::english() const
{
    return englishOf(text, args);
}

std::string Message::localised() const
{
    return filled(QCoreApplication::translate("core", text).toStdString(), args,
                  [](const MessageArgument &arg) { return arg.localised(); });
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

Error::Error(ErrorKind kind, const char *text, std::vector<MessageArgument> args)
    : std::runtime_error(englishOf(text, args)), m_kind(kind), m_message{text, std::move(args)}
{
}

std::string Problem::line() const
{
    const std::string text = reason.localised();
    return text.find(file) != std::string::npos ? text : file + ": " + text;
}

} // namespace likeness
