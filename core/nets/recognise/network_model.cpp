#include "core/nets/recognise/network_model.h"

#include "core/base/file.h"
#include "core/nets/build/tensor_map.h"
#include "core/nets/recognise/likeness_format.h"
#include "core/nets/recognise/model_config.h"
#include "core/nets/recognise/refusal.h"
#include "core/nets/recognise/tower.h"
#include "core/weights/readers.h"

#include <algorithm>
#include <cmath>

namespace likeness {

namespace {

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

constexpr const char *trunk = "visual.trunk."; ///< where open_clip keeps a network of timm

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
        if (const auto own = likenessNetworkOf(*m_model.file, toUtf8(m_path))) {
            useOwn(*own);
            return std::move(m_model);
        }
        for (const Architecture *architecture : architectures())
            for (const Layout &layout : architecture->layouts) {
                if (architecture->readsText ? !found || m_model.text.has_value() || isSigLip() : found)
                    continue;
                if (const auto prefix = prefixOf(*m_model.file, layout.mark, m_model.notes)) {
                    use(*architecture, layout, *prefix);
                    found = true;
                }
            }
        if (isSigLip())
            m_model.notes.push_back(
                {QT_TRANSLATE_NOOP("core",
                                   "the texts of SigLIP are not read here: its images are compared with images"),
                 {}});
        if (!found && m_model.file->format == WeightFormat::TorchScript)
            throw ChoiceNeeded(ChoiceNeeded::Question::RunProgram,
                               QT_TRANSLATE_NOOP("core",
                                                 "%1 has no known architecture (its tensors: %2). It can be run as the "
                                                 "program that it is, which may do all that you may: only if you "
                                                 "trust its authors"),
                               {toUtf8(m_path), namesSeen(*m_model.file)});
        if (!found)
            throwDamaged(toUtf8(m_path), unknownArchitecture(*m_model.file));
        for (const WeightTensor &tensor : m_model.file->tensors)
            if (std::ranges::find(m_taken, tensor.name) == m_taken.end() &&
                !tensor.name.ends_with("num_batches_tracked")) // a counter of the training
                m_model.unused.push_back(tensor.name);
        return std::move(m_model);
    }

private:
    bool isSigLip() const { return m_model.image.parameters.contains("latent"); }

    /// A file that this program wrote says what it is.
    void useOwn(const LikenessNetwork &own)
    {
        Tower tower;
        tower.architecture = own.architecture;
        tower.parameters = parametersNamedAsIn(*m_model.file);
        requireNeeded(tower);
        tower.facts = own.facts;
        requireKnownVariant(tower);
        tower.graph = graphOf(tower);
        requireSound(m_path, tower, m_trust);
        tower.dimension = vectorWidth(tower.graph, tower.parameters);
        m_model.library = "Likeness";
        m_model.title = tower.architecture->title(tower.parameters, tower.facts);
        // A head of its own was trained to find copies.
        m_model.family = tower.parameters.contains("embedding.weight")
                             ? "sscd"
                             : tower.architecture->family(tower.parameters, tower.facts);
        m_model.preprocessing = own.preprocessing;
        m_model.image = std::move(tower);
    }

    void use(const Architecture &architecture, const Layout &layout, std::string prefix)
    {
        const bool text = architecture.readsText, bert = &architecture == &bertArchitecture;
        if (std::string_view(layout.library) == "CLIP" && !text)
            prefix += "visual."; // part of the mark: a text tower has the same blocks
        Tower tower;
        tower.architecture = &architecture;
        tower.parameters = parametersOf(*m_model.file, layout, prefix, m_taken);
        if (&architecture == &residualArchitecture)
            addResidualHead(*m_model.file, prefix, tower, m_taken);
        const bool sscd = tower.parameters.contains("head.weight") && &architecture == &residualArchitecture;
        if (bert)
            addProjection(prefix, tower);
        if (prefix.ends_with(trunk))
            addTrunkHead(prefix.substr(0, prefix.size() - std::string_view("trunk.").size()), tower);
        requireNeeded(tower);
        if (!text)
            leaveOutForeign(layout, tower);
        tower.facts = factsOf(architecture, layout, prefix);
        tower.facts.gem = sscd ? 3 : 0;
        requireKnownVariant(tower);
        tower.graph = graphOf(tower);
        requireSound(m_path, tower, m_trust);
        tower.dimension = vectorWidth(tower.graph, tower.parameters);
        if (text) {
            m_model.textNeeds = {static_cast<int>(shapeOf(tower.parameters, "token.weight", 2)[0]), bert};
            m_model.contextLength = static_cast<int>(shapeOf(tower.parameters, "position", 2)[0]);
            if (bert) // its authors cut there; BERT has 512 places
                m_model.contextLength = std::min(m_model.contextLength, 52);
            for (const WeightTensor &tensor : m_model.file->tensors)
                if (tensor.name.ends_with("logit_scale") && tensor.count() == 1) {
                    m_model.logitScale = std::exp(double{floatsOf(tensor)[0]});
                    if (!std::isfinite(m_model.logitScale))
                        throwDamaged(
                            toUtf8(m_path),
                            {QT_TRANSLATE_NOOP("core", "tensor %1 holds values that are no numbers"), {tensor.name}});
                    m_taken.push_back(tensor.name);
                }
            m_model.text = std::move(tower);
            m_model.family = "clip";
            return;
        }
        m_model.library = layout.library;
        m_model.title = tower.architecture->title(tower.parameters, tower.facts);
        m_model.family = tower.architecture->family(tower.parameters, tower.facts);
        m_model.preprocessing = preprocessingOf(layout, tower);
        m_model.image = std::move(tower);
    }

    /// Takes a tensor for a parameter, if the file has it.
    bool take(const std::string &name, Tower &tower, const char *own, bool transposed = false)
    {
        const auto &tensors = m_model.file->tensors;
        const auto found = std::ranges::find(tensors, name, &WeightTensor::name);
        if (found == tensors.end())
            return false;
        tower.parameters[own] = {{&*found}, transposed};
        m_taken.push_back(name);
        return true;
    }

    /// Chinese-CLIP's projection of texts lies beside its BERT: as a layer (Hugging Face) or a matrix (its authors).
    void addProjection(const std::string &prefix, Tower &tower)
    {
        const auto dot = prefix.empty() ? std::string::npos : prefix.rfind('.', prefix.size() - 2);
        const std::string outside = dot == std::string::npos ? std::string() : prefix.substr(0, dot + 1);
        if (!take(outside + "text_projection.weight", tower, "head.weight"))
            take(outside + "text_projection", tower, "head.weight", true);
    }

    /// What open_clip puts behind a network of timm.
    void addTrunkHead(const std::string &visual, Tower &tower)
    {
        for (const char *head : {"trunk.head.", "trunk.head.fc.", "head.proj."}) {
            take(visual + head + "weight", tower, "head.weight");
            take(visual + head + "bias", tower, "head.bias");
        }
        for (const WeightTensor &tensor : m_model.file->tensors)
            for (const char *unknown : {"head.mlp.", "trunk.attn_pool."})
                if (tensor.name.starts_with(visual + unknown) &&
                    std::ranges::find(m_taken, tensor.name) == m_taken.end())
                    throwDamaged(toUtf8(m_path),
                                 {QT_TRANSLATE_NOOP("core", "a head like that of %1 is not known"), {tensor.name}});
    }

    /// What the graph is made from has to be there and to have its axes.
    void requireNeeded(const Tower &tower) const
    {
        const Architecture &architecture = *tower.architecture;
        for (const auto &[name, axes] : architecture.needed) {
            const auto found = tower.parameters.find(name);
            if (found == tower.parameters.end() || found->second.parts.front()->count() == 0)
                throwDamaged(toUtf8(m_path), {QT_TRANSLATE_NOOP("core", "the tensor for %1 is missing"), {name}});
            if (axes > 0 && found->second.shape().size() != axes)
                throwDamaged(toUtf8(m_path),
                             {QT_TRANSLATE_NOOP("core", "the shape of %1 is %2 where %3 is needed"),
                              {name, found->second.parts.front()->shapeText(), std::to_string(axes) + " axes"}});
        }
    }

    void requireKnownVariant(const Tower &tower) const
    {
        const Architecture &architecture = *tower.architecture;
        if (architecture.title != nullptr && architecture.title(tower.parameters, tower.facts).empty())
            throwDamaged(toUtf8(m_path),
                         {QT_TRANSLATE_NOOP("core", "it is a variant of %1 that is not known here: export it to ONNX, "
                                                    "which can be used"),
                          {architecture.id}});
    }

    /// MNasNet, FBNet and others have the shapes of these and other activations: only the name tells.
    void requireKnownMobile(const std::string &name)
    {
        const std::string_view plain = std::string_view(name).substr(name.starts_with("tf_") ? 3 : 0);
        const bool known = plain.starts_with("efficientnet_b") || plain.starts_with("efficientnet_lite") ||
                           (plain.starts_with("mobilenetv3_") && plain.find("minimal") == std::string_view::npos);
        if (!known && !m_config.architecture.empty())
            throwDamaged(toUtf8(m_path),
                         {QT_TRANSLATE_NOOP("core", "its configuration names %1, which is not known"), {name}});
        if (!known)
            m_model.notes.push_back(
                {QT_TRANSLATE_NOOP("core",
                                   "neither its name nor a config.json says which network of timm it is: taken for "
                                   "MobileNetV3 or EfficientNet, trained with PyTorch"),
                 {}});
    }

    /// A folder of downloads holds the descriptions of other networks, too.
    void leaveOutForeign(const Layout &layout, const Tower &tower)
    {
        const auto note = [&](const std::string &what) {
            m_model.notes.push_back(
                {QT_TRANSLATE_NOOP("core", "the JSON files beside it describe another network (%1): "
                                           "they are not used"),
                 {what}});
        };
        const ModelConfig::Tower said = m_config.image;
        const auto patch = tower.parameters.find("patch.weight");
        const auto shape = patch == tower.parameters.end() ? std::vector<std::int64_t>{0, 0, 0} : patch->second.shape();
        if ((said.width > 0 && said.width != shape[0]) || (said.patchPx > 0 && said.patchPx != shape[2])) {
            m_config = {};
            m_model.foreign.assign(std::begin(ModelConfig::files), std::end(ModelConfig::files));
            return note("hidden_size " + std::to_string(said.width) + ", patch_size " + std::to_string(said.patchPx));
        }
        if (!m_config.preprocessing)
            return;
        const std::string_view library = layout.library;
        const int side = trainedSide(tower), given = m_config.preprocessing->cropPx;
        const bool otherFamily =
            m_config.preparedBy.find("CLIP") != std::string::npos && library.find("CLIP") == std::string_view::npos;
        const bool otherSide = side > 0 && side != given && library.find("DINOv2") == std::string_view::npos;
        if (!otherFamily && !otherSide)
            return;
        m_config.preprocessing.reset();
        if (m_config.preparedAlone)
            m_model.foreign.push_back("preprocessor_config.json");
        note(otherFamily ? m_config.preparedBy : std::to_string(given) + " px");
    }

    NetworkFacts factsOf(const Architecture &architecture, const Layout &layout, const std::string &prefix)
    {
        NetworkFacts facts;
        const ModelConfig::Tower &config = architecture.readsText ? m_config.text : m_config.image;
        facts.layerNormEps = config.layerNormEps.value_or(layout.layerNormEps);
        facts.heads = m_choices.heads > 0 ? m_choices.heads : config.heads;
        facts.meanOfPatches = m_config.meanOfPatches && prefix.ends_with(trunk);
        const std::string_view library = layout.library;
        const auto has = [&](const char *name) {
            return std::ranges::binary_search(m_model.file->tensors, prefix + name, {}, &WeightTensor::name);
        };
        if (&architecture == &mobileArchitecture) {
            const std::string name = m_config.architecture.empty() ? toUtf8(m_path.filename()) : m_config.architecture;
            facts.samePadding = library == "efficientnet-pytorch" ||
                                (library == "timm" && name.starts_with("tf_")); // trained with TensorFlow
            facts.batchNormEps = library == "torchvision" || facts.samePadding ? 1e-3 : 1e-5;
            if (library == "timm")
                requireKnownMobile(name);
        }
        // All of MobileCLIP but for B, whose images a ViT looks at.
        facts.causal = config.causal.value_or(m_model.image.architecture != &fastVitArchitecture);
        facts.positions = layout.positions;
        facts.rotation = layout.rotation;
        if (library == "DINOv2" && has("mask_token"))
            facts.positions = has("register_tokens") ? PositionResize::Antialiased : PositionResize::DinoOffset;
        const bool asked = m_choices.quickGelu && &architecture != &bertArchitecture;
        std::optional<Activation> chosen = config.activation;
        if (asked)
            chosen = *m_choices.quickGelu ? Activation::QuickGelu : Activation::Gelu;
        if (!chosen && layout.quickGeluUnknown) {
            // OpenAI publishes TorchScript, and all of it has QuickGELU; so has Chinese-CLIP. Beside a trunk of timm
            // open_clip has GELU.
            const auto anyHas = [&](const char *part) {
                return std::ranges::any_of(m_model.file->tensors, [part](const WeightTensor &tensor) {
                    return tensor.name.find(part) != std::string::npos;
                });
            };
            const bool ofTimm = anyHas(trunk);
            if (m_model.file->format != WeightFormat::TorchScript && !ofTimm && !anyHas("bert.encoder.layer.0."))
                throw ChoiceNeeded(ChoiceNeeded::Question::Activation,
                                   QT_TRANSLATE_NOOP("core",
                                                     "%1 does not say whether it was trained with GELU or QuickGELU "
                                                     "(all weights of OpenAI have QuickGELU): choose one"),
                                   {toUtf8(m_path)});
            chosen = ofTimm ? Activation::Gelu : Activation::QuickGelu;
        }
        facts.activation = chosen.value_or(layout.activation);
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
        if (m_choices.resizePx > 0)
            how.resizePx = m_choices.resizePx;
        else if (m_config.preprocessing)
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
