#include "core/eval/families.h"

#include <algorithm>
#include <string>

namespace likeness {

namespace {

const ModelFamily families[] = {
    {"sscd",
     {QT_TRANSLATE_NOOP("core", "SSCD"), {}},
     {QT_TRANSLATE_NOOP("core", "What people do to copies: compression, colours, text and emoji on top, crops, "
                                "frames, pictures in pictures. It was trained on exactly that."),
      {}},
     {QT_TRANSLATE_NOOP("core", "Another photograph of the same thing is not a copy and scores low."), {}},
     {QT_TRANSLATE_NOOP("core", "That of a ResNet-50; vectors of 512 numbers."), {}},
     {QT_TRANSLATE_NOOP("core", "Edited copies, duplicates, where a score has to mean the same for every query."), {}}},
    {"residual",
     {QT_TRANSLATE_NOOP("core", "ResNet, ResNeXt"), {}},
     {QT_TRANSLATE_NOOP("core", "Small shifts, compression, mild changes of colour and brightness, moderate crops: "
                                "pooling forgets where something was."),
      {}},
     {QT_TRANSLATE_NOOP("core", "Turned pictures, mirror images, large overlays; it prefers texture to shape."), {}},
     {QT_TRANSLATE_NOOP("core", "Little: the fastest of the large ones on a processor; memory grows with the input "
                                "size only."),
      {}},
     {QT_TRANSLATE_NOOP("core", "The classic start; many images without a graphics card."), {}}},
    {"mobile",
     {QT_TRANSLATE_NOOP("core", "MobileNetV3 and V4, EfficientNet, FastViT"), {}},
     {QT_TRANSLATE_NOOP("core", "As ResNet, a little less of everything."), {}},
     {QT_TRANSLATE_NOOP("core", "Fine differences; unusual pictures."), {}},
     {QT_TRANSLATE_NOOP("core", "The least of all, in time, memory and download."), {}},
     {QT_TRANSLATE_NOOP("core", "Slow machines, hundreds of thousands of images, a first look."), {}}},
    {"convnext",
     {QT_TRANSLATE_NOOP("core", "ConvNeXt"), {}},
     {QT_TRANSLATE_NOOP("core", "As ResNet, with the training of a vision transformer: finer classes of things, larger "
                                "changes of colour and size."),
      {}},
     {QT_TRANSLATE_NOOP("core", "Turned pictures, mirror images, small copies inside a large picture."), {}},
     {QT_TRANSLATE_NOOP("core", "The smallest (ConvNeXt-T) 1.4 times a ResNet-50."), {}},
     {QT_TRANSLATE_NOOP("core", "What a picture shows, at input sizes that differ from that of the training."), {}}},
    {"vit",
     {QT_TRANSLATE_NOOP("core", "Vision transformer"), {}},
     {QT_TRANSLATE_NOOP("core", "Where things are and how they are arranged, occlusion, changes of texture: every "
                                "patch looks at every other."),
      {}},
     {QT_TRANSLATE_NOOP("core", "Small copies inside a large picture; other input sizes than the one it was trained "
                                "with."),
      {}},
     {QT_TRANSLATE_NOOP("core", "About five times a ResNet-50; grows with the square of the number of patches."), {}},
     {QT_TRANSLATE_NOOP("core", "What a picture shows, where a class token of ImageNet suffices."), {}}},
    {"dinov2",
     {QT_TRANSLATE_NOOP("core", "DINOv2, DINOv3"), {}},
     {QT_TRANSLATE_NOOP("core", "View point, lighting, season: the same object or place from another side. Trained "
                                "without labels on many crops of each picture."),
      {}},
     {QT_TRANSLATE_NOOP("core", "It also takes another thing of the same kind for near; strong edits of colour."), {}},
     {QT_TRANSLATE_NOOP("core",
                        "As a vision transformer; DINOv2's patches of 14 px cost a third more than DINOv3's of 16."),
      {}},
     {QT_TRANSLATE_NOOP("core", "Landmarks, products, species; heat maps that show which parts belong together."), {}}},
    {"clip",
     {QT_TRANSLATE_NOOP("core", "CLIP"), {}},
     {QT_TRANSLATE_NOOP("core", "Style and medium: a drawing, a photograph and a sentence of the same thing lie near "
                                "each other."),
      {}},
     {QT_TRANSLATE_NOOP("core", "Which of many similar pictures it is; counting and positions; text in a picture is "
                                "taken for its content."),
      {}},
     {QT_TRANSLATE_NOOP("core", "As the vision transformer or ResNet that it uses, and a text tower for each "
                                "sentence."),
      {}},
     {QT_TRANSLATE_NOOP("core", "Search with words, labels without training, pictures about the same subject."), {}}},
    {"program",
     {QT_TRANSLATE_NOOP("core", "Others (ONNX, TorchScript)"), {}},
     {QT_TRANSLATE_NOOP("core", "As its authors trained it."), {}},
     {QT_TRANSLATE_NOOP("core", "Inputs that are prepared otherwise than its authors did."), {}},
     {QT_TRANSLATE_NOOP("core", "Measured here; it is run as it is, without what speeds up the others."), {}},
     {QT_TRANSLATE_NOOP("core", "Networks that this program does not build itself."), {}}},
};

} // namespace

std::span<const ModelFamily> modelFamilies()
{
    return families;
}

const ModelFamily &modelFamily(std::string_view id)
{
    const auto all = modelFamilies();
    const auto found = std::ranges::find_if(all, [&](const ModelFamily &family) { return id == family.id; });
    return found == all.end() ? all.back() : *found;
}

} // namespace likeness
