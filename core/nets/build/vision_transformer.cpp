#include "core/nets/build/transformer_builder.h"
#include "core/nets/build/usual_preprocessing.h"

namespace likeness {

namespace {

/// SigLIP's: a learnt query looks at all tokens, then a block without it.
int attentionPooled(TransformerBuilder &builder, int x)
{
    Graph &graph = builder.graph;
    const int attended =
        graph.add({.op = Op::PoolAttention, .inputs = {x}, .weights = "pool.qkv", .heads = builder.attention.heads});
    const int sum = graph.linear(attended, "pool.proj");
    return graph.sum(sum, builder.multilayer(builder.norm(sum, "pool.norm"), "pool."));
}

bool isGated(const Parameters &parameters)
{
    return parameters.contains("blocks.0.gate.weight") ||
           shapeOf(parameters, "blocks.0.fc2.weight", 2)[1] * 2 == shapeOf(parameters, "blocks.0.fc1.weight", 2)[0];
}

Graph visionTransformer(const Parameters &parameters, const NetworkFacts &facts)
{
    TransformerBuilder builder{parameters, facts};
    Graph &graph = builder.graph;
    const auto patch = shapeOf(parameters, "patch.weight", 4);
    int image = graph.add({.op = Op::Image});
    for (int i = 0; builder.has("stem." + std::to_string(i) + ".weight"); ++i) {
        const std::string stem = "stem." + std::to_string(i);
        image = graph.conv(image, stem, static_cast<int>(shapeOf(parameters, stem + ".weight", 4)[2]), 0);
        image = graph.activate(graph.norm(image, "stem_bn." + std::to_string(i)), Activation::Gelu);
    }
    const int patches = graph.conv(image, "patch", static_cast<int>(patch[2]), 0);
    int special = builder.has("class");
    if (const auto registers = parameters.find("registers"); registers != parameters.end())
        special += static_cast<int>(registers->second.count() / std::max<std::int64_t>(1, patch[0]));
    int x = graph.add({.op = Op::Tokens, .inputs = {patches}, .index = special, .positions = facts.positions});
    if (builder.has("pre_norm.weight"))
        x = builder.norm(x, "pre_norm");
    // EVA (2022) has the names of EVA-02, but neither its gates nor its rotation.
    const bool rotates =
        facts.rotation == Rotation::Centred || (facts.rotation == Rotation::Grid && isGated(parameters));
    if (rotates) {
        builder.attention.inputs.push_back(patches);
        builder.attention.index = special;
        builder.attention.rotation = facts.rotation;
    }
    x = builder.blocks(x, patch[0]);
    if (builder.has("norm.weight"))
        x = builder.norm(x, "norm");
    graph.map = graph.add({.op = Op::Patches, .inputs = {x, patches}, .index = special});
    // timm's average pooling has its norm behind it.
    const bool average = facts.meanOfPatches || !builder.has("class") || builder.has("pool_norm.weight");
    graph.vector = builder.has("latent") ? attentionPooled(builder, x)
                   : average             ? graph.add({.op = Op::MeanTokens, .inputs = {x}, .index = special})
                                         : graph.add({.op = Op::Take, .inputs = {x}});
    if (builder.has("pool_norm.weight"))
        graph.vector = builder.norm(graph.vector, "pool_norm");
    if (builder.has("head.weight"))
        graph.vector = graph.linear(graph.vector, "head");
    return graph;
}

/// Networks of timm that share the names of EVA-02, DINOv3 or SigLIP and are built otherwise: rotary positions beside a
/// pooling by attention (Perception Encoder) or without registers (BEiT, Naver's), norms behind the blocks (EVA-02 E).
bool isOtherVariant(const Parameters &parameters, const NetworkFacts &facts)
{
    const bool centred = facts.rotation == Rotation::Centred;
    return (centred && (parameters.contains("position") || !parameters.contains("registers"))) ||
           (parameters.contains("latent") &&
            (parameters.contains("pre_norm.weight") || parameters.contains("class"))) ||
           shapeOf(parameters, "patch.weight", 4)[0] == 1792;
}

/// "ViT-B/16" for the sizes that have names.
std::string title(const Parameters &parameters, const NetworkFacts &facts)
{
    if (isOtherVariant(parameters, facts))
        return {};
    int blocks = 0;
    while (parameters.contains("blocks." + std::to_string(blocks) + ".qkv.weight"))
        ++blocks;
    const auto patch = shapeOf(parameters, "patch.weight", 4);
    static constexpr struct {
        int blocks, width;
        const char *name;
    } known[] = {{12, 192, "Ti"}, {12, 384, "S"},  {12, 768, "B"},  {24, 1024, "L"}, {27, 1152, "SO400M"},
                 {32, 1280, "H"}, {40, 1408, "g"}, {40, 1536, "g"}, {48, 1664, "G"}};
    for (const auto &size : known)
        if (size.blocks == blocks && size.width == patch[0])
            return "ViT-" + std::string(size.name) + "/" + std::to_string(patchPxOf(parameters));
    return "ViT, " + std::to_string(blocks) + " x " + std::to_string(patch[0]) + ", patch " +
           std::to_string(patchPxOf(parameters));
}

/// DINOv2 has layer scale, CLIP a norm before its blocks.
const char *family(const Parameters &parameters, const NetworkFacts &)
{
    return parameters.contains("blocks.0.scale1.weight")                             ? "dinov2"
           : parameters.contains("pre_norm.weight") || parameters.contains("latent") ? "clip"
                                                                                     : "vit";
}

constexpr NeededTensor needed[] = {{"patch.weight", 4}};

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

/// timm, Meta's DINOv2 and DINOv3, BAAI's EVA-02.
constexpr LayoutRule timm[] = {
    {"cls_token", "class"},
    {"reg_token", "registers"},
    {"register_tokens", "registers"},
    {"storage_tokens", "registers"},
    {"pos_embed", "position"},
    {"patch_embed.proj", "patch"},
    {"patch_embed.backbone.2.conv", "patch"}, // MobileCLIP-B
    {"patch_embed.backbone.#.conv", "stem.#"},
    {"patch_embed.backbone.#.bn", "stem_bn.#"},
    {"norm_pre", "pre_norm"},
    {"blocks.#.norm1", "blocks.#.norm1"},
    {"blocks.#.attn.qkv", "blocks.#.qkv"},
    {"blocks.#.attn.qkv.bias_mask", "blocks.#.qkv.bias", LayoutRule::factors},
    {"blocks.#.attn.q_bias", "blocks.#.qkv.bias", 0},
    {"blocks.#.attn.v_bias", "blocks.#.qkv.bias", 2},
    {"blocks.#.attn.q_proj", "blocks.#.qkv", 0},
    {"blocks.#.attn.k_proj", "blocks.#.qkv", 1},
    {"blocks.#.attn.v_proj", "blocks.#.qkv", 2},
    {"blocks.#.attn.norm", "blocks.#.attn_norm"},
    {"blocks.#.attn.inner_attn_ln", "blocks.#.attn_norm"},
    {"blocks.#.attn.proj", "blocks.#.proj"},
    {"blocks.#.ls1.gamma", "blocks.#.scale1.weight"},
    {"blocks.#.gamma_1", "blocks.#.scale1.weight"},
    {"blocks.#.norm2", "blocks.#.norm2"},
    {"blocks.#.mlp.fc1", "blocks.#.fc1"},
    {"blocks.#.mlp.fc2", "blocks.#.fc2"},
    {"blocks.#.mlp.w12", "blocks.#.w12"},
    {"blocks.#.mlp.fc1_g", "blocks.#.gate"},
    {"blocks.#.mlp.fc1_x", "blocks.#.fc1"},
    {"blocks.#.mlp.w1", "blocks.#.gate"},
    {"blocks.#.mlp.w2", "blocks.#.fc1"},
    {"blocks.#.mlp.norm", "blocks.#.mlp_norm"},
    {"blocks.#.mlp.ffn_ln", "blocks.#.mlp_norm"},
    {"blocks.#.mlp.w3", "blocks.#.w3"},
    {"blocks.#.ls2.gamma", "blocks.#.scale2.weight"},
    {"blocks.#.gamma_2", "blocks.#.scale2.weight"},
    {"norm", "norm"},
    {"fc_norm", "pool_norm"},
    {"attn_pool.latent", "latent"},
    {"attn_pool.q", "pool.qkv", 0},
    {"attn_pool.kv", "pool.qkv", 1},
    {"attn_pool.proj", "pool.proj"},
    {"attn_pool.norm", "pool.norm"},
    {"attn_pool.mlp.fc1", "pool.fc1"},
    {"attn_pool.mlp.fc2", "pool.fc2"},
};

constexpr LayoutRule huggingFaceDinoV3[] = {
    {"embeddings.cls_token", "class"},
    {"embeddings.register_tokens", "registers"},
    {"embeddings.patch_embeddings", "patch"},
    {"layer.#.norm1", "blocks.#.norm1"},
    {"layer.#.attention.q_proj", "blocks.#.qkv", 0},
    {"layer.#.attention.k_proj", "blocks.#.qkv", 1},
    {"layer.#.attention.v_proj", "blocks.#.qkv", 2},
    {"layer.#.attention.o_proj", "blocks.#.proj"},
    {"layer.#.layer_scale1.lambda1", "blocks.#.scale1.weight"},
    {"layer.#.norm2", "blocks.#.norm2"},
    {"layer.#.mlp.gate_proj", "blocks.#.gate"},
    {"layer.#.mlp.up_proj", "blocks.#.fc1"},
    {"layer.#.mlp.down_proj", "blocks.#.fc2"},
    {"layer.#.layer_scale2.lambda1", "blocks.#.scale2.weight"},
    {"norm", "norm"},
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
    {"vision_model.head.probe", "latent"}, // SigLIP
    {"vision_model.head.attention.in_proj_weight", "pool.qkv.weight"},
    {"vision_model.head.attention.in_proj_bias", "pool.qkv.bias"},
    {"vision_model.head.attention.out_proj", "pool.proj"},
    {"vision_model.head.layernorm", "pool.norm"},
    {"vision_model.head.mlp.fc1", "pool.fc1"},
    {"vision_model.head.mlp.fc2", "pool.fc2"},
};

constexpr std::array<float, 3> halves{0.5f, 0.5f, 0.5f};
constexpr Preprocessing dinoV3{256, 256, true},
    eva{248, 224, false, true, ResizeFilter::Bicubic, clipMean, clipDeviation},
    sigLip{224, 224, true, false, ResizeFilter::Bicubic, halves, halves};
constexpr Layout layouts[] = {
    {"torchvision", "encoder.layers.encoder_layer_0.self_attention.in_proj_weight", torchvision, 1e-6,
     imageNetPreprocessing},
    {.library = "DINOv3",
     .mark = "storage_tokens",
     .rules = timm,
     .layerNormEps = 1e-5,
     .preprocessing = dinoV3,
     .positions = PositionResize::Absent,
     .rotation = Rotation::Centred},
    {.library = "timm DINOv3",
     .mark = "blocks.0.gamma_1",
     .rules = timm,
     .layerNormEps = 1e-5,
     .preprocessing = dinoV3,
     .positions = PositionResize::Absent,
     .rotation = Rotation::Centred},
    {.library = "Hugging Face DINOv3",
     .mark = "layer.0.attention.q_proj.weight",
     .rules = huggingFaceDinoV3,
     .layerNormEps = 1e-5,
     .preprocessing = dinoV3,
     .positions = PositionResize::Absent,
     .rotation = Rotation::Centred},
    {.library = "timm EVA-02", // the smaller ones
     .mark = "blocks.0.attn.q_bias",
     .rules = timm,
     .layerNormEps = 1e-6,
     .preprocessing = eva,
     .rotation = Rotation::Grid},
    {.library = "timm EVA-02",
     .mark = "blocks.0.attn.q_proj.weight",
     .rules = timm,
     .layerNormEps = 1e-6,
     .preprocessing = eva,
     .rotation = Rotation::Grid},
    {"DINOv2", "blocks.0.ls1.gamma", timm, 1e-6, {256, 224, false, true, ResizeFilter::Bicubic}},
    {"timm SigLIP", "attn_pool.latent", timm, 1e-6, {248, 224, false, true, ResizeFilter::Bicubic, halves, halves}},
    {"timm", "blocks.0.attn.qkv.weight", timm, 1e-6, {248, 224, false, true, ResizeFilter::Bicubic}},
    {.library = "Hugging Face DINOv2",
     .mark = "encoder.layer.0.layer_scale1.lambda1",
     .rules = huggingFaceDino,
     .layerNormEps = 1e-6,
     .preprocessing = {256, 224, false, false, ResizeFilter::Bicubic},
     .positions = PositionResize::Plain},
    {.library = "Hugging Face",
     .mark = "encoder.layer.0.attention.attention.query.weight",
     .rules = huggingFace,
     .layerNormEps = 1e-12,
     .preprocessing = {224, 224, true, false, ResizeFilter::Bilinear, halves, halves},
     .positions = PositionResize::Plain},
    {.library = "Hugging Face SigLIP",
     .mark = "vision_model.head.probe",
     .rules = huggingFaceClip,
     .layerNormEps = 1e-6,
     .preprocessing = sigLip,
     .activation = Activation::GeluTanh,
     .positions = PositionResize::Plain},
    {.library = "Hugging Face CLIP",
     .mark = "vision_model.encoder.layers.0.self_attn.q_proj.weight",
     .rules = huggingFaceClip,
     .layerNormEps = 1e-5,
     .preprocessing = huggingFaceClipPreprocessing,
     .activation = Activation::QuickGelu,
     .positions = PositionResize::Plain},
    {.library = "CLIP",
     .mark = "visual.transformer.resblocks.0.attn.in_proj_weight",
     .rules = clip,
     .layerNormEps = 1e-5,
     .preprocessing = clipPreprocessing,
     .quickGeluUnknown = true}};

} // namespace

const Architecture visionTransformerArchitecture{.id = "vision-transformer",
                                                 .graph = visionTransformer,
                                                 .title = title,
                                                 .family = family,
                                                 .needed = needed,
                                                 .layouts = layouts};

} // namespace likeness
