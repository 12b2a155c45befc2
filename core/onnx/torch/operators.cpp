#include "core/onnx/torch/operators.h"

#include "core/nets/torch/errors.h"

#include <algorithm>
#include <map>
#include <set>

namespace likeness {

namespace {

/// Where several are held in one type, the first is what such numbers are given back as.
constexpr std::pair<OnnxType, at::ScalarType> types[] = {
    {OnnxType::F32, at::kFloat},     {OnnxType::F64, at::kDouble}, {OnnxType::F16, at::kHalf},
    {OnnxType::BF16, at::kBFloat16}, {OnnxType::Bool, at::kBool},  {OnnxType::U8, at::kByte},
    {OnnxType::I8, at::kChar},       {OnnxType::I16, at::kShort},  {OnnxType::I32, at::kInt},
    {OnnxType::I64, at::kLong},      {OnnxType::U16, at::kInt},    {OnnxType::U32, at::kLong},
    {OnnxType::U64, at::kLong}};

const std::map<std::string_view, const Operator *> &table()
{
    static const auto all = [] {
        std::map<std::string_view, const Operator *> operators;
        for (const auto part : {elementwiseOperators(), binaryOperators(), shapeOperators(), selectionOperators(),
                                reductionOperators(), layerOperators(), poolingOperators(), normalisationOperators(),
                                resizingOperators(), quantisedOperators()})
            for (const Operator &operation : part)
                operators[operation.name] = &operation;
        return operators;
    }();
    return all;
}

bool isHalf(const at::Tensor &tensor)
{
    return tensor.defined() && tensor.is_cpu() &&
           (tensor.scalar_type() == at::kHalf || tensor.scalar_type() == at::kBFloat16);
}

/// bf16 of the executor itself stays: only what a file has as half is calculated in float, where ATen has no kernels.
std::vector<at::Tensor> inSinglePrecision(const Operator &operation, const OperatorCall &call)
{
    at::ScalarType half = at::kHalf;
    std::vector<at::Tensor> inputs;
    for (std::size_t i = 0; i < call.count(); ++i) {
        inputs.push_back(call.orNone(i));
        if (isHalf(inputs.back())) {
            half = inputs.back().scalar_type();
            inputs.back() = inputs.back().to(at::kFloat);
        }
    }
    std::vector<at::Tensor> outputs = operation.run(OperatorCall(call.node(), call.opset(), inputs));
    for (at::Tensor &output : outputs)
        if (output.defined() && output.scalar_type() == at::kFloat)
            output = output.to(half);
    return outputs;
}

} // namespace

at::ScalarType scalarTypeOf(OnnxType type)
{
    const auto found = std::ranges::find(types, type, &std::pair<OnnxType, at::ScalarType>::first);
    if (found == std::end(types))
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "numbers of type %1 are not calculated with"),
                    {nameOf(type)});
    return found->second;
}

OnnxType onnxTypeOf(at::ScalarType type)
{
    const auto found = std::ranges::find(types, type, &std::pair<OnnxType, at::ScalarType>::second);
    return found == std::end(types) ? OnnxType::F32 : found->first;
}

at::Tensor tensorOf(const OnnxTensor &tensor)
{
    const at::ScalarType type = scalarTypeOf(tensor.type);
    const auto widened = [&](auto narrow, at::ScalarType to) {
        using Narrow = decltype(narrow);
        std::vector<std::int64_t> values(tensor.bytes.size() / sizeof(Narrow));
        for (std::size_t i = 0; i < values.size(); ++i) {
            std::memcpy(&narrow, tensor.bytes.data() + i * sizeof narrow, sizeof narrow);
            values[i] = static_cast<std::int64_t>(narrow);
        }
        return at::tensor(values, at::kLong).to(to).reshape(tensor.shape);
    };
    if (tensor.type == OnnxType::U16)
        return widened(std::uint16_t{}, type);
    if (tensor.type == OnnxType::U32)
        return widened(std::uint32_t{}, type);
    auto *data = const_cast<std::byte *>(tensor.bytes.data());
    if (tensor.bytes.empty())
        return at::empty(tensor.shape, type);
    const auto memory = tensor.memory;
    if (reinterpret_cast<std::uintptr_t>(data) % bytesOf(tensor.type) == 0)
        return at::from_blob(
            data, tensor.shape, [memory](void *) {}, type);
    at::Tensor copy = at::empty(tensor.shape, type);
    std::memcpy(copy.data_ptr(), data, tensor.bytes.size());
    return copy;
}

const at::Tensor &OperatorCall::operator[](std::size_t input) const
{
    if (!has(input))
        refuse(QT_TRANSLATE_NOOP("core", "its input %1 is missing"), {std::to_string(input + 1)});
    return m_inputs[input];
}

std::vector<std::int64_t> OperatorCall::integersAt(std::size_t input) const
{
    const at::Tensor list = (*this)[input].to(at::kCPU, at::kLong).contiguous().reshape({-1});
    return {list.data_ptr<std::int64_t>(), list.data_ptr<std::int64_t>() + list.numel()};
}

std::vector<double> OperatorCall::numbersAt(std::size_t input) const
{
    const at::Tensor list = (*this)[input].to(at::kCPU, at::kDouble).contiguous().reshape({-1});
    return {list.data_ptr<double>(), list.data_ptr<double>() + list.numel()};
}

std::vector<std::int64_t> OperatorCall::integersOf(std::string_view attribute, std::size_t input) const
{
    return has(input) ? integersAt(input) : integers(attribute);
}

at::ScalarType OperatorCall::scalarType(std::string_view name) const
{
    const std::int64_t type = integer(name);
    return scalarTypeOf(type > 0 && type <= static_cast<int>(OnnxType::BF16) ? static_cast<OnnxType>(type)
                                                                             : OnnxType::None);
}

void OperatorCall::refuse(const char *text, std::vector<std::string> args) const
{
    throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1: %2"),
                {m_node.label(), Message{text, {args.begin(), args.end()}}});
}

const Operator *operatorNamed(std::string_view name)
{
    const auto found = table().find(name);
    return found == table().end() ? nullptr : found->second;
}

bool givesOwnMemory(std::string_view operation)
{
    static const std::set<std::string_view> names{"Add",
                                                  "AveragePool",
                                                  "BatchNormalization",
                                                  "Concat",
                                                  "Conv",
                                                  "Div",
                                                  "GlobalAveragePool",
                                                  "GlobalMaxPool",
                                                  "HardSigmoid",
                                                  "HardSwish",
                                                  "LeakyRelu",
                                                  "MatMul",
                                                  "MaxPool",
                                                  "Mul",
                                                  "Relu",
                                                  "Sigmoid",
                                                  "Softmax",
                                                  "Sub",
                                                  "Swish",
                                                  "Tanh"};
    return names.contains(operation);
}

std::vector<std::string> claimedOperators()
{
    std::vector<std::string> names;
    for (const auto &entry : table())
        names.emplace_back(entry.first);
    return names;
}

std::vector<at::Tensor> resultsOf(const OnnxNode &node, int opset, std::span<const at::Tensor> inputs)
{
    const Operator &operation = *operatorNamed(node.operation);
    const OperatorCall call(node, opset, inputs);
    try {
        const bool half = operation.wantsFloats && std::ranges::any_of(inputs, isHalf);
        auto results = half ? inSinglePrecision(operation, call) : operation.run(call);
        if (results.empty() || results.size() < node.outputs.size())
            call.refuse(QT_TRANSLATE_NOOP("core", "it has more results than it can have"));
        results.resize(node.outputs.size());
        return results;
    } catch (const Error &) {
        throw;
    } catch (const std::exception &error) {
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1: %2"), {node.label(), firstLineOf(error)});
    }
}

void requireSize(const OperatorCall &call, std::span<const std::int64_t> shape)
{
    constexpr std::int64_t most = std::int64_t{1} << 30;
    std::int64_t count = 1;
    for (const std::int64_t extent : shape)
        if (extent < 0 || __builtin_mul_overflow(count, extent, &count) || count > most)
            call.refuse(QT_TRANSLATE_NOOP("core", "a value would be larger than anything that is calculated here"));
}

std::int64_t axisOf(std::int64_t axis, std::int64_t axes)
{
    return at::maybe_wrap_dim(axis, axes);
}

} // namespace likeness
