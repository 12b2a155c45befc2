// Query arithmetic: images and texts added and taken away.
#include "core/base/error.h"
#include "core/search/engine.h"
#include "core/search/text_queries.h"

#include <algorithm>
#include <opencv2/core.hpp>

namespace likeness {

namespace {

/// The first row stands for the whole image; views beside it have no counterpart in a text.
void add(const Features &part, double weight, Features &sum)
{
    if (part.rows.empty())
        return;
    const cv::Mat row = part.rows.row(0);
    const double length = cv::norm(row);
    const cv::Mat scaled = row * (length > 0 ? weight / length : 0);
    sum.rows = sum.rows.empty() ? scaled : cv::Mat(sum.rows + scaled);
}

} // namespace

bool understandsText(const Recipe &recipe)
{
    std::vector<const StageChoice *> choices;
    for (const Branch &branch : recipe.branches)
        choices.push_back(&branch.extractor);
    for (const RankerChoice &ranker : recipe.rankers)
        if (ranker.extractor)
            choices.push_back(&*ranker.extractor);
    return std::ranges::all_of(choices, [](const StageChoice *choice) {
        return extractorById(choice->id).create(choice->params)->understandsText();
    });
}

bool RecipeExtractor::understandsText() const
{
    return std::ranges::all_of(m_slots, [](const Slot &slot) { return slot.extractor->understandsText(); });
}

BranchFeatures RecipeExtractor::extractParts(std::span<const QueryPart> parts, const std::string &name) const
{
    const bool onlyImage = parts.size() == 1 && parts[0].text.empty();
    const auto imageOf = [&](const QueryPart &part) {
        return part.image.empty() ? extractBytes(part.bytes, name, Role::Query) : extractFile(part.image, Role::Query);
    };
    if (onlyImage)
        return imageOf(parts[0]);
    BranchFeatures sum(m_slots.size());
    for (std::size_t slot = 0; slot < m_slots.size(); ++slot)
        if (m_slots[slot].extractor->type() != FeatureType::Vector)
            m_slots[slot].extractor->extractText({}); // says why not
    for (const QueryPart &part : parts) {
        const bool text = part.image.empty() && part.bytes.empty();
        const BranchFeatures image = text ? BranchFeatures() : imageOf(part);
        for (std::size_t slot = 0; slot < m_slots.size(); ++slot)
            add(text ? m_slots[slot].extractor->extractText(part.text) : image[slot], part.weight, sum[slot]);
    }
    for (Features &features : sum)
        if (const double length = features.rows.empty() ? 0 : cv::norm(features.rows); length > 0)
            features.rows /= length;
    return sum;
}

} // namespace likeness
