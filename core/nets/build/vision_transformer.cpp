#include "core/nets/build/transformer_builder.h"
#include "core/nets/build/usual_preprocessing.h"

namespace likeness {

namespace {

Graph visionTransformer(const Parameters &parameters, const NetworkFacts &facts)
{
    TransformerBuilder builder{parameters, facts};
    Graph &graph = builder.graph;
    const auto patch = shapeOf(parameters, "patch.weight", 4);
    const int image = graph.add({.op = Op::Image});
    const int patches = graph.conv(image, "patch", static_cast<int>(patch[2]), 0);
    int special = builder.has("class");
    if (const auto registers = parameters.find("registers"); registers != parameters.end())
        special += static_cast<int>(registers->second.count() / std::max<std::int64_t>(1, patch[0]));
    int x = graph.add({.op = Op::Tokens, .inputs = {patches}, .index = special, .positions = facts.positions});
    if (builder.has("pre_norm.weight"))
        x = builder.norm(x, "pre_norm");
    x = builder.blocks(x, patch[0], false);
    if (builder.has("norm.weight"))
        x = builder.norm(x, "norm");
    graph.map = graph.add({.op = Op::Patches, .inputs = {x, patches}, .index = special});
    // timm's average pooling has its norm behind it.
    const bool average = facts.meanOfPatches || !builder.has("class") || builder.has("pool_norm.weight");
    graph.vector = !average ? graph.add({.op = Op::Take, .inputs = {x}})
                            : graph.add({.op = Op::MeanTokens, .inputs = {x}, .index = special});
    if (builder.has("pool_norm.weight"))
        graph.vector = builder.norm(graph.vector, "pool_norm");
    if (builder.has("head.weight"))
        graph.vector = graph.linear(graph.vector, "head");
    return graph;
}

/// "ViT-B/16" for the sizes that have names.
std::string title(const Parameters &parameters)
{
    int blocks = 0;
    while (parameters.contains("blocks." + std::to_string(blocks) + ".qkv.weight"))
        ++blocks;
    const auto patch = shapeOf(parameters, "patch.weight", 4);
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

/// DINOv2 has layer scale, CLIP a norm before its blocks.
const char *family(const Parameters &parameters, const NetworkFacts &)
{
    return parameters.contains("blocks.0.scale1.weight") ? "dinov2"
           : parameters.contains("pre_norm.weight")      ? "clip"
                                                         : "vit";
}

constexpr NeededTensor needed[] = {{"patch.weight", 4}, {"position", 0}};

constexpr LayoutRule torchvision[] = {
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
constexpr LayoutRule timm[] = {
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

constexpr LayoutRule huggingFace[] = {
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

constexpr LayoutRule clip[] = {
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

constexpr LayoutRule huggingFaceClip[] = {
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

constexpr std::array<float, 3> halves{0.5f, 0.5f, 0.5f};
constexpr Layout layouts[] = {
    {"torchvision", "encoder.layers.encoder_layer_0.self_attention.in_proj_weight", torchvision, 1e-6,
     imageNetPreprocessing},
    {"DINOv2", "blocks.0.ls1.gamma", timm, 1e-6, {256, 224, false, true, ResizeFilter::Bicubic}},
    {"timm", "blocks.0.attn.qkv.weight", timm, 1e-6, {248, 224, false, true, ResizeFilter::Bicubic}},
    {"Hugging Face DINOv2",
     "encoder.layer.0.layer_scale1.lambda1",
     huggingFaceDino,
     1e-6,
     {256, 224, false, false, ResizeFilter::Bicubic}},
    {"Hugging Face",
     "encoder.layer.0.attention.attention.query.weight",
     huggingFace,
     1e-12,
     {224, 224, true, false, ResizeFilter::Bilinear, halves, halves}},
    {"Hugging Face CLIP", "vision_model.encoder.layers.0.self_attn.q_proj.weight", huggingFaceClip, 1e-5,
     huggingFaceClipPreprocessing},
    {"CLIP", "visual.transformer.resblocks.0.attn.in_proj_weight", clip, 1e-5, clipPreprocessing, true}};

} // namespace

const Architecture visionTransformerArchitecture{.id = "vision-transformer",
                                                 .graph = visionTransformer,
                                                 .title = title,
                                                 .family = family,
                                                 .needed = needed,
                                                 .layouts = layouts};

} // namespace likeness
