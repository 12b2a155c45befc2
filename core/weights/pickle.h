#pragma once

#include "core/weights/weight_file.h"

#include <deque>
#include <functional>
#include <span>
#include <variant>

namespace likeness {

/// What a pickle says, without running any of it. Values refer to each other by their place in `values`, so that
/// sharing, cycles and deep nesting cost nothing.
struct Pickle {
    using Id = std::int32_t;
    static constexpr Id none = -1;

    struct Global {
        std::string name; ///< "torch._utils._rebuild_tensor_v2"
    };
    struct Sequence { ///< tuple or list
        std::vector<Id> items;
    };
    struct Dict { ///< also an OrderedDict or the attributes of a scripted module
        std::vector<std::pair<Id, Id>> entries;
    };
    struct Storage {
        ScalarType type;
        std::string key;
        std::int64_t count;
    };
    struct Tensor {
        Id storage;
        std::int64_t offset;
        std::vector<std::int64_t> shape, strides;
    };
    struct Opaque { ///< an object that carries no weights: arguments, numpy scalars, devices
    };
    using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, Global, Sequence, Dict, Storage,
                               Tensor, Opaque>;

    std::deque<Value> values;
    Id root = none;
    std::size_t bytesRead = 0; ///< where the next pickle of the same file begins

    template <class T> const T *get(Id id) const
    {
        return id < 0 ? nullptr : std::get_if<T>(&values[static_cast<std::size_t>(id)]);
    }
};

/// Reads one pickle (protocols 0 to 5 as far as PyTorch writes them). Only these may be called: OrderedDict, the
/// rebuilding of tensors and parameters, torch.Size and devices; argparse.Namespace and numpy scalars are kept as
/// opaque. Anything else ("os.system") is refused, named in the message. Throws Error{Format} naming `name`.
Pickle readPickle(std::span<const std::byte> bytes, const std::string &name);

} // namespace likeness
