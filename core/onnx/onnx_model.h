#pragma once

#include "core/base/mapped_file.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace likeness {

/// Types of numbers as ONNX counts them (TensorProto.DataType).
enum class OnnxType {
    None,
    F32,
    U8,
    I8,
    U16,
    I16,
    I32,
    I64,
    Text,
    Bool,
    F16,
    F64,
    U32,
    U64,
    Complex64,
    Complex128,
    BF16
};
std::size_t bytesOf(OnnxType type); ///< 0 for what has no fixed size
const char *nameOf(OnnxType type);  ///< "float16"

/// Row-major numbers, where they lie in a file or in memory of their own.
struct OnnxTensor {
    OnnxType type = OnnxType::None;
    std::vector<std::int64_t> shape;
    std::span<const std::byte> bytes;   ///< at any address
    std::shared_ptr<const void> memory; ///< what the bytes lie in
};

/// One of these, by what the file says.
struct OnnxAttribute {
    double number = 0; ///< a float
    std::int64_t integer = 0;
    std::string text;
    std::vector<float> numbers;
    std::vector<std::int64_t> integers;
    std::vector<std::string> texts;
    std::shared_ptr<const OnnxTensor> tensor;
};

struct OnnxNode {
    std::string operation;                    ///< "Conv"
    std::string name;                         ///< may be empty
    std::vector<std::string> inputs, outputs; ///< an empty name: left out
    std::map<std::string, OnnxAttribute, std::less<>> attributes;

    bool has(std::string_view name) const { return attributes.contains(name); }
    std::int64_t integer(std::string_view name, std::int64_t otherwise) const;
    double number(std::string_view name, double otherwise) const;
    std::string text(std::string_view name, std::string otherwise) const;
    std::vector<std::int64_t> integers(std::string_view name) const; ///< empty where it is not there
    std::string label() const;                                       ///< "Conv /layer1/conv"
};

struct OnnxInput {
    std::string name;
    OnnxType type = OnnxType::None;
    std::vector<std::int64_t> shape; ///< -1 where it is open
};

/// A network as an ONNX file has it: each node after those that give what it takes.
struct OnnxModel {
    int opset = 0;
    std::vector<OnnxNode> nodes;
    std::map<std::string, OnnxTensor, std::less<>> constants;
    std::vector<OnnxInput> inputs; ///< without those that are constants
    std::vector<std::string> outputs;
    std::vector<std::string> files; ///< beside it or below, with numbers: as the file names them
};

// These two are in the late module, with protobuf.

/// Reads onnx.proto (https://onnx.ai/onnx/repo-docs/IR.html); numbers stay in the mapped file, or in the files beside
/// it that it names. Nothing in it is run. Throws Error{NotFound|Io}, Error{Format} naming the file and what is wrong:
/// damaged, an operator or function of another domain, a name that nobody gives or two give, a tensor of another size
/// than its shape says, data outside of the folder.
OnnxModel readOnnx(const std::filesystem::path &path);

/// A tensor in a file of its own. Throws the same.
OnnxTensor readOnnxTensor(const std::filesystem::path &path);

} // namespace likeness
