#pragma once

#include "core/base/error.h"
#include "core/base/params.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <span>

namespace likeness {

/// What is known of a stage without making one. `version` is raised when the output changes: old cache entries stop
/// matching.
struct StageInfo {
    std::string id;
    const char *title;   ///< marked QT_TRANSLATE_NOOP("core", ...), as is the summary
    const char *summary; ///< what it does and when to use it, one or two sentences
    int version;
    std::vector<ParamSpec> params;
};

template <class Part> struct Stage : StageInfo {
    std::function<std::unique_ptr<Part>(const ParamValues &)> create; ///< values as checkedValues() returns them
};

/// One entry of a list of stages.
template <class Part, class Options> Stage<Part> stage(std::string id, const char *title, const char *summary,
                                                       int version, std::unique_ptr<Part> (*make)(const Options &))
{
    return {{std::move(id), title, summary, version, specsOf<Options>()},
            [make](const ParamValues &values) { return make(optionsFrom<Options>(values)); }};
}

/// Throws Error{NotFound} that names the nearest id.
template <class Part> const Stage<Part> &stageOf(std::span<const Stage<Part>> stages, std::string_view id)
{
    const auto found = std::ranges::find(stages, id, &StageInfo::id);
    if (found != stages.end())
        return *found;
    std::vector<std::string> known;
    for (const auto &stage : stages)
        known.push_back(stage.id);
    throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "there is no stage \"%1\"; the nearest is \"%2\""),
                {std::string(id), nearest(id, known)});
}

} // namespace likeness
