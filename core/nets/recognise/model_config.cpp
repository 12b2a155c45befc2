#include "core/nets/recognise/model_config.h"

#include "core/base/file.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace likeness {

namespace {

using Json = nlohmann::json;

Json jsonOf(const std::filesystem::path &path)
{
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return nullptr;
    Json json = Json::parse(readText(path), nullptr, false);
    return json.is_object() ? json : Json();
}

const Json &member(const Json &json, const char *key)
{
    static const Json nothing;
    const auto found = json.is_object() ? json.find(key) : json.end();
    return json.is_object() && found != json.end() ? *found : nothing;
}

int whole(const Json &json, const char *key)
{
    const Json &value = member(json, key);
    return value.is_number_integer() ? value.get<int>() : 0;
}

ModelConfig::Tower transformer(const Json &json)
{
    ModelConfig::Tower config;
    if (const Json &activation = member(json, "hidden_act"); activation.is_string()) {
        const auto name = activation.get<std::string>();
        config.activation = name == "quick_gelu"                                ? Activation::QuickGelu
                            : name == "gelu_pytorch_tanh" || name == "gelu_new" ? Activation::GeluTanh
                                                                                : Activation::Gelu;
    }
    if (const Json &eps = member(json, "layer_norm_eps"); eps.is_number())
        config.layerNormEps = eps.get<double>();
    config.heads = whole(json, "num_attention_heads");
    config.width = whole(json, "hidden_size");
    config.patchPx = whole(json, "patch_size");
    return config;
}

bool isSide(int px)
{
    return px >= 8 && px <= 4096;
}

std::optional<std::array<float, 3>> triple(const Json &json)
{
    if (!json.is_array() || json.size() != 3 || !std::ranges::all_of(json, [](const Json &v) { return v.is_number(); }))
        return std::nullopt;
    return json.get<std::array<float, 3>>();
}

ResizeFilter filterNamed(const Json &json)
{
    // Pillow's numbers.
    if (json.is_number_integer())
        switch (json.get<int>()) {
        case 0:
            return ResizeFilter::Nearest;
        case 1:
            return ResizeFilter::Lanczos;
        case 2:
            return ResizeFilter::Bilinear;
        case 4:
            return ResizeFilter::Box;
        default:
            return ResizeFilter::Bicubic;
        }
    const std::string name = json.is_string() ? json.get<std::string>() : std::string();
    return name == "bilinear"  ? ResizeFilter::Bilinear
           : name == "lanczos" ? ResizeFilter::Lanczos
                               : ResizeFilter::Bicubic;
}

/// Hugging Face's preprocessor_config.json.
std::optional<Preprocessing> huggingFace(const Json &json)
{
    if (!json.is_object())
        return std::nullopt;
    Preprocessing how;
    how.roundCrop = false;
    how.filter = filterNamed(member(json, "resample"));
    const Json &size = member(json, "size"), &crop = member(json, "crop_size");
    const auto sideOf = [](const Json &value) {
        return value.is_number_integer() ? value.get<int>()
                                         : std::max(whole(value, "height"), whole(value, "shortest_edge"));
    };
    const Json &cropping = member(json, "do_center_crop");
    const bool crops = cropping.is_boolean() ? cropping.get<bool>() : !crop.is_null();
    how.resizePx = sideOf(size);
    how.cropPx = crops ? sideOf(crop) : how.resizePx;
    how.squash = !crops || size.contains("height");
    if (crops && how.squash && how.resizePx != how.cropPx)
        return std::nullopt; // squashed, then cropped: no known model does
    if (const auto mean = triple(member(json, "image_mean")))
        how.mean = *mean;
    if (const auto deviation = triple(member(json, "image_std")))
        how.deviation = *deviation;
    return isSide(how.resizePx) && isSide(how.cropPx) ? std::optional(how) : std::nullopt;
}

std::optional<Preprocessing> timm(const Json &json)
{
    const Json &size = member(json, "input_size");
    if (!size.is_array() || size.size() != 3 || !size[2].is_number_integer())
        return std::nullopt;
    Preprocessing how;
    how.cropPx = size[2].get<int>();
    const Json &share = member(json, "crop_pct"), &mode = member(json, "crop_mode");
    const double kept = share.is_number() ? share.get<double>() : 0.875;
    if (!isSide(how.cropPx) || !(kept > 0.1 && kept <= 1))
        return std::nullopt;
    how.resizePx = static_cast<int>(std::floor(how.cropPx / kept));
    how.squash = mode.is_string() && mode.get<std::string>() == "squash";
    how.filter = filterNamed(member(json, "interpolation"));
    if (const auto mean = triple(member(json, "mean")))
        how.mean = *mean;
    if (const auto deviation = triple(member(json, "std")))
        how.deviation = *deviation;
    return how;
}

void readOpenClip(const Json &json, ModelConfig &config)
{
    const Json &model = member(json, "model_cfg"), &prepare = member(json, "preprocess_cfg");
    if (!model.is_object())
        return;
    const Json &quick = member(model, "quick_gelu");
    const Json &vision = member(model, "vision_cfg"), &pool = member(vision, "timm_pool");
    config.text.activation = quick.is_boolean() && quick.get<bool>() ? Activation::QuickGelu : Activation::Gelu;
    const bool trunk = member(vision, "timm_model_name").is_string(); // timm's own activation, whatever the texts have
    if (!trunk)
        config.image.activation = config.text.activation;
    config.meanOfPatches = trunk && pool.is_string() && pool.get<std::string>() == "avg";
    config.text.heads = whole(member(model, "text_cfg"), "heads");
    if (const Json &all = member(member(model, "text_cfg"), "no_causal_mask"); all.is_boolean())
        config.text.causal = !all.get<bool>();
    if (config.image.patchPx = whole(vision, "patch_size"); config.image.patchPx > 0)
        config.image.width = whole(vision, "width");
    if (const int headWidth = whole(vision, "head_width"), width = whole(vision, "width"); headWidth > 0 && width > 0)
        config.image.heads = width / headWidth;
    Preprocessing how{224, 224, false, true, ResizeFilter::Bicubic};
    how.mean = {0.48145466f, 0.4578275f, 0.40821073f};
    how.deviation = {0.26862954f, 0.26130258f, 0.27577711f};
    if (const int side = whole(vision, "image_size"); isSide(side))
        how.resizePx = how.cropPx = side;
    if (const auto mean = triple(member(prepare, "mean")))
        how.mean = *mean;
    if (const auto deviation = triple(member(prepare, "std")))
        how.deviation = *deviation;
    if (const Json &filter = member(prepare, "interpolation"); filter.is_string())
        how.filter = filterNamed(filter);
    const Json &mode = member(prepare, "resize_mode");
    how.squash = mode.is_string() && mode.get<std::string>() == "squash";
    config.preprocessing = how;
}

} // namespace

ModelConfig ModelConfig::beside(const std::filesystem::path &weights)
{
    const auto folder = weights.parent_path();
    ModelConfig config;
    if (const Json json = jsonOf(folder / "config.json"); json.is_object()) {
        const Json &vision = member(json, "vision_config");
        config.image = transformer(vision.is_object() ? vision : json);
        config.text = transformer(member(json, "text_config"));
        config.preprocessing = timm(member(json, "pretrained_cfg"));
        if (const Json &name = member(json, "architecture"); name.is_string())
            config.architecture = name.get<std::string>();
    }
    const Json prepared = jsonOf(folder / "preprocessor_config.json");
    if (const auto how = huggingFace(prepared)) {
        config.preprocessing = how;
        config.preparedAlone = true;
    }
    for (const char *key : {"feature_extractor_type", "image_processor_type"})
        if (const Json &name = member(prepared, key); name.is_string())
            config.preparedBy = name.get<std::string>();
    readOpenClip(jsonOf(folder / "open_clip_config.json"), config);
    return config;
}

} // namespace likeness
