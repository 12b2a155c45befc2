#pragma once

#include "core/commands/common_arguments.h"

namespace likeness {

struct TrainCommand : CommonArguments {
    static constexpr const char *name = "train";
    static constexpr const char *help = QT_TRANSLATE_NOOP("core", "Train a network on images, or on rendered scenes");
    std::vector<std::string> sources, overrides;
    std::string objective, preset, out;  ///< preset: of the augmentations
    std::optional<int> epochs, rendered; ///< rendered: scenes an epoch
    std::optional<std::int64_t> from;    ///< the step of a checkpoint
    bool resume = false, force = false;

    Arguments arguments();
};

} // namespace likeness
