#pragma once

#include "core/base/error.h"

#include <filesystem>

namespace likeness {

/// Of a file of an index on disk: throws Error{Format} that names it, or the folder, and the cause, and says what to
/// do.
[[noreturn]] void refuseDamaged(const std::filesystem::path &file, MessageArgument cause);
/// The same where lengths and counts contradict each other.
[[noreturn]] void refuseNumbers(const std::filesystem::path &file);

} // namespace likeness
