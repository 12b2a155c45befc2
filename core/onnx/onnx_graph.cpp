#include "core/onnx/onnx_graph.h"

#include <map>

namespace likeness {

Graph graphOf(OnnxModel model)
{
    Graph graph;
    graph.opset = model.opset;
    std::map<std::string, int> places;
    for (std::size_t i = 0; i < model.inputs.size(); ++i)
        places[model.inputs[i].name] = graph.add({.op = Op::Image, .index = static_cast<int>(i)});
    for (const auto &constant : model.constants)
        places[constant.first] = graph.add({.op = Op::Constant, .weights = constant.first});
    for (OnnxNode &operation : model.nodes) {
        Node node{.op = Op::Operator};
        for (const std::string &input : operation.inputs)
            node.inputs.push_back(input.empty() ? -1 : places.at(input));
        const auto shared = std::make_shared<const OnnxNode>(std::move(operation));
        node.operation = shared;
        const int first = graph.add(std::move(node));
        for (std::size_t i = 0; i < shared->outputs.size(); ++i) {
            const int place =
                i == 0 ? first : graph.add({.op = Op::Part, .inputs = {first}, .index = static_cast<int>(i)});
            if (!shared->outputs[i].empty())
                places[shared->outputs[i]] = place;
        }
    }
    for (const std::string &output : model.outputs)
        graph.outputs.push_back(places.at(output));
    return graph;
}

} // namespace likeness
