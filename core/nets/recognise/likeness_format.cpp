#include "core/nets/recognise/likeness_format.h"

#include "core/weights/readers.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace likeness {

namespace {

constexpr const char *key = "likeness";

template <class Value> struct Named {
    const char *name;
    Value value;
};
constexpr Named<Activation> activations[] = {
    {"gelu", Activation::Gelu}, {"gelu-tanh", Activation::GeluTanh}, {"quick-gelu", Activation::QuickGelu}};
constexpr Named<PositionResize> resizes[] = {{"antialiased", PositionResize::Antialiased},
                                             {"plain", PositionResize::Plain},
                                             {"dino-offset", PositionResize::DinoOffset},
                                             {"absent", PositionResize::Absent}};
constexpr Named<Rotation> rotations[] = {
    {"none", Rotation::None}, {"grid", Rotation::Grid}, {"centred", Rotation::Centred}};

template <class Value, std::size_t n> const char *nameIn(const Named<Value> (&names)[n], Value value)
{
    for (const auto &known : names)
        if (known.value == value)
            return known.name;
    return "";
}

template <class Value, std::size_t n> Value valueIn(const Named<Value> (&names)[n], const std::string &name)
{
    for (const auto &known : names)
        if (name == known.name)
            return known.value;
    throw std::out_of_range("\"" + name + "\"");
}

} // namespace

std::map<std::string, std::string> LikenessNetwork::metadata() const
{
    const nlohmann::ordered_json json = {{"architecture", architecture->id},
                                         {"activation", nameIn(activations, facts.activation)},
                                         {"layer_norm_eps", facts.layerNormEps},
                                         {"heads", facts.heads},
                                         {"positions", nameIn(resizes, facts.positions)},
                                         {"rotation", nameIn(rotations, facts.rotation)},
                                         {"mean_of_patches", facts.meanOfPatches},
                                         {"gem", facts.gem},
                                         {"batch_norm_eps", facts.batchNormEps},
                                         {"stem_pool", facts.stemPool},
                                         {"same_padding", facts.samePadding},
                                         {"preprocessing", preprocessing.toJson()}};
    return {{"format", "pt"}, {key, json.dump()}};
}

std::optional<LikenessNetwork> likenessNetworkOf(const WeightFile &file, const std::string &name)
{
    const auto said = file.metadata.find(key);
    if (said == file.metadata.end())
        return std::nullopt;
    try {
        const auto json = nlohmann::json::parse(said->second);
        LikenessNetwork own;
        const auto id = json.at("architecture").get<std::string>();
        const auto known = std::ranges::find_if(architectures(), [&id](const Architecture *architecture) {
            return !architecture->readsText && architecture->id == id;
        });
        if (known == architectures().end())
            throw std::out_of_range("\"" + id + "\"");
        own.architecture = *known;
        own.facts = {.activation = valueIn(activations, json.at("activation").get<std::string>()),
                     .layerNormEps = json.at("layer_norm_eps").get<double>(),
                     .heads = json.at("heads").get<int>(),
                     .positions = valueIn(resizes, json.at("positions").get<std::string>()),
                     .rotation = valueIn(rotations, json.value("rotation", "none")), // not in files of 0.1
                     .meanOfPatches = json.at("mean_of_patches").get<bool>(),
                     .gem = json.at("gem").get<double>(),
                     .batchNormEps = json.at("batch_norm_eps").get<double>(),
                     .stemPool = json.at("stem_pool").get<bool>(),
                     .samePadding = json.at("same_padding").get<bool>()};
        own.preprocessing = Preprocessing::fromJson(json.at("preprocessing"));
        return own;
    } catch (const std::exception &error) {
        throwDamaged(name,
                     {QT_TRANSLATE_NOOP("core", "what it says of its network cannot be read: %1"), {error.what()}});
    }
}

} // namespace likeness
