#include "core/nets/recognise/tower.h"

#include "core/base/file.h"
#include "core/nets/build/transformer_builder.h"
#include "core/weights/readers.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace likeness {

namespace {

/// A number that is none, found without turning the whole file into floats.
bool hasNonFinite(const WeightTensor &tensor)
{
    if (tensor.type == ScalarType::F32 && tensor.isContiguous()) {
        const auto n = static_cast<std::size_t>(tensor.count());
        std::uint32_t worst = 0;
        for (std::size_t i = 0; i < n; ++i) {
            std::uint32_t bits;
            std::memcpy(&bits, tensor.data + i * sizeof bits, sizeof bits);
            worst = std::max(worst, bits & 0x7fffffffu);
        }
        return worst >= 0x7f800000u;
    }
    if (tensor.type > ScalarType::BF16)
        return false;
    return std::ranges::any_of(floatsOf(tensor), [](float v) { return !std::isfinite(v); });
}

} // namespace

/// What stands before the mark of a layout. Of a teacher and a student the teacher is meant to be used.
std::optional<std::string> prefixOf(const WeightFile &file, std::string_view mark, std::vector<Message> &notes)
{
    std::vector<std::string> found;
    for (const WeightTensor &tensor : file.tensors)
        if (tensor.name == mark || tensor.name.ends_with("." + std::string(mark)))
            found.push_back(tensor.name.substr(0, tensor.name.size() - mark.size()));
    if (found.empty())
        return std::nullopt;
    const auto isPreferred = [](const std::string &prefix) {
        return prefix.find("teacher") != std::string::npos || prefix.find("ema") != std::string::npos;
    };
    auto chosen = std::ranges::find_if(found, isPreferred);
    if (chosen == found.end())
        chosen = std::ranges::min_element(found, {}, &std::string::size);
    if (found.size() > 1)
        notes.push_back({QT_TRANSLATE_NOOP("core", "of %1 networks in the file, \"%2\" was taken"),
                         {std::to_string(found.size()), chosen->substr(0, chosen->size() - !chosen->empty())}});
    return *chosen;
}

Parameters parametersOf(const WeightFile &file, const Layout &layout, const std::string &prefix,
                        std::vector<std::string> &taken)
{
    struct Part {
        int order;
        const WeightTensor *tensor;
    };
    std::map<std::string, std::vector<Part>> parts;
    std::map<std::string, const WeightTensor *> factors;
    Parameters parameters;
    for (const WeightTensor &tensor : file.tensors) {
        if (!tensor.name.starts_with(prefix))
            continue;
        const LayoutRule *rule = nullptr;
        const std::string own = graphName(layout, std::string_view(tensor.name).substr(prefix.size()), rule);
        if (own.empty())
            continue;
        taken.push_back(tensor.name);
        if (rule->part == LayoutRule::factors) {
            factors[own] = &tensor;
            continue;
        }
        parts[own].push_back({rule->part, &tensor});
        parameters[own].transposed = rule->transposed;
    }
    for (auto &[own, list] : parts) {
        std::ranges::sort(list, {}, &Part::order);
        Parameter &parameter = parameters[own];
        for (const Part &part : list) {
            while (std::ssize(parameter.parts) < part.order - list.front().order)
                parameter.parts.push_back(nullptr);
            parameter.parts.push_back(part.tensor);
        }
        if (const auto found = factors.find(own); found != factors.end())
            parameter.factors = found->second;
    }
    return parameters;
}

void requireSound(const std::filesystem::path &path, const Tower &tower, Trust trust)
{
    for (const auto &[name, parameter] : tower.parameters) {
        std::int64_t count = 1;
        for (const std::int64_t extent : parameter.shape())
            count *= extent;
        if (count != parameter.count()) // q, k and v that do not belong together
            throwDamaged(toUtf8(path), {QT_TRANSLATE_NOOP("core", "the parts of %1 have different shapes"), {name}});
        if (parameter.factors && parameter.factors->count() != count)
            throwDamaged(toUtf8(path), {QT_TRANSLATE_NOOP("core", "the parts of %1 have different shapes"), {name}});
        std::vector<const WeightTensor *> tensors = parameter.parts;
        tensors.push_back(parameter.factors);
        for (const WeightTensor *tensor : tensors) {
            if (!tensor)
                continue;
            if (trust == Trust::Untrusted && hasNonFinite(*tensor))
                throwDamaged(toUtf8(path),
                             {QT_TRANSLATE_NOOP("core", "tensor %1 holds values that are no numbers"), {tensor->name}});
            if (tensor->count() == 0)
                throwDamaged(toUtf8(path), {QT_TRANSLATE_NOOP("core", "tensor %1 is empty"), {tensor->name}});
        }
    }
    if (const Message problem = checkGraph(tower.graph, tower.parameters); *problem.text != '\0')
        throwDamaged(toUtf8(path), problem);
}

Graph graphOf(const Tower &tower)
{
    Graph graph = tower.architecture->graph(tower.parameters, tower.facts);
    if (tower.parameters.contains("embedding.weight"))
        graph.vector = graph.linear(graph.vector, "embedding");
    return graph;
}

int trainedSide(const Tower &tower)
{
    const auto position = tower.parameters.find("position");
    if (position == tower.parameters.end())
        return 0;
    const auto patch = shapeOf(tower.parameters, "patch.weight", 4);
    const std::int64_t width = patch[0] > 0 ? patch[0] : shapeOf(tower.parameters, "attnpool.qkv.weight", 2)[1];
    if (width <= 0)
        return 0;
    const auto grid = static_cast<int>(std::sqrt(static_cast<double>(position->second.count() / width)) + 1e-6);
    return grid * (patch[0] > 0 ? static_cast<int>(patchPxOf(tower.parameters)) : 32);
}

} // namespace likeness
