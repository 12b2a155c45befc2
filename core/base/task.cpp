#include "core/base/task.h"

namespace likeness {

void TaskContext::stage(const char *, int, int, Unit) {}
void TaskContext::progress(std::int64_t, std::int64_t) {}
void TaskContext::problem(const Problem &) {}

void TaskContext::checkCancelled() const
{
    if (isCancelled())
        throw Cancelled{};
}

TaskContext &TaskContext::none()
{
    static TaskContext context;
    return context;
}

} // namespace likeness
