#include "core/base/own_folder.h"

#include "core/base/file.h"

#include <algorithm>
#include <vector>

namespace likeness {

namespace fs = std::filesystem;

std::optional<Message> refusalToFill(const fs::path &folder, const FolderMark &mark)
{
    std::error_code error;
    if (!fs::exists(fs::symlink_status(folder, error)))
        return std::nullopt;
    std::vector<std::string> foreign;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::string name = it->path().filename().string();
        if (name == mark.file && mark.isOurs(it->path()))
            return std::nullopt;
        const auto target = fileOfAside(name);
        if (!mark.isLeftover(target.value_or(name)) && target != mark.file)
            foreign.push_back(name);
    }
    if (error)
        return Message{QT_TRANSLATE_NOOP("core", "%1 cannot be written: %2"), {toUtf8(folder), error.message()}};
    if (foreign.empty())
        return std::nullopt;
    return Message{QT_TRANSLATE_NOOP("core", "%1 holds other files (%2): choose a new or empty folder"),
                   {toUtf8(folder), *std::ranges::min_element(foreign)}};
}

void requireOwnFolder(const fs::path &folder, const FolderMark &mark)
{
    if (const auto refusal = refusalToFill(folder, mark))
        throw Error(ErrorKind::InvalidArgument, refusal->text, refusal->args);
}

std::optional<Message> refusalToReplace(const fs::path &file)
{
    std::error_code error;
    if (fs::is_directory(file, error))
        return Message{QT_TRANSLATE_NOOP("core", "%1 is a folder: name a file"), {toUtf8(file)}};
    // /dev/stdout may lead to a file that the shell was asked to write.
    if (!file.string().starts_with("/dev/") && fs::is_regular_file(file, error))
        return Message{
            QT_TRANSLATE_NOOP("core", "%1 is there already: choose another name, or replace it with --force"),
            {toUtf8(file)}};
    return std::nullopt;
}

} // namespace likeness
