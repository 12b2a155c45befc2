#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace likeness {

// What may be written where: a folder that is missing, empty or carries our mark; a file that is not there yet.

/// How a folder of ours is known.
struct FolderMark {
    std::string file; ///< in the folder; nothing else in it matters where this one is ours
    std::function<bool(const std::filesystem::path &file)> isOurs;
    /// Files that a writer of ours leaves when it is killed before the mark is written, whole or still beside their
    /// name. The mark itself, half written, always is one.
    std::function<bool(const std::string &name)> isLeftover = [](const std::string &) { return false; };
};

/// Why the folder is not ours to fill, naming what it holds; nothing where it is. Looks only.
std::optional<Message> refusalToFill(const std::filesystem::path &folder, const FolderMark &mark);
/// Throws Error{InvalidArgument} with that reason.
void requireOwnFolder(const std::filesystem::path &folder, const FolderMark &mark);

/// Why the file cannot be written without replacing one; nothing for a new one, a pipe or a device.
std::optional<Message> refusalToReplace(const std::filesystem::path &file);

} // namespace likeness
