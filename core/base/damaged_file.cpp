#include "core/base/damaged_file.h"

#include "core/base/file.h"

namespace likeness {

void refuseDamaged(const std::filesystem::path &file, MessageArgument cause)
{
    throw Error(ErrorKind::Format,
                QT_TRANSLATE_NOOP("core", "%1 is damaged (%2): build the index again, the images are not touched"),
                {toUtf8(file), std::move(cause)});
}

void refuseNumbers(const std::filesystem::path &file)
{
    refuseDamaged(file, Message{QT_TRANSLATE_NOOP("core", "its numbers do not fit together"), {}});
}

} // namespace likeness
