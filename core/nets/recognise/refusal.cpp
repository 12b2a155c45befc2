#include "core/nets/recognise/refusal.h"

#include "core/nets/build/architectures.h"
#include "core/nets/recognise/tensor_names.h"

#include <algorithm>

namespace likeness {

namespace {

constexpr int deepestPrefix = 4; ///< parts of a name that may stand before those of the network

bool isNamedBy(const Layout &layout, std::string_view name)
{
    const LayoutRule *rule = nullptr;
    for (int dots = 0; dots <= deepestPrefix; ++dots) {
        if (!graphName(layout, name, rule).empty())
            return true;
        const auto dot = name.find('.');
        if (dot == std::string_view::npos)
            return false;
        name.remove_prefix(dot + 1);
    }
    return false;
}

/// The family that has the most of the names.
Message nearestFamily(const WeightFile &file)
{
    std::ptrdiff_t most = 0;
    const Architecture *family = nullptr;
    const Layout *nearest = nullptr;
    for (const Architecture *architecture : architectures())
        for (const Layout &layout : architecture->layouts) {
            const auto shared = std::ranges::count_if(
                file.tensors, [&](const WeightTensor &tensor) { return isNamedBy(layout, tensor.name); });
            if (shared > 0 && shared >= most) { // the more special ones come first
                most = shared;
                family = architecture;
                nearest = &layout;
            }
        }
    if (!nearest)
        return {QT_TRANSLATE_NOOP("core", "no known network has any of its names"), {}};
    return {QT_TRANSLATE_NOOP("core", "%1 of its %2 names are those of %3 as in files of %4, but not %5"),
            {std::to_string(most), std::to_string(file.tensors.size()), family->id, nearest->library, nearest->mark}};
}

} // namespace

std::string namesSeen(const WeightFile &file)
{
    std::string names;
    for (std::size_t i = 0; i < file.tensors.size() && i < 6; ++i)
        names += (i == 0 ? "" : ", ") + file.tensors[i].name;
    return names + (file.tensors.size() > 6 ? ", ..." : "");
}

Message unknownArchitecture(const WeightFile &file)
{
    static constexpr std::pair<const char *, const char *> marks[] = {
        {"features.denseblock1.", "DenseNet"},
        {"relative_position_bias_table", "Swin Transformer, BEiT"},
        {"classifier.6.weight", "VGG, AlexNet"},
        {"Mixed_5b.", "Inception"},
        {"model.diffusion_model.", "Stable Diffusion"},
        {"token_mixer.", "FastViT or MobileCLIP in the names of its authors"},
        {"self_attn.q_proj.weight", "a language model"},
        {"model.0.conv.weight", "YOLO"},
    };
    for (const auto &[mark, name] : marks)
        if (std::ranges::any_of(file.tensors, [mark = mark](const WeightTensor &tensor) {
                return tensor.name.find(mark) != std::string::npos;
            }))
            return {QT_TRANSLATE_NOOP("core", "it looks like %1, which is not known here (%2). Take the file of timm, "
                                              "torchvision or Hugging Face for a network of the Families page, or "
                                              "export this one to ONNX; its tensors: %3"),
                    {name, nearestFamily(file), namesSeen(file)}};
    return {QT_TRANSLATE_NOOP("core",
                              "no known architecture has these tensors: %1 (%2). A network of any architecture can be "
                              "used as an ONNX file"),
            {namesSeen(file), nearestFamily(file)}};
}

} // namespace likeness
