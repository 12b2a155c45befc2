#pragma once

#include "core/commands/common_arguments.h"

namespace likeness {

struct MatchCommand : CommonArguments {
    static constexpr const char *name = "match";
    static constexpr const char *help = QT_TRANSLATE_NOOP("core", "Match two images by keypoints and a homography");
    std::string a, b, preset = "default", homography;
    OutputFile out;
    std::vector<std::string> overrides; ///< "match.key=value" or "key=value"

    Arguments arguments();
};

} // namespace likeness
