#include "core/nets/build/transformer_builder.h"
#include "core/nets/build/usual_preprocessing.h"

namespace likeness {

namespace {

Graph bertTransformer(const Parameters &parameters, const NetworkFacts &facts)
{
    TransformerBuilder builder{parameters, facts};
    Graph &graph = builder.graph;
    int x = graph.add({.op = Op::Embed, .inputs = {graph.add({.op = Op::Words})}, .weights = "token"});
    x = builder.norm(x, "embedding_norm");
    const int heads = builder.headsFor(shapeOf(parameters, "token.weight", 2)[1]);
    for (int i = 0; builder.has("blocks." + std::to_string(i) + ".qkv.weight"); ++i) {
        const std::string block = "blocks." + std::to_string(i) + ".";
        const int attended =
            graph.add({.op = Op::Attention, .inputs = {graph.linear(x, block + "qkv")}, .heads = heads});
        x = builder.norm(graph.sum(x, graph.linear(attended, block + "proj")), block + "norm1");
        x = builder.norm(graph.sum(x, builder.multilayer(x, block)), block + "norm2");
    }
    graph.vector = graph.add({.op = Op::Take, .inputs = {x}});
    if (builder.has("head.weight"))
        graph.vector = graph.linear(graph.vector, "head");
    return graph;
}

Graph textTransformer(const Parameters &parameters, const NetworkFacts &facts)
{
    TransformerBuilder builder{parameters, facts};
    Graph &graph = builder.graph;
    const int words = graph.add({.op = Op::Words});
    int x = graph.add({.op = Op::Embed, .inputs = {words}, .weights = "token"});
    builder.attention.causal = facts.causal;
    x = builder.blocks(x, shapeOf(parameters, "token.weight", 2)[1]);
    x = builder.norm(x, "norm");
    graph.vector = graph.add({.op = Op::Take, .inputs = {x, words}, .index = -1});
    if (builder.has("head.weight"))
        graph.vector = graph.linear(graph.vector, "head");
    return graph;
}

const char *family(const Parameters &, const NetworkFacts &)
{
    return "clip";
}

constexpr NeededTensor needed[] = {{"token.weight", 2}, {"position", 2}};

constexpr LayoutRule clip[] = {
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

constexpr LayoutRule huggingFaceClip[] = {
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

constexpr Layout clipLayouts[] = {
    {"Hugging Face CLIP", "text_model.encoder.layers.0.self_attn.q_proj.weight", huggingFaceClip, 1e-5,
     huggingFaceClipPreprocessing, Activation::QuickGelu},
    {"CLIP", "token_embedding.weight", clip, 1e-5, clipPreprocessing, Activation::Gelu, true}};
constexpr Layout bertLayouts[] = {
    {"Chinese-CLIP", "encoder.layer.0.attention.self.query.weight", bert, 1e-12, clipPreprocessing}};

} // namespace

const Architecture clipTextArchitecture{.id = "clip-text",
                                        .readsText = true,
                                        .graph = textTransformer,
                                        .title = nullptr,
                                        .family = family,
                                        .needed = needed,
                                        .layouts = clipLayouts};

const Architecture bertArchitecture{.id = "bert",
                                    .readsText = true,
                                    .graph = bertTransformer,
                                    .title = nullptr,
                                    .family = family,
                                    .needed = needed,
                                    .layouts = bertLayouts};

} // namespace likeness
