#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace likeness {

/// Where the raw data of a tensor lies in its file.
struct RawPlace {
    std::uint64_t offset = 0, size = 0;
};

enum class OnnxMessage { Model, Graph, Node, Attribute, Tensor };

/// The same message with a RawPlace in place of every tensor's raw data and without comments: what is left for protobuf
/// to read is small, however large the weights are, and may be more than the 2 GB that protobuf takes. Throws
/// std::out_of_range where a length points beyond the end.
std::string withoutRawData(std::span<const std::byte> file, OnnxMessage message);

} // namespace likeness
