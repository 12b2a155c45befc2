#pragma once

#include "core/base/stage.h"
#include "core/features/extractor.h"
#include "core/index/index.h"
#include "core/rank/fusion.h"
#include "core/rank/ranker.h"
#include "core/vectors/transform.h"

#include <span>

namespace likeness {

/// THE lists, in the order in which they are shown.
std::span<const Stage<Extractor>> extractors();
std::span<const Stage<Index>> indexes();
std::span<const Stage<Fusion>> fusions();
std::span<const Stage<Transform>> transforms();
std::span<const Stage<Ranker>> rankers();

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

} // namespace likeness
