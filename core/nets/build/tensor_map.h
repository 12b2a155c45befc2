#pragma once

#include "core/nets/build/graph.h"

#include <filesystem>

namespace likeness {

/// A tensor with its own memory: row-major floats.
struct PlainTensor {
    std::vector<std::int64_t> shape;
    std::vector<float> values;
    bool operator==(const PlainTensor &) const = default;
};
using TensorMap = std::map<std::string, PlainTensor, std::less<>>;

/// The same tensors as a file would have them; they point into `tensors`.
WeightFile viewOf(const TensorMap &tensors);
/// Each tensor of the file as the parameter of its name.
Parameters parametersNamedAsIn(const WeightFile &file);
TensorMap copyOf(const Parameters &parameters);

/// Writes a safetensors file aside and renames it. With `half` values are rounded to 16 bits. Throws Error{Io}.
void writeSafetensors(const std::filesystem::path &path, const TensorMap &tensors,
                      const std::map<std::string, std::string> &metadata, bool half = false);
TensorMap readTensors(const WeightFile &file);

} // namespace likeness
