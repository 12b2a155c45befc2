#pragma once

#include "core/nets/build/architectures.h"
#include "core/nets/image/preprocessing.h"
#include "core/weights/weight_file.h"

#include <optional>

namespace likeness {

/// What a file of weights that this program wrote says of itself in its metadata: tensors have the names of the graph.
struct LikenessNetwork {
    const Architecture *architecture = &residualArchitecture; ///< of images
    NetworkFacts facts;
    Preprocessing preprocessing;

    /// The metadata of a safetensors file.
    std::map<std::string, std::string> metadata() const;
};

/// Nothing where another program wrote the file. `name` is for messages. Throws Error{Format} where what it says is
/// damaged.
std::optional<LikenessNetwork> likenessNetworkOf(const WeightFile &file, const std::string &name);

} // namespace likeness
