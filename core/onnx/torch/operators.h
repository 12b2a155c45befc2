#pragma once

#include "core/base/error.h"
#include "core/onnx/onnx_model.h"

#include <ATen/ATen.h>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace likeness {

// The operators of ONNX (https://onnx.ai/onnx/operators) in terms of ATen. uint16 is held as int32, uint32 and uint64
// as int64, which ATen has in their place.

at::ScalarType scalarTypeOf(OnnxType type); ///< Throws Error{Format} where ATen has none (text, complex)
OnnxType onnxTypeOf(at::ScalarType type);
/// The numbers where they lie, where they lie straight; else a copy.
at::Tensor tensorOf(const OnnxTensor &tensor);

/// One use of an operator: its node, the values that it takes and what they have to be.
class OperatorCall {
public:
    OperatorCall(const OnnxNode &node, int opset, std::span<const at::Tensor> inputs)
        : m_node(node), m_opset(opset), m_inputs(inputs)
    {
    }
    const OnnxNode &node() const { return m_node; }
    int opset() const { return m_opset; }
    std::size_t count() const { return m_inputs.size(); }
    bool has(std::size_t input) const { return input < m_inputs.size() && m_inputs[input].defined(); }
    /// Throws Error{Format} where it was left out.
    const at::Tensor &operator[](std::size_t input) const;
    at::Tensor orNone(std::size_t input) const { return has(input) ? m_inputs[input] : at::Tensor(); }
    /// The numbers of an input that is a list, or a single one.
    std::vector<std::int64_t> integersAt(std::size_t input) const;
    std::vector<double> numbersAt(std::size_t input) const;
    /// What older opsets have as an attribute and newer ones as an input.
    std::vector<std::int64_t> integersOf(std::string_view attribute, std::size_t input) const;

    std::int64_t integer(std::string_view name, std::int64_t otherwise = 0) const
    {
        return m_node.integer(name, otherwise);
    }
    double number(std::string_view name, double otherwise) const { return m_node.number(name, otherwise); }
    std::string text(std::string_view name, std::string otherwise = {}) const
    {
        return m_node.text(name, std::move(otherwise));
    }
    /// An attribute that is a type of ONNX. Throws Error{Format} where ATen has none.
    at::ScalarType scalarType(std::string_view name) const;
    std::vector<std::int64_t> integers(std::string_view name) const { return m_node.integers(name); }
    [[noreturn]] void refuse(const char *text, std::vector<std::string> args = {}) const;

private:
    const OnnxNode &m_node;
    int m_opset;
    std::span<const at::Tensor> m_inputs;
};

using OperatorFunction = std::vector<at::Tensor> (*)(const OperatorCall &call);
struct Operator {
    const char *name;
    OperatorFunction run;
    bool wantsFloats = true; ///< half precision is calculated in single
};
/// Each source of operators gives its part of the table.
std::span<const Operator> elementwiseOperators();
std::span<const Operator> binaryOperators();
std::span<const Operator> shapeOperators();
std::span<const Operator> selectionOperators();
std::span<const Operator> reductionOperators();
std::span<const Operator> layerOperators();
std::span<const Operator> poolingOperators();
std::span<const Operator> normalisationOperators();
std::span<const Operator> resizingOperators();
std::span<const Operator> quantisedOperators();

/// Null where it is not claimed.
const Operator *operatorNamed(std::string_view name);
std::vector<std::string> claimedOperators(); ///< sorted
/// Whether its result is memory of its own, whatever it is given. Of all others it may be a view of what they take, or
/// that itself, and must not be written to.
bool givesOwnMemory(std::string_view operation);

/// Runs one node, whose operator is known: as many results as it has names for. Throws Error{Format} naming it.
std::vector<at::Tensor> resultsOf(const OnnxNode &node, int opset, std::span<const at::Tensor> inputs);

/// Throws Error{Format} where a value would have more than 2^30 entries: a forged shape.
void requireSize(const OperatorCall &call, std::span<const std::int64_t> shape);
std::int64_t axisOf(std::int64_t axis, std::int64_t axes);

} // namespace likeness
