// Runs a TorchScript file as the program that it is.
#include "core/base/error.h"
#include "core/features/network_program.h"
#include "core/nets/torch/activation_memory.h"
#include "core/nets/torch/errors.h"

#include <ATen/Parallel.h>
#include <torch/script.h>

namespace likeness {

namespace {

class ScriptProgram final : public NetworkProgram {
public:
    explicit ScriptProgram(const std::string &file) : m_file(file)
    {
        try {
            m_module = torch::jit::load(file, at::kCPU);
            m_module.eval();
        } catch (const std::exception &error) {
            refuse(error);
        }
    }
    std::vector<cv::Mat> run(const cv::Mat &input) const override
    {
        try {
            const c10::InferenceMode inference;
            at::set_num_threads(1);
            const at::Tensor images =
                at::from_blob(input.data, {input.size[0], input.size[1], input.size[2], input.size[3]});
            std::vector<cv::Mat> outputs;
            append(m_module.forward({images}), outputs);
            return outputs;
        } catch (const std::exception &error) {
            refuse(error);
        }
    }

private:
    [[noreturn]] void refuse(const std::exception &error) const
    {
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 cannot be used: %2"),
                    {m_file, firstLineOf(error)});
    }
    static void append(const c10::IValue &value, std::vector<cv::Mat> &to)
    {
        if (value.isTensor()) {
            const at::Tensor tensor = value.toTensor().to(at::kFloat).contiguous();
            const std::vector<int> extents(tensor.sizes().begin(), tensor.sizes().end());
            if (extents.size() >= 2 && tensor.numel() > 0)
                to.push_back(cv::Mat(static_cast<int>(extents.size()), extents.data(), CV_32F, tensor.data_ptr<float>())
                                 .clone());
        } else if (value.isTuple()) {
            for (const c10::IValue &part : value.toTuple()->elements())
                append(part, to);
        } else if (value.isList()) {
            for (const c10::IValue &part : value.toListRef())
                append(part, to);
        } else if (value.isGenericDict()) {
            for (const auto &entry : value.toGenericDict())
                append(entry.value(), to);
        }
    }

    std::string m_file;
    mutable torch::jit::Module m_module; // its forward() may run on many threads
};

} // namespace

} // namespace likeness

extern "C" __attribute__((visibility("default"))) likeness::NetworkProgram *
likenessMakeTorchScriptProgram(const std::string &file)
{
    likeness::keepActivationMemory();
    return new likeness::ScriptProgram(file);
}
