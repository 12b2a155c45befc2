// Runs a Graph with ATen, for its answers only.
#include "core/base/error.h"
#include "core/nets/run/network.h"
#include "core/nets/torch/activation_memory.h"
#include "core/nets/torch/errors.h"
#include "core/nets/torch/evaluator.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

namespace likeness {

namespace {

using at::Tensor;

class Executor final : public Network {
public:
    Executor(const Graph &graph, const Parameters &parameters, std::shared_ptr<const WeightFile> file, bool bf16,
             NetworkDevice device)
        : m_file(std::move(file)),
          m_plan(graph, {graph.vector}),
          m_planWithMap(graph, resultsWithMap(graph)),
          m_evaluator(
              graph, m_planWithMap, [&](const std::string &name) { return named(parameters, name); }, bf16, device)
    {
    }

    NetworkOutput run(std::span<const float> images, int side, bool withMaps) const override
    {
        return asOwnErrors([&] { return answered(images, side, withMaps); });
    }

    cv::Mat runText(std::span<const std::vector<int>> words) const override
    {
        return asOwnErrors([&] { return answered(words); });
    }

private:
    NetworkOutput answered(std::span<const float> images, int side, bool withMaps) const
    {
        c10::InferenceMode inference;
        at::set_num_threads(1);
        const auto count = static_cast<std::int64_t>(images.size()) / (3 * side * side);
        const Tensor input = at::from_blob(const_cast<float *>(images.data()), {count, 3, side, side}, at::kFloat)
                                 .to(m_evaluator.device(), m_evaluator.type())
                                 .contiguous(at::MemoryFormat::ChannelsLast);
        const auto results = m_evaluator.evaluated(withMaps ? m_planWithMap : m_plan, std::span(&input, 1));
        NetworkOutput output{matrixOf(results[0]), {}, {}};
        if (withMaps) {
            const Tensor &maps = results.at(1);
            const Tensor places = maps.permute({0, 2, 3, 1}).contiguous().flatten(1, 2);
            for (std::int64_t i = 0; i < count; ++i)
                output.maps.push_back(matrixOf(places[i]));
            output.mapSize = {static_cast<int>(maps.size(3)), static_cast<int>(maps.size(2))};
        }
        return output;
    }

    cv::Mat answered(std::span<const std::vector<int>> words) const
    {
        c10::InferenceMode inference;
        at::set_num_threads(1);
        std::vector<std::int64_t> flat;
        for (const auto &row : words)
            flat.insert(flat.end(), row.begin(), row.end());
        const Tensor input =
            at::tensor(flat).reshape({static_cast<std::int64_t>(words.size()), -1}).to(m_evaluator.device());
        return matrixOf(m_evaluator.evaluated(m_plan, std::span(&input, 1))[0]);
    }

    static std::vector<int> resultsWithMap(const Graph &graph)
    {
        return graph.map < 0 ? std::vector{graph.vector} : std::vector{graph.vector, graph.map};
    }
    static Tensor tensorOf(const Parameter &parameter)
    {
        if (const auto there = parameter.inPlace(); !there.empty())
            return at::from_blob(const_cast<float *>(there.data()), parameter.shape(), at::kFloat);
        std::vector<float> values = parameter.values();
        return at::from_blob(values.data(), parameter.shape(), at::kFloat).clone();
    }
    static cv::Mat matrixOf(const Tensor &rows)
    {
        const Tensor flat = rows.to(at::kCPU, at::kFloat).contiguous();
        return cv::Mat(static_cast<int>(flat.size(0)), static_cast<int>(flat.size(1)), CV_32F, flat.data_ptr<float>())
            .clone();
    }

    static Tensor named(const Parameters &parameters, const std::string &name)
    {
        const auto found = parameters.find(name);
        return found == parameters.end() ? Tensor() : tensorOf(found->second);
    }

    std::shared_ptr<const WeightFile> m_file; // holds the weights that were not copied
    Plan m_plan, m_planWithMap;
    Evaluator m_evaluator;
};

} // namespace

} // namespace likeness

extern "C" __attribute__((visibility("default"))) likeness::Network *
likenessMakeNetwork(const likeness::Graph &graph, const likeness::Parameters &parameters,
                    std::shared_ptr<const likeness::WeightFile> file, bool bf16, likeness::NetworkDevice device)
{
    likeness::keepActivationMemory();
    return likeness::asOwnErrors(
        [&] { return new likeness::Executor(graph, parameters, std::move(file), bf16, device); });
}
