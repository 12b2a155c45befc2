#pragma once

#include "core/base/error.h"

#include <cstdint>

namespace likeness {

/// What progress counts.
enum class Unit { Items, Bytes };

/// What long work needs from its caller: may I go on, how far am I, what went wrong. Every call is thread-safe and
/// cheap; the default implementation ignores everything and is never cancelled.
class TaskContext {
public:
    virtual ~TaskContext() = default;
    virtual bool isCancelled() const { return false; }
    /// A new stage begins; `index` counts from 1 to `count`. `title` is marked QT_TRANSLATE_NOOP("core", ...).
    virtual void stage(const char *title, int index, int count, Unit unit = Unit::Items);
    virtual void progress(std::int64_t done, std::int64_t total);
    virtual void problem(const Problem &problem);

    /// Throws Cancelled. Work calls it at least once an image.
    void checkCancelled() const;
    static TaskContext &none();
};

} // namespace likeness
