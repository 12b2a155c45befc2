#pragma once

#include "core/nets/build/graph.h"
#include "core/nets/image/preprocessing.h"

#include <span>

namespace likeness {

/// What the shapes of the weights do not say.
struct NetworkFacts {
    Activation activation = Activation::Gelu;
    double layerNormEps = 1e-6;
    int heads = 0; ///< 0: from the width
    PositionResize positions = PositionResize::Antialiased;
    Rotation rotation = Rotation::None;
    bool meanOfPatches = false; ///< instead of the class token
    double gem = 0;             ///< exponent of GeM pooling; 0: the mean
    double batchNormEps = 1e-5;
    bool stemPool = true;     ///< a ResNet halves the map behind its first convolution (images of some 200 px)
    bool samePadding = false; ///< TensorFlow's, of networks that were trained there
    bool causal = true;       ///< a word sees those before it only
};

/// A name in a file and the name in our networks. '#' stands for a number that both have; a rule fits a name that is
/// equal, or continues with ".weight", ".bias" or the running statistics of a batch norm. `part` orders q, k and v,
/// which are stacked; one that is missing between others is zeros.
struct LayoutRule {
    static constexpr int factors = -1; ///< in place of a part: what the values of the parameter are multiplied by
    const char *file, *own;
    int part = 0;
    bool transposed = false;
};

/// How one library names and prepares the networks of an architecture. Told by `mark`, a tensor that no other has,
/// behind any prefix.
struct Layout {
    const char *library; ///< "torchvision"
    const char *mark;
    std::span<const LayoutRule> rules;
    double layerNormEps;
    Preprocessing preprocessing;
    Activation activation = Activation::Gelu;
    bool quickGeluUnknown = false; ///< the weights do not say which GELU they were trained with
    PositionResize positions = PositionResize::Antialiased;
    Rotation rotation = Rotation::None;
};

/// What a graph cannot be made without.
struct NeededTensor {
    const char *name;
    std::size_t axes; ///< 0: any
};

/// An architecture, with all that only it knows. A new one is a source of its own and a row of architectures().
struct Architecture {
    const char *id;         ///< in the files that this program writes
    bool readsText = false; ///< a tower beside that of images
    Graph (*graph)(const Parameters &, const NetworkFacts &);
    /// "ViT-B/16"; empty: no known network has these shapes. Null for texts.
    std::string (*title)(const Parameters &, const NetworkFacts &);
    const char *(*family)(const Parameters &, const NetworkFacts &); ///< as modelFamily() knows it
    std::span<const NeededTensor> needed;
    std::span<const Layout> layouts; ///< in the order in which a file is compared with them
};

/// ResNet, ResNeXt and wide ResNet (He et al. 2015, Xie et al. 2017): any widths and depths; parameters as torchvision
/// names them. A "head" projects the pooled vector (SSCD, Pizzi et al. 2022).
extern const Architecture residualArchitecture;

/// CLIP's ResNet (Radford et al. 2021): three convolutions at first, strides by averaging, attention as the pooling.
/// Parameters as OpenAI names them; attnpool.{qkv, c_proj}, position.
extern const Architecture clipResidualArchitecture;

/// MobileNetV3 (Howard et al. 2019) as torchvision and timm build it, EfficientNet (Tan and Le 2019) and
/// EfficientNet-Lite as timm and efficientnet-pytorch do. Strides and activations follow from the number of stages:
/// Parameters: stem, stem_bn, blocks or flat, last or head, head_bn, with the parts of a block named as in the file.
extern const Architecture mobileArchitecture;

/// MobileNetV4 (Qin et al. 2024) of convolutions alone, as timm names it: universal inverted bottlenecks. Parameters:
/// stem, stem_bn, blocks with the parts named as in the file, head, head_bn.
extern const Architecture mobileNetV4Architecture;

/// ConvNeXt (Liu et al. 2022), with global response normalisation V2 (Woo et al. 2023), as timm, Meta, torchvision and
/// Hugging Face name it; DINOv3's (Simeoni et al. 2025). Parameters: stem, stem_norm, step_norm.N, step.N,
/// stages.N.blocks.M.{depthwise, norm, widen, response, narrow, scale}, norm, head.
extern const Architecture convNextArchitecture;

/// FastViT (Vasu et al. 2023) and the image towers of MobileCLIP (Vasu et al. 2024, 2025) as timm names them, with
/// their branches or merged. Parameters: stem.N, stages.N.{down.M, position, blocks.M.{unmixed, mixer, mixer_scale,
/// norm, qkv, proj, scale1, depthwise, fc1, fc2, scale2}}, final, head; of what has branches .branch.K, .scale, .large,
/// .small, each with .conv and .bn, .identity, or .whole; .se.
extern const Architecture fastVitArchitecture;

/// Vision transformer (Dosovitskiy et al. 2021) with what came after: registers, pre-norm (CLIP), layer scale and
/// SwiGLU (DINOv2), rotary positions and norms inside the blocks (EVA-02, DINOv3), attention as the pooling (SigLIP,
/// Zhai et al. 2023), projection. Parameters: class, registers, position, patch, pre_norm, blocks.N.{norm1, qkv,
/// attn_norm, proj, scale1, norm2, fc1, fc2, w12, w3, gate, mlp_norm, scale2}, norm, pool_norm, latent, pool.{qkv,
/// proj, norm, fc1, fc2}, head; MobileCLIP-B has convolutions before its patches, stem.N and stem_bn.N.
extern const Architecture visionTransformerArchitecture;

/// BERT (Devlin et al. 2019) as Chinese-CLIP's text tower (Yang et al. 2022): token, position, segment, embedding_norm,
/// blocks.N.{qkv, proj, norm1, fc1, fc2, norm2} with the norms behind the sums, head. The vector is that of the first
/// word.
extern const Architecture bertArchitecture;

/// CLIP's text tower (Radford et al. 2021): token, position, blocks as above, norm, head.
extern const Architecture clipTextArchitecture;

/// THE table, in the order in which a file is compared with it.
std::span<const Architecture *const> architectures();

} // namespace likeness
