#pragma once

#include "core/base/hash.h"
#include "core/base/task.h"

#include <optional>
#include <vector>

namespace likeness {

/// Keeps what was fitted on a gallery (codebooks) between runs; the key says what it was fitted on and how.
class FitStore {
public:
    virtual ~FitStore() = default;
    virtual std::optional<std::vector<std::uint8_t>> fitted(const ContentHash &key) = 0;
    virtual void keepFitted(const ContentHash &key, std::vector<std::uint8_t> blob) = 0;
};

/// What fitting and building need beside the gallery.
struct FitContext {
    TaskContext &task;
    FitStore *store = nullptr; ///< null: fitted anew

    static FitContext none() { return {TaskContext::none(), nullptr}; }
};

} // namespace likeness
