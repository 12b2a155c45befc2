#include "ui/engine_slot.h"

#include <chrono>

namespace likeness::ui {

std::shared_ptr<const Engine> EngineSlot::engine(TaskContext &context)
{
    using namespace std::chrono_literals;
    while (!m_mutex.try_lock_for(20ms))
        context.checkCancelled();
    const std::lock_guard lock(m_mutex, std::adopt_lock);
    if (!m_engine) {
        m_engine = Engine::build(m_recipe, m_workspace->gallery, m_cache, context, m_last->get());
        m_last->set(m_engine);
    }
    m_ready = true;
    return m_engine;
}

} // namespace likeness::ui
