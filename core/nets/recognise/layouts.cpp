#include "core/nets/recognise/layouts.h"

#include <algorithm>

namespace likeness {

namespace {

constexpr LayoutRule residual[] = {
    {"conv1", "conv1"},
    {"bn1", "bn1"},
    {"layer#.#.conv#", "layer#.#.conv#"},
    {"layer#.#.bn#", "layer#.#.bn#"},
    {"layer#.#.downsample.#", "layer#.#.downsample.#"},
};

constexpr LayoutRule clipResidual[] = {
    {"conv#", "conv#"},
    {"bn#", "bn#"},
    {"layer#.#.conv#", "layer#.#.conv#"},
    {"layer#.#.bn#", "layer#.#.bn#"},
    {"layer#.#.downsample.#", "layer#.#.downsample.#"},
    {"attnpool.positional_embedding", "position"},
    {"attnpool.q_proj", "attnpool.qkv", 0},
    {"attnpool.k_proj", "attnpool.qkv", 1},
    {"attnpool.v_proj", "attnpool.qkv", 2},
    {"attnpool.c_proj", "attnpool.c_proj"},
};

constexpr LayoutRule torchvisionMobile[] = {
    {"features.0.0", "stem"},
    {"features.0.1", "stem_bn"},
    {"features.#.block.#.#", "blocks.#.#.#"},
    {"features.#.block.#.fc#", "blocks.#.#.fc#"},
    {"features.#.#", "last.#.#"},
};

/// MobileNetV3 and EfficientNet.
constexpr LayoutRule timmMobile[] = {
    {"conv_stem", "stem"},
    {"bn1", "stem_bn"},
    {"blocks.#.#.conv", "blocks.#.#.conv"},
    {"blocks.#.#.conv_pw", "blocks.#.#.conv_pw"},
    {"blocks.#.#.conv_dw", "blocks.#.#.conv_dw"},
    {"blocks.#.#.conv_pwl", "blocks.#.#.conv_pwl"},
    {"blocks.#.#.bn#", "blocks.#.#.bn#"},
    {"blocks.#.#.se.conv_reduce", "blocks.#.#.se.conv_reduce"},
    {"blocks.#.#.se.conv_expand", "blocks.#.#.se.conv_expand"},
    {"conv_head", "head"},
    {"bn2", "head_bn"},
};

constexpr LayoutRule torchvisionVit[] = {
    {"class_token", "class"},
    {"conv_proj", "patch"},
    {"encoder.pos_embedding", "position"},
    {"encoder.layers.encoder_layer_#.ln_1", "blocks.#.norm1"},
    {"encoder.layers.encoder_layer_#.self_attention.in_proj_weight", "blocks.#.qkv.weight"},
    {"encoder.layers.encoder_layer_#.self_attention.in_proj_bias", "blocks.#.qkv.bias"},
    {"encoder.layers.encoder_layer_#.self_attention.out_proj", "blocks.#.proj"},
    {"encoder.layers.encoder_layer_#.ln_2", "blocks.#.norm2"},
    {"encoder.layers.encoder_layer_#.mlp.0", "blocks.#.fc1"},
    {"encoder.layers.encoder_layer_#.mlp.3", "blocks.#.fc2"},
    {"encoder.layers.encoder_layer_#.mlp.linear_1", "blocks.#.fc1"}, // files before torchvision 0.13
    {"encoder.layers.encoder_layer_#.mlp.linear_2", "blocks.#.fc2"},
    {"encoder.ln", "norm"},
};

/// timm and Meta's DINOv2.
constexpr LayoutRule timmVit[] = {
    {"cls_token", "class"},
    {"reg_token", "registers"},
    {"register_tokens", "registers"},
    {"pos_embed", "position"},
    {"patch_embed.proj", "patch"},
    {"norm_pre", "pre_norm"},
    {"blocks.#.norm1", "blocks.#.norm1"},
    {"blocks.#.attn.qkv", "blocks.#.qkv"},
    {"blocks.#.attn.proj", "blocks.#.proj"},
    {"blocks.#.ls1.gamma", "blocks.#.scale1.weight"},
    {"blocks.#.norm2", "blocks.#.norm2"},
    {"blocks.#.mlp.fc1", "blocks.#.fc1"},
    {"blocks.#.mlp.fc2", "blocks.#.fc2"},
    {"blocks.#.mlp.w12", "blocks.#.w12"},
    {"blocks.#.mlp.w3", "blocks.#.w3"},
    {"blocks.#.ls2.gamma", "blocks.#.scale2.weight"},
    {"norm", "norm"},
    {"fc_norm", "pool_norm"},
};

constexpr LayoutRule huggingFaceVit[] = {
    {"embeddings.cls_token", "class"},
    {"embeddings.position_embeddings", "position"},
    {"embeddings.patch_embeddings.projection", "patch"},
    {"encoder.layer.#.layernorm_before", "blocks.#.norm1"},
    {"encoder.layer.#.attention.attention.query", "blocks.#.qkv", 0},
    {"encoder.layer.#.attention.attention.key", "blocks.#.qkv", 1},
    {"encoder.layer.#.attention.attention.value", "blocks.#.qkv", 2},
    {"encoder.layer.#.attention.output.dense", "blocks.#.proj"},
    {"encoder.layer.#.layernorm_after", "blocks.#.norm2"},
    {"encoder.layer.#.intermediate.dense", "blocks.#.fc1"},
    {"encoder.layer.#.output.dense", "blocks.#.fc2"},
    {"layernorm", "norm"},
};

constexpr LayoutRule huggingFaceDino[] = {
    {"embeddings.cls_token", "class"},
    {"embeddings.register_tokens", "registers"},
    {"embeddings.position_embeddings", "position"},
    {"embeddings.patch_embeddings.projection", "patch"},
    {"encoder.layer.#.norm1", "blocks.#.norm1"},
    {"encoder.layer.#.attention.attention.query", "blocks.#.qkv", 0},
    {"encoder.layer.#.attention.attention.key", "blocks.#.qkv", 1},
    {"encoder.layer.#.attention.attention.value", "blocks.#.qkv", 2},
    {"encoder.layer.#.attention.output.dense", "blocks.#.proj"},
    {"encoder.layer.#.layer_scale1.lambda1", "blocks.#.scale1.weight"},
    {"encoder.layer.#.norm2", "blocks.#.norm2"},
    {"encoder.layer.#.mlp.fc1", "blocks.#.fc1"},
    {"encoder.layer.#.mlp.fc2", "blocks.#.fc2"},
    {"encoder.layer.#.mlp.weights_in", "blocks.#.w12"},
    {"encoder.layer.#.mlp.weights_out", "blocks.#.w3"},
    {"encoder.layer.#.layer_scale2.lambda1", "blocks.#.scale2.weight"},
    {"layernorm", "norm"},
};

constexpr LayoutRule clipVision[] = {
    {"class_embedding", "class"},
    {"positional_embedding", "position"},
    {"conv1", "patch"},
    {"ln_pre", "pre_norm"},
    {"transformer.resblocks.#.ln_1", "blocks.#.norm1"},
    {"transformer.resblocks.#.attn.in_proj_weight", "blocks.#.qkv.weight"},
    {"transformer.resblocks.#.attn.in_proj_bias", "blocks.#.qkv.bias"},
    {"transformer.resblocks.#.attn.out_proj", "blocks.#.proj"},
    {"transformer.resblocks.#.ln_2", "blocks.#.norm2"},
    {"transformer.resblocks.#.mlp.c_fc", "blocks.#.fc1"},
    {"transformer.resblocks.#.mlp.c_proj", "blocks.#.fc2"},
    {"ln_post", "norm"},
    {"proj", "head.weight", 0, true},
};

constexpr LayoutRule clipText[] = {
    {"token_embedding", "token"},
    {"positional_embedding", "position"},
    {"transformer.resblocks.#.ln_1", "blocks.#.norm1"},
    {"transformer.resblocks.#.attn.in_proj_weight", "blocks.#.qkv.weight"},
    {"transformer.resblocks.#.attn.in_proj_bias", "blocks.#.qkv.bias"},
    {"transformer.resblocks.#.attn.out_proj", "blocks.#.proj"},
    {"transformer.resblocks.#.ln_2", "blocks.#.norm2"},
    {"transformer.resblocks.#.mlp.c_fc", "blocks.#.fc1"},
    {"transformer.resblocks.#.mlp.c_proj", "blocks.#.fc2"},
    {"ln_final", "norm"},
    {"text_projection", "head.weight", 0, true},
};

constexpr LayoutRule huggingFaceClipVision[] = {
    {"vision_model.embeddings.class_embedding", "class"},
    {"vision_model.embeddings.position_embedding.weight", "position"},
    {"vision_model.embeddings.patch_embedding", "patch"},
    {"vision_model.pre_layrnorm", "pre_norm"}, // their spelling
    {"vision_model.encoder.layers.#.layer_norm1", "blocks.#.norm1"},
    {"vision_model.encoder.layers.#.self_attn.q_proj", "blocks.#.qkv", 0},
    {"vision_model.encoder.layers.#.self_attn.k_proj", "blocks.#.qkv", 1},
    {"vision_model.encoder.layers.#.self_attn.v_proj", "blocks.#.qkv", 2},
    {"vision_model.encoder.layers.#.self_attn.out_proj", "blocks.#.proj"},
    {"vision_model.encoder.layers.#.layer_norm2", "blocks.#.norm2"},
    {"vision_model.encoder.layers.#.mlp.fc1", "blocks.#.fc1"},
    {"vision_model.encoder.layers.#.mlp.fc2", "blocks.#.fc2"},
    {"vision_model.post_layernorm", "norm"},
    {"visual_projection", "head"},
};

constexpr LayoutRule huggingFaceClipText[] = {
    {"text_model.embeddings.token_embedding", "token"},
    {"text_model.embeddings.position_embedding.weight", "position"},
    {"text_model.encoder.layers.#.layer_norm1", "blocks.#.norm1"},
    {"text_model.encoder.layers.#.self_attn.q_proj", "blocks.#.qkv", 0},
    {"text_model.encoder.layers.#.self_attn.k_proj", "blocks.#.qkv", 1},
    {"text_model.encoder.layers.#.self_attn.v_proj", "blocks.#.qkv", 2},
    {"text_model.encoder.layers.#.self_attn.out_proj", "blocks.#.proj"},
    {"text_model.encoder.layers.#.layer_norm2", "blocks.#.norm2"},
    {"text_model.encoder.layers.#.mlp.fc1", "blocks.#.fc1"},
    {"text_model.encoder.layers.#.mlp.fc2", "blocks.#.fc2"},
    {"text_model.final_layer_norm", "norm"},
    {"text_projection", "head"},
};

/// Chinese-CLIP's text tower, in Hugging Face's files and its authors' own.
constexpr LayoutRule bert[] = {
    {"embeddings.word_embeddings", "token"},
    {"embeddings.position_embeddings.weight", "position"},
    {"embeddings.token_type_embeddings.weight", "segment"},
    {"embeddings.LayerNorm", "embedding_norm"},
    {"encoder.layer.#.attention.self.query", "blocks.#.qkv", 0},
    {"encoder.layer.#.attention.self.key", "blocks.#.qkv", 1},
    {"encoder.layer.#.attention.self.value", "blocks.#.qkv", 2},
    {"encoder.layer.#.attention.output.dense", "blocks.#.proj"},
    {"encoder.layer.#.attention.output.LayerNorm", "blocks.#.norm1"},
    {"encoder.layer.#.intermediate.dense", "blocks.#.fc1"},
    {"encoder.layer.#.output.dense", "blocks.#.fc2"},
    {"encoder.layer.#.output.LayerNorm", "blocks.#.norm2"},
};

constexpr std::array<float, 3> clipMean{0.48145466f, 0.4578275f, 0.40821073f},
    clipDeviation{0.26862954f, 0.26130258f, 0.27577711f}, halves{0.5f, 0.5f, 0.5f};

/// '#' in the pattern takes digits, which replace the '#'s of `own` in order.
bool fits(std::string_view pattern, std::string_view name, std::vector<std::string_view> &numbers,
          std::string_view &rest)
{
    std::size_t at = 0;
    for (const char c : pattern) {
        if (c == '#') {
            const std::size_t begin = at;
            while (at < name.size() && name[at] >= '0' && name[at] <= '9')
                ++at;
            if (at == begin)
                return false;
            numbers.push_back(name.substr(begin, at - begin));
        } else if (at >= name.size() || name[at++] != c) {
            return false;
        }
    }
    rest = name.substr(at);
    return rest.empty() || rest == ".weight" || rest == ".bias" || rest == ".running_mean" || rest == ".running_var";
}

} // namespace

std::span<const Layout> layouts()
{
    static const Preprocessing imageNet, clip{224, 224, false, true, ResizeFilter::Bicubic, clipMean, clipDeviation},
        dino{256, 224, false, true, ResizeFilter::Bicubic}, timm{248, 224, false, true, ResizeFilter::Bicubic},
        timmMobileWay{256, 224, false, true, ResizeFilter::Bicubic},
        huggingFaceClip{224, 224, false, false, ResizeFilter::Bicubic, clipMean, clipDeviation},
        huggingFaceVitWay{224, 224, true, false, ResizeFilter::Bilinear, halves, halves},
        huggingFaceDinoWay{256, 224, false, false, ResizeFilter::Bicubic};
    static const Layout all[] = {
        {"torchvision", Architecture::VisionTransformer, "encoder.layers.encoder_layer_0.self_attention.in_proj_weight",
         torchvisionVit, 1e-6, imageNet},
        {"DINOv2", Architecture::VisionTransformer, "blocks.0.ls1.gamma", timmVit, 1e-6, dino},
        {"timm", Architecture::VisionTransformer, "blocks.0.attn.qkv.weight", timmVit, 1e-6, timm},
        {"Hugging Face DINOv2", Architecture::VisionTransformer, "encoder.layer.0.layer_scale1.lambda1",
         huggingFaceDino, 1e-6, huggingFaceDinoWay},
        {"Hugging Face", Architecture::VisionTransformer, "encoder.layer.0.attention.attention.query.weight",
         huggingFaceVit, 1e-12, huggingFaceVitWay},
        {"Hugging Face CLIP", Architecture::VisionTransformer, "vision_model.encoder.layers.0.self_attn.q_proj.weight",
         huggingFaceClipVision, 1e-5, huggingFaceClip},
        {"CLIP", Architecture::VisionTransformer, "visual.transformer.resblocks.0.attn.in_proj_weight", clipVision,
         1e-5, clip, true},
        {"CLIP", Architecture::ClipResidual, "visual.attnpool.q_proj.weight", clipResidual, 0, clip},
        {"torchvision", Architecture::Residual, "layer1.0.conv1.weight", residual, 0, imageNet},
        {"torchvision", Architecture::Mobile, "features.1.block.0.0.weight", torchvisionMobile, 0, imageNet},
        {"timm", Architecture::Mobile, "conv_stem.weight", timmMobile, 0, timmMobileWay},
        {"Hugging Face CLIP", Architecture::ClipText, "text_model.encoder.layers.0.self_attn.q_proj.weight",
         huggingFaceClipText, 1e-5, huggingFaceClip},
        {"Chinese-CLIP", Architecture::Bert, "encoder.layer.0.attention.self.query.weight", bert, 1e-12, clip},
        {"CLIP", Architecture::ClipText, "token_embedding.weight", clipText, 1e-5, clip, true},
    };
    return all;
}

std::string ownName(const Layout &layout, std::string_view name, const LayoutRule *&rule)
{
    for (const LayoutRule &candidate : layout.rules) {
        std::vector<std::string_view> numbers;
        std::string_view rest;
        if (!fits(candidate.file, name, numbers, rest))
            continue;
        std::string own;
        std::size_t next = 0;
        for (const char *c = candidate.own; *c != '\0'; ++c)
            if (*c == '#')
                own += numbers[next++];
            else
                own += *c;
        rule = &candidate;
        return own + std::string(rest);
    }
    return {};
}

} // namespace likeness
