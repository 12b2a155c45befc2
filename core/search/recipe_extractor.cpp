#include "core/base/file.h"
#include "core/base/parallel.h"
#include "core/search/engine.h"

#include <atomic>
#include <cstring>
#include <opencv2/core.hpp>

namespace likeness {

namespace {

/// Everything that decides the features of an image, as text.
std::string keyText(const StageChoice &choice, int version, const Extractor &extractor, Role role)
{
    std::string text =
        "format=5|" + decoderVersions() + "|extractor=" + choice.id + "|version=" + std::to_string(version);
    text += role == Role::Query ? "|role=query" : "|role=gallery";
    for (const auto &[key, value] : choice.params)
        text += "|" + key + "=" + toText(value);
    if (const std::string content = extractor.contentKey(); !content.empty())
        text += "|content=" + content;
    return text;
}

/// In half precision where that loses nothing: deep features are rounded to it, SIFT counts in whole numbers.
cv::Mat compact(const cv::Mat &rows)
{
    if (rows.type() != CV_32F || rows.empty())
        return rows.isContinuous() ? rows : rows.clone();
    cv::Mat half, back;
    rows.convertTo(half, CV_16F);
    half.convertTo(back, CV_32F);
    const cv::Mat whole = rows.isContinuous() ? rows : rows.clone();
    return std::memcmp(whole.data, back.data, whole.total() * whole.elemSize()) == 0 ? half : whole;
}

std::vector<std::uint8_t> serialised(const Features &features)
{
    const cv::Mat rows = compact(features.rows);
    const cv::Mat &keypoints = features.keypoints;
    const std::int32_t header[] = {rows.rows,
                                   rows.cols,
                                   rows.type(),
                                   features.blockSize,
                                   keypoints.cols,
                                   features.imageSize.width,
                                   features.imageSize.height};
    const std::size_t rowBytes = rows.total() * rows.elemSize(), keypointBytes = keypoints.total() * sizeof(float);
    std::vector<std::uint8_t> blob(sizeof header + rowBytes + keypointBytes);
    std::memcpy(blob.data(), header, sizeof header);
    if (rowBytes > 0)
        std::memcpy(blob.data() + sizeof header, rows.data, rowBytes);
    if (keypointBytes > 0)
        std::memcpy(blob.data() + sizeof header + rowBytes, keypoints.data, keypointBytes);
    return blob;
}

std::optional<Features> deserialised(const std::vector<std::uint8_t> &blob)
{
    std::int32_t header[7];
    if (blob.size() < sizeof header)
        return std::nullopt;
    std::memcpy(header, blob.data(), sizeof header);
    const auto [rows, cols, type, blockSize, keypointCols, width, height] = header;
    if (rows < 0 || cols < 0 || keypointCols < 0 || (type != CV_32F && type != CV_16F && type != CV_8U))
        return std::nullopt;
    const auto bytesOf = [&](std::int32_t columns, int matrixType) {
        return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns) *
               static_cast<std::size_t>(CV_ELEM_SIZE(matrixType));
    };
    if (blob.size() != sizeof header + bytesOf(cols, type) + bytesOf(keypointCols, CV_32F))
        return std::nullopt;
    Features features{{}, blockSize, {}, {width, height}};
    const std::uint8_t *from = blob.data() + sizeof header;
    const auto read = [&](cv::Mat &matrix, std::int32_t columns, int matrixType) {
        if (bytesOf(columns, matrixType) == 0)
            return;
        matrix.create(rows, columns, matrixType);
        std::memcpy(matrix.data, from, bytesOf(columns, matrixType));
        from += bytesOf(columns, matrixType);
    };
    read(features.rows, cols, type);
    if (type == CV_16F)
        features.rows.convertTo(features.rows, CV_32F);
    read(features.keypoints, keypointCols, CV_32F);
    return features;
}

} // namespace

RecipeExtractor::RecipeExtractor(const Recipe &recipe, std::shared_ptr<FeatureCache> cache) : m_cache(std::move(cache))
{
    for (const Branch &branch : recipe.branches)
        m_slotOfBranch.push_back(slotFor(branch.extractor));
    for (const RankerChoice &ranker : recipe.rankers)
        m_slotOfRanker.push_back(ranker.extractor ? slotFor(*ranker.extractor) : m_slotOfBranch.front());
}

/// Equal extractors run once.
std::size_t RecipeExtractor::slotFor(const StageChoice &extractor)
{
    const auto same = std::ranges::find(m_choices, extractor);
    const auto slot = static_cast<std::size_t>(same - m_choices.begin());
    if (same == m_choices.end()) {
        m_choices.push_back(extractor);
        const auto &stage = extractorById(extractor.id);
        auto made = stage.create(extractor.params);
        const ContentHash gallery = contentHash(keyText(extractor, stage.version, *made, Role::Gallery)),
                          query = contentHash(keyText(extractor, stage.version, *made, Role::Query));
        m_slots.push_back({std::move(made), gallery, query});
    }
    return slot;
}

FeatureType RecipeExtractor::typeOf(std::size_t slot) const
{
    return m_slots[slot].extractor->type();
}

RecipeExtractor::~RecipeExtractor() = default;

std::optional<Features> RecipeExtractor::cached(const Slot &slot, const ContentHash &content, Role role) const
{
    const auto blob = m_cache->get(content, slot.key(role));
    return blob ? deserialised(*blob) : std::nullopt;
}

BranchFeatures RecipeExtractor::extractFile(const std::filesystem::path &path, Role role) const
{
    if (!m_cache)
        return extractBytes(readFile(path), toUtf8(path), role);
    const auto stamp = fileStamp(path);
    const auto content = stamp ? m_cache->contentOf(path, *stamp) : std::nullopt;
    if (content) {
        BranchFeatures features;
        for (const Slot &slot : m_slots)
            if (auto found = cached(slot, *content, role))
                features.push_back(std::move(*found));
            else
                break;
        if (features.size() == m_slots.size())
            return features;
    }
    const auto bytes = readFile(path);
    const ContentHash read = contentHash(bytes);
    if (stamp && !content)
        m_cache->rememberContent(path, *stamp, read);
    return extractContent(bytes, toUtf8(path), role, read);
}

BranchFeatures RecipeExtractor::extractBytes(std::span<const std::uint8_t> bytes, const std::string &name,
                                             Role role) const
{
    return extractContent(bytes, name, role, m_cache ? contentHash(bytes) : ContentHash{});
}

BranchFeatures RecipeExtractor::extractContent(std::span<const std::uint8_t> bytes, const std::string &name, Role role,
                                               const ContentHash &content) const
{
    BranchFeatures features(m_slots.size());
    std::vector<bool> missing(m_slots.size(), true);
    for (std::size_t i = 0; m_cache && i < m_slots.size(); ++i)
        if (auto found = cached(m_slots[i], content, role)) {
            features[i] = std::move(*found);
            missing[i] = false;
        }
    return compute(bytes, name, role, std::move(features), missing, content);
}

BranchFeatures RecipeExtractor::compute(std::span<const std::uint8_t> bytes, const std::string &name, Role role,
                                        BranchFeatures known, const std::vector<bool> &missing,
                                        const ContentHash &content) const
{
    std::vector<std::pair<DecodeSpec, Image>> decoded; // extractors that want the same pixels share them
    const auto imageFor = [&](const DecodeSpec &spec) -> const Image & {
        for (const auto &[have, image] : decoded)
            if (have == spec)
                return image;
        return decoded.emplace_back(spec, decodeImage(bytes, name, spec)).second;
    };
    for (std::size_t i = 0; i < m_slots.size(); ++i) {
        if (!missing[i])
            continue;
        try {
            known[i] = m_slots[i].extractor->extract(imageFor(m_slots[i].extractor->decodeSpec()), role);
        } catch (const cv::Exception &error) {
            throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 cannot be used: %2"), {name, error.err});
        }
        if (m_cache)
            m_cache->put(content, m_slots[i].key(role), serialised(known[i]));
    }
    return known;
}

std::vector<BranchFeatures> RecipeExtractor::extractAll(const ImageSet &images, Role role, TaskContext &context) const
{
    std::vector<BranchFeatures> all(static_cast<std::size_t>(images.size()), BranchFeatures(m_slots.size()));
    std::atomic<std::int64_t> done = 0;
    parallelFor(all.size(), context, [&](std::size_t i) {
        const ImageRef &image = images[static_cast<ImageId>(i)];
        try {
            all[i] = extractFile(image.path, role);
        } catch (const std::exception &error) {
            context.problem({image.name, messageOf(error)});
        }
        context.progress(++done, images.size());
    });
    if (m_cache)
        m_cache->flush();
    return all;
}

} // namespace likeness
