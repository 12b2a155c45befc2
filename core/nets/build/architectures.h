#pragma once

#include "core/nets/build/graph.h"

namespace likeness {

enum class Architecture { Residual, ClipResidual, Mobile, VisionTransformer, ClipText, Bert };

/// What the shapes of the weights do not say.
struct NetworkFacts {
    Activation activation = Activation::Gelu;
    double layerNormEps = 1e-6;
    int heads = 0; ///< 0: from the width
    PositionResize positions = PositionResize::Antialiased;
    bool meanOfPatches = false; ///< instead of the class token
    double gem = 0;             ///< exponent of GeM pooling; 0: the mean
    double batchNormEps = 1e-5;
    bool stemPool = true;     ///< a ResNet halves the map behind its first convolution (images of some 200 px)
    bool samePadding = false; ///< TensorFlow's, of networks that were trained there
};

/// ResNet, ResNeXt and wide ResNet (He et al. 2015, Xie et al. 2017): any widths and depths; parameters as torchvision
/// names them. A "head" projects the pooled vector (SSCD, Pizzi et al. 2022).
Graph residualNetwork(const Parameters &parameters, const NetworkFacts &facts);

/// CLIP's ResNet (Radford et al. 2021): three convolutions at first, strides by averaging, attention as the pooling.
/// Parameters as OpenAI names them; attnpool.{qkv, c_proj}, position.
Graph clipResidualNetwork(const Parameters &parameters);

/// MobileNetV3 (Howard et al. 2019) as torchvision and timm build it, EfficientNet (Tan and Le 2019) and
/// EfficientNet-Lite as timm does. Strides and activations follow from the number of stages: mobileTitle() must not be
/// empty. Parameters: stem, stem_bn, blocks, last or head, head_bn, with the parts of a block named as in the file.
Graph mobileNetwork(const Parameters &parameters, const NetworkFacts &facts);
/// "MobileNetV3-Small"; empty where no table knows so many stages.
std::string mobileTitle(const Parameters &parameters);

/// Vision transformer (Dosovitskiy et al. 2021) with what came after: registers, pre-norm (CLIP), layer scale and
/// SwiGLU (DINOv2), projection. Parameters: class, registers, position, patch, pre_norm, blocks.N.{norm1, qkv, proj,
/// scale1, norm2, fc1, fc2, w12, w3, scale2}, norm, head.
Graph visionTransformer(const Parameters &parameters, const NetworkFacts &facts);

/// BERT (Devlin et al. 2019) as Chinese-CLIP's text tower (Yang et al. 2022): token, position, segment, embedding_norm,
/// blocks.N.{qkv, proj, norm1, fc1, fc2, norm2} with the norms behind the sums, head. The vector is that of the first
/// word.
Graph bertTransformer(const Parameters &parameters, const NetworkFacts &facts);

/// CLIP's text tower (Radford et al. 2021): token, position, blocks as above, norm, head.
Graph textTransformer(const Parameters &parameters, const NetworkFacts &facts);

} // namespace likeness
