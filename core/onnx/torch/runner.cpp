#include "core/onnx/onnx_runner.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/lazy.h"
#include "core/features/network_program.h"
#include "core/nets/torch/activation_memory.h"
#include "core/nets/torch/errors.h"
#include "core/nets/torch/evaluator.h"
#include "core/onnx/onnx_graph.h"
#include "core/onnx/torch/lowering.h"
#include "core/onnx/torch/operators.h"
#include "core/weights/readers.h"

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

namespace likeness {

namespace {

using at::Tensor;

constexpr std::int64_t mostFoldedBytes = std::int64_t{4} << 30;

OnnxTensor plainOf(const Tensor &value)
{
    const auto straight = std::make_shared<Tensor>(value.to(at::kCPU).contiguous().clone());
    return {onnxTypeOf(straight->scalar_type()),
            {straight->sizes().begin(), straight->sizes().end()},
            {static_cast<const std::byte *>(straight->data_ptr()), straight->nbytes()},
            straight};
}

class Runner final : public OnnxRunner {
public:
    Runner(const std::filesystem::path &file, bool bf16, NetworkDevice device)
        : m_name(toUtf8(file)), m_bf16(bf16), m_device(device)
    {
        const c10::InferenceMode inference;
        OnnxModel model = readOnnx(file);
        requireKnown(model);
        m_inputs = model.inputs;
        m_files = model.files;
        withName([&] {
            for (const auto &constant : model.constants)
                if (constant.second.type != OnnxType::Text)
                    m_constants[constant.first] = tensorOf(constant.second);
            m_graph = graphOf(std::move(model));
            foldConstants(m_graph, m_constants, mostFoldedBytes);
        });
    }

    const std::vector<OnnxInput> &inputs() const override { return m_inputs; }
    const std::vector<std::string> &files() const override { return m_files; }

    std::vector<OnnxTensor> run(std::span<const OnnxTensor> inputs) const override
    {
        std::vector<OnnxTensor> outputs;
        withName([&] {
            const c10::InferenceMode inference;
            at::set_num_threads(1);
            requireFitting(inputs);
            std::vector<Tensor> values;
            for (const OnnxTensor &input : inputs)
                values.push_back(tensorOf(input));
            const Lowered &lowered = loweredFor(values);
            for (Tensor &value : values) {
                value = value.to(lowered.evaluator.device());
                if (value.scalar_type() == at::kFloat)
                    value = value.to(lowered.evaluator.type());
            }
            for (const Tensor &result : lowered.evaluator.evaluated(lowered.plan, values))
                outputs.push_back(
                    plainOf(result.scalar_type() == at::kBFloat16 && m_bf16 ? result.to(at::kFloat) : result));
        });
        return outputs;
    }

private:
    struct Lowered {
        Lowered(const Graph &graph, const Constants &constants, bool bf16, NetworkDevice device)
            : plan(graph, graph.outputs),
              evaluator(graph, plan, named(constants), bf16, device,
                        [opset = graph.opset](const OnnxNode &node, std::span<const Tensor> inputs) {
                            return resultsOf(node, opset, inputs);
                        })
        {
        }
        static Evaluator::ParameterNamed named(const Constants &constants)
        {
            return [&constants](const std::string &name) {
                const auto found = constants.find(name);
                return found == constants.end() ? Tensor() : found->second;
            };
        }
        Plan plan;
        Evaluator evaluator;
    };

    template <class Work> void withName(Work &&work) const
    {
        try {
            asOwnErrors(std::forward<Work>(work));
        } catch (const Error &error) {
            if (error.kind() != ErrorKind::Format)
                throw;
            throwDamaged(m_name, error.message());
        }
    }

    void requireKnown(const OnnxModel &model) const
    {
        for (const OnnxNode &node : model.nodes)
            if (!operatorNamed(node.operation))
                throwDamaged(m_name, {QT_TRANSLATE_NOOP("core", "the operator %1 (node \"%2\") is not known here"),
                                      {node.operation, node.name}});
    }

    void requireFitting(std::span<const OnnxTensor> inputs) const
    {
        if (inputs.size() != m_inputs.size())
            throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "it takes %1 values, not %2"),
                        {std::to_string(m_inputs.size()), std::to_string(inputs.size())});
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            const auto &wanted = m_inputs[i].shape;
            bool fits = wanted.empty() || wanted.size() == inputs[i].shape.size();
            for (std::size_t k = 0; fits && k < wanted.size(); ++k)
                fits = wanted[k] < 0 || wanted[k] == inputs[i].shape[k];
            if (!fits || (m_inputs[i].type != OnnxType::None && m_inputs[i].type != inputs[i].type))
                throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "its input \"%1\" takes another type or size"),
                            {m_inputs[i].name});
        }
    }

    /// The graph in operators of its own, once the first inputs have shown the shapes of its values.
    const Lowered &loweredFor(const std::vector<Tensor> &inputs) const
    {
        return *m_lowered.get([&] {
            std::vector<ValueFacts> facts(m_graph.nodes.size());
            const Lowered plain(m_graph, m_constants, false, NetworkDevice::Cpu);
            plain.evaluator.evaluated(plain.plan, inputs, [&](int node, const Tensor &value) {
                if (value.defined())
                    facts[static_cast<std::size_t>(node)] = {
                        value.scalar_type(), {value.sizes().begin(), value.sizes().end()}, true};
            });
            Graph graph = m_graph;
            Constants constants = m_constants;
            lower(graph, constants, facts);
            auto made = std::make_unique<Lowered>(graph, constants, m_bf16, m_device);
            m_constants.clear(); // what the evaluator needs it has
            return made;
        });
    }

    std::string m_name;
    bool m_bf16;
    NetworkDevice m_device;
    std::vector<OnnxInput> m_inputs;
    std::vector<std::string> m_files;
    Graph m_graph;
    mutable Constants m_constants; // until it is lowered
    mutable Lazy<std::unique_ptr<Lowered>> m_lowered;
};

} // namespace

} // namespace likeness

extern "C" __attribute__((visibility("default"))) likeness::OnnxRunner *
likenessMakeOnnxRunner(const std::filesystem::path &file, bool bf16, likeness::NetworkDevice device)
{
    likeness::keepActivationMemory();
    return new likeness::Runner(file, bf16, device);
}

extern "C" __attribute__((visibility("default"))) void likenessKnownOnnxOperators(std::vector<std::string> &names)
{
    names = likeness::claimedOperators();
}

extern "C" __attribute__((visibility("default"))) void likenessReadOnnxTensor(const std::filesystem::path &file,
                                                                              likeness::OnnxTensor &tensor)
{
    tensor = likeness::readOnnxTensor(file);
}
