#pragma once

#include "core/base/error.h"
#include "core/base/mapped_file.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace likeness {

enum class ScalarType { F64, F32, F16, BF16, I64, I32, I16, I8, U8, Bool };
std::size_t bytesOf(ScalarType type);
const char *nameOf(ScalarType type); ///< "F32", as safetensors has it

/// One tensor inside a mapped file. Element (i, j, ...) lies at data + (i * strides[0] + j * strides[1] + ...)
/// elements; every element was checked to lie inside the file. `data` may be at any byte.
struct WeightTensor {
    std::string name;
    ScalarType type = ScalarType::F32;
    std::vector<std::int64_t> shape, strides;
    const std::byte *data = nullptr;

    std::int64_t count() const;
    bool isContiguous() const;
    std::string shapeText() const; ///< "64x3x7x7"; "scalar" for rank 0
};

/// The values as float, contiguous. Integer types are converted too.
std::vector<float> floatsOf(const WeightTensor &tensor);

/// How names of files of weights end, the longest first.
inline constexpr const char *weightEndings[] = {
    ".safetensors.index.json", ".safetensors", ".pth.tar", ".torchscript.pt", ".pth", ".pt", ".bin", ".onnx"};

enum class WeightFormat { Safetensors, TorchZip, TorchLegacy, TorchScript };
const char *nameOf(WeightFormat format);

/// The tensors of a file of weights, as the file has them. Data stays in the file (mapped, not copied). Nothing in the
/// file is ever run: pickles are read by an interpreter that knows tensors, containers and numbers only, and anything
/// else is refused by name.
struct WeightFile {
    WeightFormat format = WeightFormat::Safetensors;
    std::vector<std::shared_ptr<const MappedFile>> maps; ///< several for shards
    std::vector<WeightTensor> tensors;                   ///< sorted by name
    std::vector<Message> warnings;
    std::map<std::string, std::string> metadata; ///< what a safetensors file says of itself
    std::int64_t fileBytes = 0;
};

/// Recognises the format by its bytes, never by its name: safetensors (also the *.index.json of shards), PyTorch zip,
/// legacy pickle, TorchScript. Throws Error{NotFound|Io} or Error{Format} naming the file and what is wrong with it.
WeightFile readWeightFile(const std::filesystem::path &path);

} // namespace likeness
