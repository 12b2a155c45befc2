#pragma once

#include "core/nets/run/network.h"
#include "core/onnx/onnx_model.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace likeness {

/// An ONNX file that is ready to run. Callable from many threads at once; each call uses one.
class OnnxRunner {
public:
    virtual ~OnnxRunner() = default;
    virtual const std::vector<OnnxInput> &inputs() const = 0;
    virtual const std::vector<std::string> &files() const = 0; ///< as OnnxModel has them
    /// One value for each input; all outputs, in their own types. Throws Error{Format} naming the node that fails.
    virtual std::vector<OnnxTensor> run(std::span<const OnnxTensor> inputs) const = 0;
};

/// Throws what readOnnx() throws; Error{Format} naming an operator that is not known and its node; Error{Unavailable}
/// without LibTorch, which is loaded at the first call. `bf16` and the device are as for makeNetwork().
std::unique_ptr<OnnxRunner> makeOnnxRunner(const std::filesystem::path &file, bool bf16 = false);

/// A tensor in a file of its own, as the tests of ONNX have them. Throws Error{NotFound|Io|Format}, Error{Unavailable}
/// without LibTorch.
OnnxTensor onnxTensorOf(const std::filesystem::path &file);

/// The operators that are known, sorted. Loads LibTorch. Throws Error{Unavailable} without it.
std::vector<std::string> knownOnnxOperators();

} // namespace likeness
