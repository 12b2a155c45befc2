#include "core/search/recipe_extractor.h"

#include "core/base/file.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <functional>
#include <mutex>
#include <opencv2/core.hpp>

namespace likeness {

namespace {

using Clock = std::chrono::steady_clock;

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

/// In half precision where that loses nothing: deep features may be rounded to it, SIFT counts in whole numbers.
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

/// What is not there is not there for the next image either: one message, not one for each.
bool isForAll(const std::exception_ptr &failure)
{
    try {
        std::rethrow_exception(failure);
    } catch (const Error &error) {
        return error.kind() == ErrorKind::Unavailable;
    } catch (...) {
        return false;
    }
}

/// One for each slot. Throws what is no fault of the image.
std::vector<Extraction::SlotProblem> problemsOf(std::span<const std::exception_ptr> errors, const std::string &name)
{
    std::vector<Extraction::SlotProblem> problems;
    for (std::size_t slot = 0; slot < errors.size(); ++slot)
        if (errors[slot]) {
            if (isForAll(errors[slot]))
                std::rethrow_exception(errors[slot]);
            problems.push_back({slot, {name, messageOf(errors[slot])}});
        }
    return problems;
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
    for (std::size_t r = 0; r < recipe.rankers.size(); ++r) {
        const auto &own = recipe.rankers[r].extractor;
        m_slotOfRanker.push_back(own ? slotFor(*own) : m_slotOfBranch[recipe.inputOf(r).branch]);
    }
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

/// An image on its way: what is known of it and what has to be done.
struct RecipeExtractor::Work {
    std::string name{};
    std::vector<std::uint8_t> read{};      ///< of a file
    std::span<const std::uint8_t> bytes{}; ///< `read`, or the caller's
    ContentHash content{};                 ///< of the bytes; unused without a cache
    BranchFeatures features{};             ///< by slot, as all below
    std::vector<bool> missing{};           ///< wanted, and not there yet
    std::vector<std::exception_ptr> errors{};
    std::vector<Clock::duration> times{};
    std::vector<std::pair<DecodeSpec, Image>> decoded{}; ///< extractors that want the same pixels share them

    const Image &imageFor(const DecodeSpec &spec)
    {
        for (const auto &[have, image] : decoded)
            if (have == spec)
                return image;
        return decoded.emplace_back(spec, decodeImage(bytes, name, spec)).second;
    }
    /// What `step` throws; null where it went well.
    std::exception_ptr attempt(const std::function<void()> &step) const
    {
        try {
            step();
            return nullptr;
        } catch (const cv::Exception &failed) {
            return std::make_exception_ptr(
                Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 cannot be used: %2"), {name, failed.err}));
        } catch (...) {
            return std::current_exception();
        }
    }
    /// Nothing more comes.
    void fail(const std::exception_ptr &why)
    {
        for (std::size_t slot = 0; slot < errors.size(); ++slot)
            if (missing[slot])
                errors[slot] = why;
    }
    /// Of the first slot that failed; null where none did.
    std::exception_ptr error() const
    {
        const auto failed = std::ranges::find_if(errors, [](const auto &one) { return one != nullptr; });
        return failed == errors.end() ? nullptr : *failed;
    }
};

RecipeExtractor::Work RecipeExtractor::workFor(const std::vector<bool> &wanted) const
{
    Work work;
    work.features.resize(m_slots.size());
    work.missing = wanted;
    work.errors.resize(m_slots.size());
    work.times.resize(m_slots.size());
    return work;
}

/// Takes from the cache what is there.
void RecipeExtractor::lookUp(Work &work, Role role) const
{
    for (std::size_t i = 0; m_cache && i < m_slots.size(); ++i) {
        if (!work.missing[i])
            continue;
        const auto start = Clock::now();
        if (auto found = cached(m_slots[i], work.content, role)) {
            work.features[i] = std::move(*found);
            work.missing[i] = false;
        }
        work.times[i] += Clock::now() - start;
    }
}

/// Reads the file, unless the cache knows it and all of its features.
void RecipeExtractor::begin(const std::filesystem::path &path, Role role, Work &work) const
{
    work.name = toUtf8(path);
    const auto stamp = m_cache ? fileStamp(path) : std::nullopt;
    const auto content = stamp ? m_cache->contentOf(path, *stamp) : std::nullopt;
    if (content) {
        work.content = *content;
        lookUp(work, role);
        if (std::ranges::find(work.missing, true) == work.missing.end())
            return;
    }
    work.read = readFile(path);
    work.bytes = work.read;
    if (m_cache)
        work.content = contentHash(work.bytes);
    if (stamp && !content)
        m_cache->rememberContent(path, *stamp, work.content);
    lookUp(work, role);
}

/// Computes what is missing, of several images at once where the extractor likes that.
void RecipeExtractor::finish(std::span<Work> works, Role role) const
{
    for (std::size_t slot = 0; slot < m_slots.size(); ++slot) {
        const Extractor &extractor = *m_slots[slot].extractor;
        const auto start = Clock::now();
        std::vector<Work *> waiting;
        std::vector<Image> images;
        for (Work &work : works) {
            if (work.errors[slot] || !work.missing[slot])
                continue;
            work.errors[slot] = work.attempt([&] { images.push_back(work.imageFor(extractor.decodeSpec())); });
            if (!work.errors[slot])
                waiting.push_back(&work);
        }
        std::vector<Features> found;
        try {
            if (waiting.size() > 1)
                found = extractor.extractMany(images, role);
        } catch (const std::exception &) {
            found.clear(); // which one it was shows alone
        }
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            Work &work = *waiting[i];
            if (found.empty())
                work.errors[slot] = work.attempt([&] { work.features[slot] = extractor.extract(images[i], role); });
            else
                work.features[slot] = std::move(found[i]);
            if (!work.errors[slot] && m_cache)
                m_cache->put(work.content, m_slots[slot].key(role), serialised(work.features[slot]));
        }
        works.front().times[slot] += Clock::now() - start;
    }
}

BranchFeatures RecipeExtractor::finished(Work &work, Role role) const
{
    finish({&work, 1}, role);
    if (const auto error = work.error())
        std::rethrow_exception(error);
    return std::move(work.features);
}

BranchFeatures RecipeExtractor::extractFile(const std::filesystem::path &path, Role role) const
{
    Work work = workFor(std::vector<bool>(m_slots.size(), true));
    begin(path, role, work);
    return finished(work, role);
}

BranchFeatures RecipeExtractor::extractBytes(std::span<const std::uint8_t> bytes, const std::string &name,
                                             Role role) const
{
    Work work = workFor(std::vector<bool>(m_slots.size(), true));
    work.name = name;
    work.bytes = bytes;
    if (m_cache)
        work.content = contentHash(bytes);
    lookUp(work, role);
    return finished(work, role);
}

bool RecipeExtractor::isCached(const ImageSet &gallery) const
{
    constexpr ImageId most = 16;
    const ImageId asked = std::min(most, gallery.size());
    for (ImageId i = 0; i < asked; ++i) {
        const auto &path = gallery[i * (gallery.size() - 1) / std::max(1, asked - 1)].path;
        const auto stamp = m_cache ? fileStamp(path) : std::nullopt;
        const auto content = stamp ? m_cache->contentOf(path, *stamp) : std::nullopt;
        const auto has = [&](const Slot &slot) { return cached(slot, *content, Role::Gallery).has_value(); };
        if (!content || !std::ranges::all_of(m_slots, has))
            return false;
    }
    return true;
}

std::vector<BranchFeatures> RecipeExtractor::extractAll(const ImageSet &images, Role role, TaskContext &context) const
{
    return extractBy(std::vector<bool>(m_slots.size(), true), images, role, context).images;
}

Extraction RecipeExtractor::extractBy(const std::vector<bool> &wanted, const ImageSet &images, Role role,
                                      TaskContext &context) const
{
    const auto total = static_cast<std::size_t>(images.size());
    std::size_t batch = 1;
    for (std::size_t slot = 0; slot < m_slots.size(); ++slot)
        if (wanted[slot])
            batch = std::max(batch, static_cast<std::size_t>(m_slots[slot].extractor->batchSize()));
    // Few images are rather spread over the threads.
    const auto threads = static_cast<std::size_t>(threadCount());
    batch = std::clamp<std::size_t>((total + threads - 1) / threads, 1, batch);
    Extraction all{std::vector<BranchFeatures>(total, BranchFeatures(m_slots.size())), {}, {}};
    std::vector<Clock::duration> times(m_slots.size());
    std::mutex collecting; // of times and problems
    std::vector<std::vector<Extraction::SlotProblem>> problems(total);
    std::atomic<std::int64_t> done = 0;
    parallelFor((total + batch - 1) / batch, context, [&](std::size_t chunk) {
        const std::size_t first = chunk * batch, count = std::min(batch, total - first);
        std::vector<Work> works;
        for (std::size_t i = 0; i < count; ++i) {
            Work &work = works.emplace_back(workFor(wanted));
            const auto &path = images[static_cast<ImageId>(first + i)].path;
            if (const auto error = work.attempt([&] { begin(path, role, work); }))
                work.fail(error);
        }
        finish(works, role);
        for (std::size_t i = 0; i < count; ++i) {
            const std::string &name = images[static_cast<ImageId>(first + i)].name;
            all.images[first + i] = std::move(works[i].features);
            problems[first + i] = problemsOf(works[i].errors, name);
            if (!problems[first + i].empty())
                context.problem(problems[first + i].front().problem);
            context.progress(++done, images.size());
        }
        const std::lock_guard lock(collecting);
        for (const Work &work : works)
            std::ranges::transform(times, work.times, times.begin(), std::plus());
    });
    for (const Clock::duration time : times)
        all.seconds.push_back(std::chrono::duration<double>(time).count());
    for (auto &ofImage : problems)
        all.problems.insert(all.problems.end(), ofImage.begin(), ofImage.end());
    if (m_cache)
        m_cache->flush();
    return all;
}

} // namespace likeness
