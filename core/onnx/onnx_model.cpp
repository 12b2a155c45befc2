#include "core/onnx/onnx_model.h"

#include <array>

namespace likeness {

namespace {

struct TypeFacts {
    std::size_t bytes;
    const char *name;
};
// In the order of OnnxType.
constexpr std::array<TypeFacts, 17> facts{{{0, "nothing"},
                                           {4, "float32"},
                                           {1, "uint8"},
                                           {1, "int8"},
                                           {2, "uint16"},
                                           {2, "int16"},
                                           {4, "int32"},
                                           {8, "int64"},
                                           {0, "text"},
                                           {1, "bool"},
                                           {2, "float16"},
                                           {8, "float64"},
                                           {4, "uint32"},
                                           {8, "uint64"},
                                           {8, "complex64"},
                                           {16, "complex128"},
                                           {2, "bfloat16"}}};

const OnnxAttribute *find(const OnnxNode &node, std::string_view name)
{
    const auto found = node.attributes.find(name);
    return found == node.attributes.end() ? nullptr : &found->second;
}

} // namespace

std::size_t bytesOf(OnnxType type)
{
    return facts[static_cast<std::size_t>(type)].bytes;
}

const char *nameOf(OnnxType type)
{
    return facts[static_cast<std::size_t>(type)].name;
}

std::int64_t OnnxNode::integer(std::string_view attribute, std::int64_t otherwise) const
{
    const OnnxAttribute *found = find(*this, attribute);
    return found ? found->integer : otherwise;
}

double OnnxNode::number(std::string_view attribute, double otherwise) const
{
    const OnnxAttribute *found = find(*this, attribute);
    return found ? found->number : otherwise;
}

std::string OnnxNode::text(std::string_view attribute, std::string otherwise) const
{
    const OnnxAttribute *found = find(*this, attribute);
    return found ? found->text : otherwise;
}

std::vector<std::int64_t> OnnxNode::integers(std::string_view attribute) const
{
    const OnnxAttribute *found = find(*this, attribute);
    return found ? found->integers : std::vector<std::int64_t>();
}

std::string OnnxNode::label() const
{
    return name.empty() ? operation : operation + " " + name;
}

} // namespace likeness
