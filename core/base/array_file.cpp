#include "core/base/array_file.h"

#include "core/base/error.h"

namespace likeness {

void ArrayFileReader::refuse() const
{
    throw Error(ErrorKind::Format,
                QT_TRANSLATE_NOOP("core", "%1 is damaged (%2): build the index again, the images are not touched"),
                {toUtf8(m_path), Message{QT_TRANSLATE_NOOP("core", "its numbers do not fit together"), {}}});
}

} // namespace likeness
