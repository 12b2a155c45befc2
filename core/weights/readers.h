#pragma once

#include "core/weights/weight_file.h"

#include <span>
#include <string_view>

namespace likeness {

/// The readers behind readWeightFile(). Each is given the whole file and appends to `file`; `name` is for messages.
void readSafetensors(std::span<const std::byte> bytes, const std::string &name, WeightFile &file);
void readTorchZip(std::span<const std::byte> bytes, const std::string &name, WeightFile &file);
void readTorchLegacy(std::span<const std::byte> bytes, const std::string &name, WeightFile &file);

/// A file that is not what it should be.
[[noreturn]] void throwDamaged(const std::string &name, const Message &reason);

/// Product of the extents; throws throwDamaged() where one is negative or the product is beyond 2^47.
std::int64_t checkedCount(const std::vector<std::int64_t> &shape, const std::string &file, const std::string &tensor);
std::vector<std::int64_t> rowMajorStrides(const std::vector<std::int64_t> &shape);

} // namespace likeness
