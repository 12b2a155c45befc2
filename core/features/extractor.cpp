#include "core/features/extractor.h"

#include "core/base/error.h"

namespace likeness {

Features Extractor::extractText(const std::string &) const
{
    throw Error(ErrorKind::InvalidArgument,
                QT_TRANSLATE_NOOP("core",
                                  "this method looks for pictures only: texts need a model that was trained with "
                                  "them (CLIP)"),
                {});
}

} // namespace likeness
