#include "core/base/file.h"
#include "core/base/folder_lock.h"
#include "core/base/parallel.h"
#include "core/base/stopwatch.h"
#include "core/search/persistent_parts.h"

#include <algorithm>
#include <chrono>
#include <unordered_map>

namespace likeness {

namespace {

constexpr std::size_t chunkImages = 512;     // extracted, then written
constexpr std::int64_t mostFitted = 200'000; // rows that transforms are fitted on

/// Part of a longer task.
class ChunkContext final : public TaskContext {
public:
    ChunkContext(TaskContext &whole, std::int64_t done, std::int64_t total)
        : m_whole(whole), m_done(done), m_total(total)
    {
    }
    bool isCancelled() const override { return m_whole.isCancelled(); }
    void progress(std::int64_t done, std::int64_t) override { m_whole.progress(m_done + done, m_total); }
    void problem(const Problem &problem) override { m_whole.problem(problem); }

private:
    TaskContext &m_whole;
    std::int64_t m_done, m_total;
};

/// Passes on what a scan of a folder says, and remembers its problems: each is a folder that cannot be read.
class UnreadFolders final : public TaskContext {
public:
    explicit UnreadFolders(TaskContext &task) : m_task(task) {}
    bool isCancelled() const override { return m_task.isCancelled(); }
    void progress(std::int64_t done, std::int64_t total) override { m_task.progress(done, total); }
    void problem(const Problem &problem) override
    {
        folders.push_back(problem.file);
        m_task.problem(problem);
    }
    std::vector<std::string> folders;

private:
    TaskContext &m_task;
};

} // namespace

/// Writes the next generation of an index beside the one in force.
class PersistentIndex::Writer {
public:
    /// Holds the lock of the folder: nobody else writes between reading what is there and replacing it.
    Writer(const Recipe &recipe, const std::filesystem::path &source, std::filesystem::path folder,
           std::unique_ptr<FolderLock> lock, std::shared_ptr<FeatureCache> cache, TaskContext &task)
        : m_folder(std::move(folder)), m_lock(std::move(lock)), m_task(task), m_extractor(recipe, std::move(cache))
    {
        m_manifest.recipe = recipe;
        m_manifest.source = toUtf8(std::filesystem::absolute(source));
        m_manifest.extractorKey = toHex(m_extractor.keyOf(0));
        m_transforms = transformsOf(recipe);
    }

    /// `old` is what need not be extracted again; null for a new index.
    IndexChanges write(const PersistentIndex *old, int lastGeneration)
    {
        const Stopwatch watch;
        m_manifest.generation = lastGeneration + 1;
        const ImageSet images = imagesNow(old);
        compare(images, old);
        tryAgain(images);
        if (old != nullptr && m_changes.added + m_changes.changed + m_changes.removed == 0)
            return m_changes;
        if (old != nullptr && old->m_state->manifest.rows == 0)
            old = nullptr; // nothing could be learned from it
        const bool fits = old == nullptr && !m_transforms.empty();
        m_task.stage(QT_TRANSLATE_NOOP("core", "Extracting gallery features"), 1, 2);
        const std::filesystem::path rows = path("rows");
        if (old != nullptr)
            restoreTransforms(*old);
        extract(images, old, fits ? path("raw") : rows, !fits);
        if (fits)
            fitTransforms(rows);
        m_task.stage(QT_TRANSLATE_NOOP("core", "Writing the index"), 2, 2);
        finish(rows, old);
        m_changes.totalSeconds = watch.seconds();
        return m_changes;
    }

private:
    std::filesystem::path path(const std::string &role) const
    {
        return m_folder / generationFile(m_manifest.generation, role);
    }

    bool isUnread(const std::string &name) const
    {
        return std::ranges::any_of(m_unreadFolders,
                                   [&](const std::string &folder) { return name.starts_with(folder); });
    }

    /// The images of the source, and those that the old index has of folders that cannot be read now.
    ImageSet imagesNow(const PersistentIndex *old)
    {
        UnreadFolders unread(m_task);
        ImageSet found = ImageSet::scan(m_manifest.source, unread);
        for (const std::filesystem::path folder : unread.folders) {
            const std::string name = toUtf8(folder.lexically_relative(m_manifest.source));
            m_unreadFolders.push_back(name == "." ? "" : name + '/');
        }
        if (old == nullptr || m_unreadFolders.empty())
            return found;
        std::vector<ImageRef> images(found.images().begin(), found.images().end());
        for (const IndexedImage &image : old->m_state->images)
            if (isUnread(image.name) && !found.find(image.name))
                images.push_back({image.name, std::filesystem::path(m_manifest.source) / image.name});
        std::ranges::sort(images, {}, &ImageRef::name);
        return ImageSet::of(std::move(images));
    }

    void compare(const ImageSet &images, const PersistentIndex *old)
    {
        std::unordered_map<std::string_view, const IndexedImage *> known;
        if (old != nullptr)
            for (const IndexedImage &image : old->m_state->images)
                known.emplace(image.name, &image);
        for (const ImageRef &image : images.images()) {
            const auto before = known.find(image.name);
            const auto stamp = fileStamp(image.path);
            const IndexedImage *const was = before == known.end() ? nullptr : before->second;
            const bool same =
                was != nullptr && (!stamp || (was->stamp.size == stamp->size && was->stamp.mtimeNs == stamp->mtimeNs));
            if (same && (!stamp || was->rows == 0) && !isUnread(image.name))
                m_again.push_back(m_images.size());
            m_images.push_back({image.name, stamp ? *stamp : was ? was->stamp : FileStamp{}, 0, 0});
            m_same.push_back(same ? was : nullptr);
            ++(same ? m_changes.kept : was == nullptr ? m_changes.added : m_changes.changed);
        }
        if (old != nullptr)
            m_changes.removed =
                static_cast<std::int64_t>(old->m_state->images.size()) - m_changes.kept - m_changes.changed;
    }

    /// What failed before or cannot be reached now: an image that still fails stays as it was and is a problem again.
    void tryAgain(const ImageSet &images)
    {
        for (std::size_t first = 0; first < m_again.size(); first += chunkImages) {
            m_task.checkCancelled();
            const std::size_t count = std::min(chunkImages, m_again.size() - first);
            std::vector<ImageRef> wanted;
            for (std::size_t i = first; i < first + count; ++i)
                wanted.push_back(images[static_cast<ImageId>(m_again[i])]);
            ChunkContext chunk(m_task, static_cast<std::int64_t>(first), static_cast<std::int64_t>(m_again.size()));
            const auto features = m_extractor.extractAll(ImageSet::of(wanted), Role::Gallery, chunk);
            for (std::size_t i = 0; i < count; ++i)
                if (!features[i][0].rows.empty()) {
                    m_same[m_again[first + i]] = nullptr;
                    --m_changes.kept;
                    ++m_changes.changed;
                }
        }
    }

    void restoreTransforms(const PersistentIndex &old)
    {
        for (std::size_t i = 0; i < m_transforms.size(); ++i)
            m_transforms[i]->restore(*old.m_state->transforms[i]->state());
    }

    /// Rows of all images in the order of the set: those that are known are copied.
    void extract(const ImageSet &images, const PersistentIndex *old, const std::filesystem::path &file, bool transform)
    {
        const std::int64_t total = m_changes.added + m_changes.changed;
        std::int64_t done = 0;
        writeFileAside(file, [&](std::ostream &stream) {
            for (std::size_t first = 0; first < m_images.size(); first += chunkImages) {
                m_task.checkCancelled();
                const std::size_t end = std::min(m_images.size(), first + chunkImages);
                std::vector<ImageRef> wanted;
                for (std::size_t i = first; i < end; ++i)
                    if (m_same[i] == nullptr)
                        wanted.push_back(images[static_cast<ImageId>(i)]);
                const Stopwatch watch;
                ChunkContext chunk(m_task, done, total);
                const auto features = m_extractor.extractAll(ImageSet::of(wanted), Role::Gallery, chunk);
                m_changes.extractSeconds += watch.seconds();
                done += static_cast<std::int64_t>(wanted.size());
                std::size_t next = 0;
                for (std::size_t i = first; i < end; ++i)
                    if (m_same[i] != nullptr)
                        copyRows(*m_same[i], old, m_images[i], stream);
                    else
                        putRows(transform ? transformed(m_transforms, features[next++][0], Role::Gallery)
                                          : features[next++][0],
                                m_images[i], stream);
            }
        });
    }

    void copyRows(const IndexedImage &from, const PersistentIndex *old, IndexedImage &image, std::ostream &stream)
    {
        image.rows = from.rows;
        if (from.rows == 0)
            return;
        m_manifest.width = old->m_state->manifest.width;
        const auto block = old->m_state->rows().block(from.firstRow, from.rows);
        stream.write(reinterpret_cast<const char *>(block.data()),
                     static_cast<std::streamsize>(static_cast<std::size_t>(block.size()) * sizeof(float)));
        m_manifest.rows += image.rows;
    }

    void putRows(const Features &features, IndexedImage &image, std::ostream &stream)
    {
        if (features.rows.empty())
            return;
        image.rows = features.rows.rows;
        m_manifest.width = features.rows.cols;
        m_manifest.rows += image.rows;
        for (int row = 0; row < features.rows.rows; ++row)
            stream.write(features.rows.ptr<char>(row),
                         static_cast<std::streamsize>(static_cast<std::size_t>(features.rows.cols) * sizeof(float)));
    }

    /// Fits on the raw rows (an even sample of many) and writes the transformed ones.
    void fitTransforms(const std::filesystem::path &file)
    {
        const std::int64_t count = m_manifest.rows;
        if (count > 0) {
            const MappedFile raw(path("raw"));
            const auto *values = reinterpret_cast<const float *>(raw.bytes().data());
            const auto rowAt = [&](std::int64_t row) {
                return cv::Mat(1, m_manifest.width, CV_32F, const_cast<float *>(values) + row * m_manifest.width);
            };
            const int rawWidth = m_manifest.width;
            std::vector<Features> sample;
            for (std::int64_t i = 0; i < std::min(count, mostFitted); ++i)
                sample.push_back({rowAt(i * count / std::min(count, mostFitted))});
            FitContext context{m_task, m_extractor.cache().get()};
            for (const auto &transform : m_transforms) {
                transform->fit(sample, context);
                for (Features &features : sample)
                    features = transform->apply(features, Role::Gallery);
            }
            writeFileAside(file, [&](std::ostream &stream) {
                for (std::int64_t row = 0; row < count; ++row) {
                    const cv::Mat raw1(1, rawWidth, CV_32F, const_cast<float *>(values) + row * rawWidth);
                    const Features features = transformed(m_transforms, {raw1}, Role::Gallery);
                    m_manifest.width = features.rows.cols;
                    stream.write(
                        features.rows.ptr<char>(0),
                        static_cast<std::streamsize>(static_cast<std::size_t>(features.rows.cols) * sizeof(float)));
                }
            });
        } else {
            writeFileAside(file, [](std::ostream &) {});
        }
        std::filesystem::remove(path("raw"));
    }

    void finish(const std::filesystem::path &rows, const PersistentIndex *old)
    {
        m_manifest.images = static_cast<std::int64_t>(m_images.size());
        writeImageList(path("images"), m_images);
        for (std::size_t i = 0; i < m_transforms.size(); ++i)
            writeFileAside(path("transform-" + std::to_string(i)), [&](std::ostream &stream) {
                const auto state = *m_transforms[i]->state();
                stream.write(reinterpret_cast<const char *>(state.data()), static_cast<std::streamsize>(state.size()));
            });
        writeCodes(rows, old);
        for (const std::string &role : roles())
            m_manifest.files[role] = describedFile(path(role));
        m_manifest.write(m_folder);
        removeOtherGenerations(m_folder, &m_manifest);
    }

    std::vector<std::string> roles() const
    {
        std::vector<std::string> roles{"images", "rows"};
        if (std::filesystem::exists(path("codes")))
            roles.emplace_back("codes");
        for (std::size_t i = 0; i < m_transforms.size(); ++i)
            roles.push_back("transform-" + std::to_string(i));
        return roles;
    }

    void writeCodes(const std::filesystem::path &file, const PersistentIndex *old)
    {
        const auto plan = approximationOf(m_manifest.recipe);
        if (!plan || m_manifest.rows == 0)
            return;
        const std::optional<MappedFile> mapped(file);
        const RowSource rows = mappedRows(mapped, m_manifest.rows, m_manifest.width);
        VectorIndex codes(plan->codes);
        if (old != nullptr && old->m_state->codes) {
            codes =
                VectorIndex::read(old->m_state->folder / old->m_state->manifest.files.at("codes").name, plan->codes);
            codes.clear();
        } else {
            codes.train(rows, m_task);
        }
        codes.add(rows, m_task);
        codes.tune(rows, m_task);
        m_manifest.effort = codes.effort();
        m_manifest.recall = codes.tunedRecall().value_or(-1);
        codes.write(path("codes"));
    }

    std::filesystem::path m_folder;
    std::unique_ptr<FolderLock> m_lock;
    TaskContext &m_task;
    RecipeExtractor m_extractor;
    IndexManifest m_manifest;
    std::vector<std::unique_ptr<Transform>> m_transforms;
    std::vector<IndexedImage> m_images;
    std::vector<const IndexedImage *> m_same; // of the old index
    std::vector<std::size_t> m_again;         // that are tried once more
    std::vector<std::string> m_unreadFolders; // whose images are as they were
    IndexChanges m_changes;
};

IndexChanges PersistentIndex::build(const Recipe &recipe, const std::filesystem::path &images,
                                    const std::filesystem::path &folder, std::shared_ptr<FeatureCache> cache,
                                    TaskContext &task)
{
    checkPersistentRecipe(recipe);
    requireOwnFolder(folder, indexMark());
    if (!std::filesystem::is_directory(images))
        throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "there is no folder %1"), {toUtf8(images)});
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
        throw Error(ErrorKind::Io, QT_TRANSLATE_NOOP("core", "%1 cannot be written: %2"),
                    {toUtf8(folder), failed.message()});
    auto lock = std::make_unique<FolderLock>(folder);
    int last = 0;
    std::optional<IndexManifest> before;
    try {
        before = IndexManifest::read(folder);
        last = before->generation;
    } catch (const Error &) {
        last =
            static_cast<int>(std::chrono::system_clock::now().time_since_epoch() / std::chrono::seconds(1)) & 0xffffff;
    }
    Writer writer(recipe, images, folder, std::move(lock), std::move(cache), task);
    removeOtherGenerations(folder, before ? &*before : nullptr);
    try {
        return writer.write(nullptr, last);
    } catch (...) {
        removeOtherGenerations(folder, before ? &*before : nullptr);
        throw;
    }
}

IndexChanges PersistentIndex::update(const std::filesystem::path &folder, std::shared_ptr<FeatureCache> cache,
                                     TaskContext &task)
{
    IndexManifest::read(folder); // says that there is no index, before a lock is made
    auto lock = std::make_unique<FolderLock>(folder);
    const PersistentIndex old(folder);
    checkFile(folder, old.m_state->manifest.files.at("rows"), true); // is copied: what is damaged must not look whole
    Writer writer(old.manifest().recipe, old.manifest().source, folder, std::move(lock), std::move(cache), task);
    try {
        return writer.write(&old, old.m_state->manifest.generation);
    } catch (...) {
        removeOtherGenerations(folder, &old.m_state->manifest);
        throw;
    }
}

} // namespace likeness
