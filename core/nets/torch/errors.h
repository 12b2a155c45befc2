#pragma once

#include "core/base/error.h"

#include <utility>

namespace likeness {

/// LibTorch and oneDNN throw their own errors, with the stack behind the first line: what `work` throws becomes an
/// Error{Format}.
template <class Work> auto asOwnErrors(Work &&work)
{
    try {
        return std::forward<Work>(work)();
    } catch (const Error &) {
        throw;
    } catch (const std::exception &error) {
        const std::string text = error.what();
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "the network cannot run: %1"),
                    {text.substr(0, text.find('\n'))});
    }
}

} // namespace likeness
