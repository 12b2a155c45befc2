#pragma once

#include "core/data/workspace.h"
#include "core/search/engine.h"

#include <atomic>
#include <memory>
#include <mutex>

namespace likeness::ui {

/// The engine that was built last, of whose stages the next one takes what did not change.
struct LastEngine {
    std::shared_ptr<const Engine> get() const
    {
        const std::lock_guard lock(mutex);
        return engine;
    }
    void set(std::shared_ptr<const Engine> built)
    {
        const std::lock_guard lock(mutex);
        engine = std::move(built);
    }
    mutable std::mutex mutex;
    std::shared_ptr<const Engine> engine{};
};

/// The engine of one recipe and workspace, made by whichever lane needs it first; the other one waits for it.
class EngineSlot {
public:
    EngineSlot(Recipe recipe, std::shared_ptr<const Workspace> workspace, std::shared_ptr<FeatureCache> cache,
               std::shared_ptr<LastEngine> last)
        : m_recipe(std::move(recipe)),
          m_workspace(std::move(workspace)),
          m_cache(std::move(cache)),
          m_last(std::move(last))
    {
    }
    bool isReady() const { return m_ready; }
    /// Builds it at the first call. Throws Error, Cancelled.
    std::shared_ptr<const Engine> engine(TaskContext &context);

private:
    const Recipe m_recipe;
    const std::shared_ptr<const Workspace> m_workspace;
    const std::shared_ptr<FeatureCache> m_cache;
    const std::shared_ptr<LastEngine> m_last;
    std::timed_mutex m_mutex;
    std::shared_ptr<const Engine> m_engine; // guarded by m_mutex
    std::atomic<bool> m_ready = false;
};

} // namespace likeness::ui
