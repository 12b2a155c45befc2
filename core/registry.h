#pragma once

#include "core/base/params.h"
#include "core/features/extractor.h"
#include "core/index/index.h"
#include "core/rank/fusion.h"
#include "core/rank/ranker.h"
#include "core/train/objectives.h"
#include "core/vectors/transform.h"

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

/// THE lists, in the order in which they are shown.
std::span<const Stage<Extractor>> extractors();
std::span<const Stage<Index>> indexes();
std::span<const Stage<Fusion>> fusions();
std::span<const Stage<Transform>> transforms();
std::span<const Stage<Ranker>> rankers();
std::span<const Stage<Objective>> objectives();

/// What a stage of a recipe is.
enum class StageKind { Extractor, Transform, Index, Fusion, Ranker };
/// One of the lists without its parts, in its order.
std::vector<const StageInfo *> stagesOfKind(StageKind kind);

/// Throws Error{NotFound} that names the nearest id.
const StageInfo &stageById(StageKind kind, std::string_view id);
const Stage<Extractor> &extractorById(std::string_view id);
const Stage<Index> &indexById(std::string_view id);
const Stage<Fusion> &fusionById(std::string_view id);
const Stage<Transform> &transformById(std::string_view id);
const Stage<Ranker> &rankerById(std::string_view id);
const Stage<Objective> &objectiveById(std::string_view id);

} // namespace likeness
