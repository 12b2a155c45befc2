#pragma once

#include "core/base/error.h"

#include <utility>

namespace likeness {

/// What an error of LibTorch says, without the stack behind its first line.
inline std::string firstLineOf(const std::exception &error)
{
    const std::string text = error.what();
    return text.substr(0, text.find('\n'));
}

/// LibTorch and oneDNN throw their own errors: what `work` throws becomes an
/// Error{Format}.
template <class Work> auto asOwnErrors(Work &&work)
{
    try {
        return std::forward<Work>(work)();
    } catch (const Error &) {
        throw;
    } catch (const std::exception &error) {
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "the network cannot run: %1"), {firstLineOf(error)});
    }
}

} // namespace likeness
