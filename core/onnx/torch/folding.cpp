#include "core/base/error.h"
#include "core/onnx/torch/lowering.h"
#include "core/onnx/torch/operators.h"

#include <algorithm>

namespace likeness {

void foldConstants(Graph &graph, Constants &constants, std::int64_t mostBytes)
{
    std::int64_t bytes = 0;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const auto isConstant = [&](int input) {
            return input < 0 || graph.nodes[static_cast<std::size_t>(input)].op == Op::Constant;
        };
        if (graph.nodes[i].op != Op::Operator || !std::ranges::all_of(graph.nodes[i].inputs, isConstant))
            continue;
        const auto operation = graph.nodes[i].operation;
        std::vector<at::Tensor> inputs;
        for (const int input : graph.nodes[i].inputs)
            inputs.push_back(input < 0 ? at::Tensor()
                                       : constants.find(graph.nodes[static_cast<std::size_t>(input)].weights)->second);
        const auto results = resultsOf(*operation, graph.opset, inputs);
        for (std::size_t k = 0; k < results.size(); ++k) {
            const std::string name = "#" + std::to_string(i + k);
            bytes += results[k].numel() * static_cast<std::int64_t>(results[k].element_size());
            if (bytes > mostBytes)
                throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "its constants take more than %1 MB"),
                            {std::to_string(mostBytes >> 20)});
            constants[name] = results[k];
            graph.nodes[i + k] = {.op = Op::Constant, .weights = name};
        }
    }
}

} // namespace likeness
