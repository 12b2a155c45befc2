#include "core/features/extractor.h"

#include "core/base/error.h"

namespace likeness {

std::vector<Features> Extractor::extractMany(std::span<const Image> images, Role role) const
{
    std::vector<Features> all;
    for (const Image &image : images)
        all.push_back(extract(image, role));
    return all;
}

Features Extractor::extractText(const std::string &) const
{
    throw Error(ErrorKind::InvalidArgument,
                QT_TRANSLATE_NOOP("core",
                                  "this method looks for pictures only: texts need a model that was trained with "
                                  "them (CLIP)"),
                {});
}

} // namespace likeness
