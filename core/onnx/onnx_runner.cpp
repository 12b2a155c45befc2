#include "core/onnx/onnx_runner.h"

#include "core/base/error.h"
#include "core/base/late_module.h"

namespace likeness {

std::unique_ptr<OnnxRunner> makeOnnxRunner(const std::filesystem::path &file, bool bf16)
{
    const NetworkDevice device = networkDevice();
    requirePrecision(bf16, device);
    using Factory = OnnxRunner *(*)(const std::filesystem::path &, bool, NetworkDevice);
    static const auto factory = reinterpret_cast<Factory>(lateSymbol(
        "likeness_torch", "likenessMakeOnnxRunner", QT_TRANSLATE_NOOP("core", "networks cannot be used: %1")));
    return std::unique_ptr<OnnxRunner>(factory(file, bf16, device));
}

OnnxTensor onnxTensorOf(const std::filesystem::path &file)
{
    using Read = void (*)(const std::filesystem::path &, OnnxTensor &);
    static const auto read = reinterpret_cast<Read>(lateSymbol(
        "likeness_torch", "likenessReadOnnxTensor", QT_TRANSLATE_NOOP("core", "networks cannot be used: %1")));
    OnnxTensor tensor;
    read(file, tensor);
    return tensor;
}

std::vector<std::string> knownOnnxOperators()
{
    using List = void (*)(std::vector<std::string> &);
    static const auto list = reinterpret_cast<List>(lateSymbol(
        "likeness_torch", "likenessKnownOnnxOperators", QT_TRANSLATE_NOOP("core", "networks cannot be used: %1")));
    std::vector<std::string> names;
    list(names);
    return names;
}

} // namespace likeness
