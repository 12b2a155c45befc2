#include "core/search/engine_keys.h"

namespace likeness {

namespace {

/// Of a stage behind what `before` stands for.
ContentHash keyBehind(const ContentHash &before, StageKind kind, const StageChoice &choice)
{
    std::string text =
        toHex(before) + "|" + choice.id + "|version=" + std::to_string(stageById(kind, choice.id).version);
    for (const auto &[key, value] : choice.params)
        text += "|" + key + "=" + toText(value);
    return contentHash(text);
}

} // namespace

EngineKeys::EngineKeys(const Recipe &recipe, const RecipeExtractor &extractor, const ContentHash &galleryKey,
                       std::span<const ContentHash> backgrounds)
    : gallery(galleryKey)
{
    for (std::size_t slot = 0; slot < extractor.slotCount(); ++slot)
        slots.push_back(contentHash(toHex(gallery) + "|" + toHex(extractor.keyOf(slot))));
    std::string all;
    for (const ContentHash &key : slots) // of the rankers, too
        all += toHex(key);
    for (std::size_t b = 0; b < recipe.branches.size(); ++b) {
        auto &keys = columns.emplace_back(std::vector{slots[extractor.slotOf(b)]});
        for (const StageChoice &choice : recipe.branches[b].transforms)
            keys.push_back(keyBehind(keys.back(), StageKind::Transform, choice));
        indexes.push_back(keyBehind(keys.back(), StageKind::Index, recipe.branches[b].index));
        all += toHex(indexes.back()) + toText(recipe.branches[b].weight);
    }
    branches = recipe.fusion ? keyBehind(contentHash(all), StageKind::Fusion, *recipe.fusion) : contentHash(all);
    for (std::size_t r = 0; r < recipe.rankers.size(); ++r) {
        const StageChoice &choice = recipe.rankers[r].ranker;
        ContentHash before{};
        if (!rankerById(choice.id).create(choice.params)->bestScoresSeen()) {
            const RankerInput input = recipe.rankers[r].extractor ? RankerInput() : recipe.inputOf(r);
            before = recipe.rankers[r].extractor ? slots[extractor.slotOfRanker(r)]
                                                 : columns[input.branch][input.transforms];
        }
        rankers.push_back(keyBehind(before, StageKind::Ranker, choice));
        if (backgrounds[r] != ContentHash())
            rankers.back() = contentHash(toHex(rankers.back()) + "|background=" + toHex(backgrounds[r]));
    }
}

ContentHash galleryKey(const ImageSet &images, std::span<const std::optional<FileStamp>> stamps)
{
    std::string text;
    for (std::size_t i = 0; i < stamps.size(); ++i) {
        const ImageRef &image = images[static_cast<ImageId>(i)];
        text += image.path.native() + '\0' + image.name + '\0';
        text += stamps[i] ? std::to_string(stamps[i]->size) + " " + std::to_string(stamps[i]->mtimeNs) : "gone";
        text += '\0';
    }
    return contentHash(text);
}

ContentHash galleryKey(const ImageSet &images)
{
    std::vector<std::optional<FileStamp>> stamps;
    for (const ImageRef &image : images.images())
        stamps.push_back(fileStamp(image.path));
    return galleryKey(images, stamps);
}

} // namespace likeness
