#pragma once

#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

// Marks a literal for lupdate without any Qt header; spelled as Qt does, so that both definitions agree.
#ifndef QT_TRANSLATE_NOOP
#define QT_TRANSLATE_NOOP(scope, x) x
#endif

namespace likeness {

enum class ErrorKind { InvalidArgument, NotFound, Io, Format, Unavailable };

struct MessageArgument;

/// A text that can be shown in the user's language: a literal marked QT_TRANSLATE_NOOP("core", ...) with %1 %2 ... and
/// what fills them: plain text or another message. `text` must outlive the message (a literal does).
struct Message {
    const char *text = "";
    std::vector<MessageArgument> args;

    std::string english() const;
    /// In the language of the installed translator; the English text without one. Thread-safe.
    std::string localised() const;
};

/// What fills one place of a message; a message inside another one is translated when the outer one is shown.
struct MessageArgument {
    MessageArgument(std::string text) : plain(std::move(text)) {}
    MessageArgument(const char *text) : plain(text) {}
    MessageArgument(Message message) { nested.push_back(std::move(message)); }

    std::string english() const { return nested.empty() ? plain : nested.front().english(); }
    std::string localised() const { return nested.empty() ? plain : nested.front().localised(); }

    std::string plain;
    std::vector<Message> nested{}; ///< one or none
};

/// What the user or the data can cause. Programmer errors are asserts, cancelling is `Cancelled`.
class Error : public std::runtime_error {
public:
    Error(ErrorKind kind, const char *text, std::vector<MessageArgument> args = {});
    ErrorKind kind() const { return m_kind; }
    const Message &message() const { return m_message; }

private:
    ErrorKind m_kind;
    Message m_message;
};

/// What any exception has to say: an Error's own message, else its text.
Message messageOf(const std::exception &exception);
Message messageOf(const std::exception_ptr &exception);

/// Thrown by TaskContext::checkCancelled(); nothing went wrong.
struct Cancelled {};

/// One input that failed while the batch went on.
struct Problem {
    std::string file;
    Message reason;
    /// File and reason in the user's language; the file once, as most reasons name it themselves.
    std::string line() const;
};

} // namespace likeness
