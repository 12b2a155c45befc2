#include "core/learn/network_model.h"

#include "core/base/file.h"
#include "core/learn/layouts.h"
#include "core/learn/model_config.h"
#include "core/learn/weights/readers.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace likeness {

namespace {

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

/// Fills `parameters` with what the layout knows; the names of all tensors that it took go to `taken`.
Parameters parametersOf(const WeightFile &file, const Layout &layout, const std::string &prefix,
                        std::vector<std::string> &taken)
{
    struct Part {
        int order;
        const WeightTensor *tensor;
    };
    std::map<std::string, std::vector<Part>> parts;
    Parameters parameters;
    for (const WeightTensor &tensor : file.tensors) {
        if (!tensor.name.starts_with(prefix))
            continue;
        const LayoutRule *rule = nullptr;
        const std::string own = ownName(layout, std::string_view(tensor.name).substr(prefix.size()), rule);
        if (own.empty())
            continue;
        parts[own].push_back({rule->part, &tensor});
        parameters[own].transposed = rule->transposed;
        taken.push_back(tensor.name);
    }
    for (auto &[own, list] : parts) {
        std::ranges::sort(list, {}, &Part::order);
        for (const Part &part : list)
            parameters[own].parts.push_back(part.tensor);
    }
    return parameters;
}

void requireShapes(const std::filesystem::path &path, const Tower &tower, Trust trust)
{
    for (const auto &[name, parameter] : tower.parameters) {
        std::int64_t count = 1;
        for (const std::int64_t extent : parameter.shape())
            count *= extent;
        if (count != parameter.count()) // q, k and v that do not belong together
            damaged(toUtf8(path), {QT_TRANSLATE_NOOP("core", "the parts of %1 have different shapes"), {name}});
        for (const WeightTensor *tensor : parameter.parts) {
            if (trust == Trust::Stranger && hasNonFinite(*tensor))
                damaged(toUtf8(path),
                        {QT_TRANSLATE_NOOP("core", "tensor %1 holds values that are no numbers"), {tensor->name}});
            if (tensor->count() == 0)
                damaged(toUtf8(path), {QT_TRANSLATE_NOOP("core", "tensor %1 is empty"), {tensor->name}});
        }
    }
    if (const Message problem = checkGraph(tower.graph, tower.parameters); *problem.text != '\0')
        damaged(toUtf8(path), problem);
}

/// "ViT-B/16" for the sizes that have names.
std::string transformerTitle(const Tower &tower)
{
    int blocks = 0;
    while (tower.parameters.contains("blocks." + std::to_string(blocks) + ".qkv.weight"))
        ++blocks;
    const auto patch = shapeOf(tower.parameters, "patch.weight", 4);
    static constexpr struct {
        int blocks, width;
        const char *name;
    } known[] = {{12, 192, "Ti"}, {12, 384, "S"},  {12, 768, "B"},  {24, 1024, "L"},
                 {32, 1280, "H"}, {40, 1408, "g"}, {40, 1536, "g"}, {48, 1664, "G"}};
    for (const auto &size : known)
        if (size.blocks == blocks && size.width == patch[0])
            return "ViT-" + std::string(size.name) + "/" + std::to_string(patch[2]);
    return "ViT, " + std::to_string(blocks) + " x " + std::to_string(patch[0]) + ", patch " + std::to_string(patch[2]);
}

std::string titleOf(const Tower &tower, Architecture architecture)
{
    if (architecture == Architecture::VisionTransformer)
        return transformerTitle(tower);
    int convolutions = 0; // in the blocks; two more layers are those before and behind them
    for (const auto &[name, parameter] : tower.parameters)
        convolutions += name.find(".conv") != std::string::npos && name.ends_with(".weight");
    return "ResNet-" + std::to_string(convolutions + 2) + (architecture == Architecture::ClipResidual ? " (CLIP)" : "");
}

/// Side of the square that the positions were trained for; 0 where there are none.
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
    return grid * (patch[0] > 0 ? static_cast<int>(patch[2]) : 32);
}

/// SSCD keeps the projection of its descriptor where a classifier would be.
void addResidualHead(const WeightFile &file, const std::string &prefix, Tower &tower, std::vector<std::string> &taken)
{
    const auto tensorNamed = [&](const std::string &name) -> const WeightTensor * {
        const auto found = std::ranges::find(file.tensors, prefix + name, &WeightTensor::name);
        return found == file.tensors.end() ? nullptr : &*found;
    };
    const WeightTensor *weight = tensorNamed("fc.weight");
    // SSCD: the classifier's place holds the projection of the descriptor, behind GeM pooling with p = 3.
    if (!weight || weight->shape.size() != 2 || weight->shape[0] != 512 || !prefix.ends_with("backbone."))
        return;
    tower.parameters["head.weight"] = {{weight}, false};
    taken.push_back(weight->name);
    if (const WeightTensor *bias = tensorNamed("fc.bias")) {
        tower.parameters["head.bias"] = {{bias}, false};
        taken.push_back(bias->name);
    }
}

std::string namesSeen(const WeightFile &file)
{
    std::string names;
    for (std::size_t i = 0; i < file.tensors.size() && i < 6; ++i)
        names += (i == 0 ? "" : ", ") + file.tensors[i].name;
    return names + (file.tensors.size() > 6 ? ", ..." : "");
}

class Recogniser {
public:
    Recogniser(std::filesystem::path path, const ImportChoices &choices, Trust trust)
        : m_path(std::move(path)), m_choices(choices), m_trust(trust), m_config(ModelConfig::beside(m_path))
    {
        m_model.file = std::make_shared<WeightFile>(readWeightFile(m_path));
        m_model.notes = m_model.file->warnings;
    }

    NetworkModel recognised()
    {
        bool found = false;
        for (const Layout &layout : layouts()) {
            const bool text = layout.architecture == Architecture::ClipText;
            if (text ? !found || m_model.text.has_value() : found)
                continue;
            if (const auto prefix = prefixOf(*m_model.file, layout.mark, m_model.notes)) {
                use(layout, *prefix);
                found = true;
            }
        }
        if (!found)
            damaged(toUtf8(m_path), {QT_TRANSLATE_NOOP("core", "no known architecture has these tensors: %1"),
                                     {namesSeen(*m_model.file)}});
        for (const WeightTensor &tensor : m_model.file->tensors)
            if (std::ranges::find(m_taken, tensor.name) == m_taken.end())
                m_model.unused.push_back(tensor.name);
        return std::move(m_model);
    }

private:
    void use(const Layout &layout, std::string prefix)
    {
        const bool text = layout.architecture == Architecture::ClipText;
        if (std::string_view(layout.library) == "CLIP" && !text)
            prefix += "visual."; // part of the mark: a text tower has the same blocks
        Tower tower;
        tower.parameters = parametersOf(*m_model.file, layout, prefix, m_taken);
        if (layout.architecture == Architecture::Residual)
            addResidualHead(*m_model.file, prefix, tower, m_taken);
        requireBasics(layout, tower);
        tower.facts = factsOf(layout, prefix, text);
        if (layout.architecture == Architecture::Residual)
            tower.facts.gem = tower.parameters.contains("head.weight") ? 3 : 0;
        tower.graph = graphOf(layout.architecture, tower);
        requireShapes(m_path, tower, m_trust);
        tower.dimension = vectorWidth(tower.graph, tower.parameters);
        if (text) {
            m_model.vocabulary = static_cast<int>(shapeOf(tower.parameters, "token.weight", 2)[0]);
            m_model.contextLength = static_cast<int>(shapeOf(tower.parameters, "position", 2)[0]);
            for (const WeightTensor &tensor : m_model.file->tensors)
                if (tensor.name.ends_with("logit_scale") && tensor.count() == 1) {
                    m_model.logitScale = std::exp(double{floatsOf(tensor)[0]});
                    m_taken.push_back(tensor.name);
                }
            m_model.text = std::move(tower);
            return;
        }
        m_model.library = layout.library;
        m_model.title = titleOf(tower, layout.architecture);
        m_model.preprocessing = preprocessingOf(layout, tower);
        m_model.image = std::move(tower);
    }

    static Graph graphOf(Architecture architecture, const Tower &tower)
    {
        switch (architecture) {
        case Architecture::Residual:
            return residualNetwork(tower.parameters, tower.facts);
        case Architecture::ClipResidual:
            return clipResidualNetwork(tower.parameters);
        case Architecture::VisionTransformer:
            return visionTransformer(tower.parameters, tower.facts);
        default:
            return textTransformer(tower.parameters, tower.facts);
        }
    }

    /// What the graph is made from has to be there and to have its axes.
    void requireBasics(const Layout &layout, const Tower &tower) const
    {
        const std::vector<std::pair<const char *, std::size_t>> basics =
            layout.architecture == Architecture::Residual || layout.architecture == Architecture::ClipResidual
                ? std::vector<std::pair<const char *, std::size_t>>{{"conv1.weight", 4}}
            : layout.architecture == Architecture::ClipText
                ? std::vector<std::pair<const char *, std::size_t>>{{"token.weight", 2}, {"position", 2}}
                : std::vector<std::pair<const char *, std::size_t>>{{"patch.weight", 4}, {"position", 0}};
        for (const auto &[name, axes] : basics) {
            const auto found = tower.parameters.find(name);
            if (found == tower.parameters.end() || found->second.parts.front()->count() == 0)
                damaged(toUtf8(m_path), {QT_TRANSLATE_NOOP("core", "the tensor for %1 is missing"), {name}});
            if (axes > 0 && found->second.shape().size() != axes)
                damaged(toUtf8(m_path),
                        {QT_TRANSLATE_NOOP("core", "the shape of %1 is %2 where %3 is needed"),
                         {name, found->second.parts.front()->shapeText(), std::to_string(axes) + " axes"}});
        }
    }

    NetworkFacts factsOf(const Layout &layout, const std::string &prefix, bool text) const
    {
        NetworkFacts facts;
        facts.layerNormEps = m_config.layerNormEps.value_or(layout.layerNormEps);
        facts.heads = m_choices.heads > 0 ? m_choices.heads : text ? m_config.textHeads : m_config.heads;
        const std::string_view library = layout.library;
        const auto has = [&](const char *name) {
            return std::ranges::binary_search(m_model.file->tensors, prefix + name, {}, &WeightTensor::name);
        };
        if (library.starts_with("Hugging Face"))
            facts.positions = PositionResize::Plain;
        if (library == "DINOv2" && has("mask_token"))
            facts.positions = has("register_tokens") ? PositionResize::Antialiased : PositionResize::DinoOffset;
        std::optional<bool> quick = m_choices.quickGelu ? m_choices.quickGelu : m_config.quickGelu;
        if (!quick && layout.quickGeluUnknown) {
            // OpenAI publishes TorchScript, and all of it has QuickGELU.
            if (m_model.file->format != WeightFormat::TorchScript)
                throw Error(ErrorKind::Unavailable,
                            QT_TRANSLATE_NOOP("core", "%1 does not say whether it was trained with GELU or QuickGELU "
                                                      "(all weights of OpenAI have QuickGELU): choose one"),
                            {toUtf8(m_path)});
            quick = true;
        }
        facts.activation = quick.value_or(library == "Hugging Face CLIP") ? Activation::QuickGelu : Activation::Gelu;
        return facts;
    }

    Preprocessing preprocessingOf(const Layout &layout, const Tower &tower)
    {
        Preprocessing how = layout.preprocessing;
        if (tower.facts.gem > 0)
            how = {.resizePx = 288, .cropPx = 320, .squash = true}; // SSCD's authors: squashed to 320
        const std::string_view library = layout.library;
        const int side = trainedSide(tower);
        // DINOv2 was trained at 518 last and is used at 224.
        if (side > 0 && side != how.cropPx && library != "DINOv2" && library != "Hugging Face DINOv2")
            how = how.atSize(side);
        if (m_config.preprocessing)
            how = *m_config.preprocessing;
        else
            m_model.notes.push_back(
                {QT_TRANSLATE_NOOP("core", "no file says how images are prepared: as usual for %1"), {layout.library}});
        return how;
    }

    std::filesystem::path m_path;
    ImportChoices m_choices;
    Trust m_trust;
    ModelConfig m_config;
    NetworkModel m_model;
    std::vector<std::string> m_taken;
};

} // namespace

NetworkModel recogniseNetwork(const std::filesystem::path &path, const ImportChoices &choices, Trust trust)
{
    return Recogniser(path, choices, trust).recognised();
}

} // namespace likeness
