#pragma once

#include "ui/engine_slot.h"

namespace likeness::ui {

/// A first answer by a fast recipe, to look at while the chosen one extracts a gallery that it has not seen before.
class QuickLook {
public:
    static constexpr const char *recipeId = "likeness-lite";

    QuickLook(std::shared_ptr<const Workspace> workspace, std::shared_ptr<FeatureCache> cache);
    /// No value where the chosen recipe is as fast, or has its features at hand. Throws Error, Cancelled.
    std::optional<QueryResult> answer(const Recipe &chosen, std::span<const QueryPart> parts, const std::string &name,
                                      int k, TaskContext &context);

private:
    const std::shared_ptr<const Workspace> m_workspace;
    const std::shared_ptr<FeatureCache> m_cache;
    EngineSlot m_fast;
};

} // namespace likeness::ui
