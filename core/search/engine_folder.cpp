// An engine in the files of a folder: built and updated.
#include "core/base/file.h"
#include "core/base/folder_lock.h"
#include "core/base/stopwatch.h"
#include "core/search/engine_builder.h"
#include "core/search/index_files.h"

#include <algorithm>
#include <chrono>
#include <unordered_map>

namespace likeness {

namespace {

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

/// Writes the next generation of an engine's folder beside the one in force.
class Engine::FolderWriter {
public:
    /// Holds the lock of the folder: nobody else writes between reading what is there and replacing it.
    FolderWriter(const Recipe &recipe, const std::filesystem::path &source, std::filesystem::path folder,
                 std::unique_ptr<FolderLock> lock, std::shared_ptr<FeatureCache> cache, TaskContext &task)
        : m_folder(std::move(folder)), m_lock(std::move(lock)), m_cache(std::move(cache)), m_task(task)
    {
        m_manifest.recipe = recipe;
        m_manifest.source = toUtf8(std::filesystem::absolute(source));
    }

    /// `old` is what need not be extracted again, of `oldManifest`; null for a new folder.
    GalleryChanges write(const Engine *old, const IndexManifest *oldManifest, int lastGeneration)
    {
        const Stopwatch watch;
        m_manifest.generation = lastGeneration + 1;
        std::vector<IndexedImage> known;
        if (old != nullptr)
            known = readImageList(fileOf(m_folder, *oldManifest, "images"));
        const ImageSet images = imagesNow(known);
        compare(images, known);
        const std::shared_ptr<Engine> engine(
            new Engine(m_manifest.recipe, images, galleryKey(images, stampsOf(m_images)), m_cache, m_task));
        tryAgain(*engine);
        if (old != nullptr && m_changes.added + m_changes.changed + m_changes.removed == 0)
            return m_changes;
        BuildPlace place(m_folder, m_manifest.generation);
        Builder builder(*engine, place, m_task);
        const bool learned = old != nullptr && old->hasRows();
        if (learned)
            builder.takeOver(*old, m_same,
                             [&](const std::string &role) { return fileOf(m_folder, *oldManifest, role); });
        builder.build();
        m_changes.extractSeconds = builder.extractSeconds();
        for (std::size_t i = 0; i < m_images.size(); ++i)
            m_images[i].failed = builder.failed().contains(m_images[i].name) ||
                                 (learned && m_same[i] >= 0 && known[static_cast<std::size_t>(m_same[i])].failed);
        finish(*engine, place, oldManifest);
        m_changes.totalSeconds = watch.seconds();
        return m_changes;
    }

private:
    bool isUnread(const std::string &name) const
    {
        return std::ranges::any_of(m_unreadFolders,
                                   [&](const std::string &folder) { return name.starts_with(folder); });
    }

    /// The images of the source, and those that are known of folders that cannot be read now.
    ImageSet imagesNow(const std::vector<IndexedImage> &known)
    {
        UnreadFolders unread(m_task);
        ImageSet found = ImageSet::scan(m_manifest.source, unread);
        for (const std::filesystem::path folder : unread.folders) {
            const std::string name = toUtf8(folder.lexically_relative(m_manifest.source));
            m_unreadFolders.push_back(name == "." ? "" : name + '/');
        }
        if (known.empty() || m_unreadFolders.empty())
            return found;
        std::vector<ImageRef> images(found.images().begin(), found.images().end());
        for (const IndexedImage &image : known)
            if (isUnread(image.name) && !found.find(image.name))
                images.push_back({image.name, std::filesystem::path(m_manifest.source) / image.name});
        std::ranges::sort(images, {}, &ImageRef::name);
        return ImageSet::of(std::move(images));
    }

    void compare(const ImageSet &images, const std::vector<IndexedImage> &known)
    {
        std::unordered_map<std::string_view, std::size_t> places;
        for (std::size_t i = 0; i < known.size(); ++i)
            places.emplace(known[i].name, i);
        for (const ImageRef &image : images.images()) {
            const auto place = places.find(image.name);
            const IndexedImage *const was = place == places.end() ? nullptr : &known[place->second];
            const auto stamp = fileStamp(image.path);
            const bool same =
                was != nullptr &&
                (!stamp || (was->stamp && was->stamp->size == stamp->size && was->stamp->mtimeNs == stamp->mtimeNs));
            if (same && (!stamp || was->failed) && !isUnread(image.name))
                m_again.push_back(m_images.size());
            m_images.push_back({image.name, stamp ? stamp : was ? was->stamp : std::nullopt});
            m_same.push_back(same ? static_cast<ImageId>(place->second) : -1);
            ++(same ? m_changes.kept : was == nullptr ? m_changes.added : m_changes.changed);
        }
        m_changes.removed = static_cast<std::int64_t>(known.size()) - m_changes.kept - m_changes.changed;
    }

    /// What failed before or cannot be reached now: an image that still fails stays as it was and is a problem again.
    void tryAgain(const Engine &engine)
    {
        std::vector<ImageRef> wanted;
        for (const std::size_t image : m_again)
            wanted.push_back(engine.m_gallery[static_cast<ImageId>(image)]);
        const std::vector<bool> all(engine.m_extractor.slotCount(), true);
        std::set<std::string> failed;
        for (const auto &problem :
             engine.m_extractor.extractBy(all, ImageSet::of(wanted), Role::Gallery, m_task).problems)
            failed.insert(problem.problem.file);
        for (const std::size_t image : m_again)
            if (!failed.contains(m_images[image].name)) {
                m_same[image] = -1;
                --m_changes.kept;
                ++m_changes.changed;
            }
    }

    void finish(const Engine &engine, const BuildPlace &place, const IndexManifest *old)
    {
        std::map<std::string, IndexManifest::File> known; // by name
        if (old != nullptr)
            for (const auto &[role, file] : old->files)
                known[file.name] = file;
        m_manifest.images = static_cast<std::int64_t>(m_images.size());
        writeImageList(place.file("images"), m_images);
        m_manifest.stages = toHex(engine.m_keys.branches);
        for (const auto &[key, role] : place.columns()) {
            m_manifest.columns.emplace(toHex(key), role);
            m_manifest.files[role] = describedFile(place.file(role));
            const auto files = engine.m_columns.at(key).files();
            for (std::size_t i = 1; i < files.size(); ++i) // rows that stayed where they were
                m_manifest.files[role + "-" + std::to_string(i)] = known.at(toUtf8(files[i].filename()));
        }
        for (const std::string &role : statesOf(engine))
            m_manifest.files[role] = describedFile(place.file(role));
        const Column &compared = engine.m_columns.at(engine.m_keys.columns[0].back());
        m_manifest.width = compared.width();
        m_manifest.rows = compared.rowCount();
        m_manifest.effort = engine.m_branches[0].index->tuning().effort;
        m_manifest.recall = engine.m_branches[0].index->tuning().recall;
        m_manifest.write(m_folder);
        removeOtherGenerations(m_folder, &m_manifest);
    }

    std::vector<std::string> statesOf(const Engine &engine) const
    {
        std::vector<std::string> roles{"images"};
        for (std::size_t b = 0; b < engine.m_branches.size(); ++b) {
            for (std::size_t t = 0; t < engine.m_branches[b].transforms.size(); ++t)
                roles.push_back(transformRole(b, t));
            if (engine.m_branches[b].index->hasState())
                roles.push_back(indexRole(b));
        }
        for (std::size_t r = 0; r < engine.m_rankers.size(); ++r)
            if (engine.m_rankers[r]->hasState())
                roles.push_back(rankerRole(r));
        return roles;
    }

    std::filesystem::path m_folder;
    std::unique_ptr<FolderLock> m_lock;
    std::shared_ptr<FeatureCache> m_cache;
    TaskContext &m_task;
    IndexManifest m_manifest;
    std::vector<IndexedImage> m_images;
    std::vector<ImageId> m_same;              // of the old gallery; -1: none
    std::vector<std::size_t> m_again;         // that are tried once more
    std::vector<std::string> m_unreadFolders; // whose images are as they were
    GalleryChanges m_changes;
};

GalleryChanges Engine::buildAt(const std::filesystem::path &folder, const Recipe &recipe,
                               const std::filesystem::path &images, std::shared_ptr<FeatureCache> cache,
                               TaskContext &context)
{
    requireOwnFolder(folder, indexMark());
    if (!std::filesystem::is_directory(images))
        throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "there is no folder %1"), {toUtf8(images)});
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
        throwUnwritable(folder, failed);
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
    FolderWriter writer(recipe, images, folder, std::move(lock), std::move(cache), context);
    removeOtherGenerations(folder, before ? &*before : nullptr);
    try {
        return writer.write(nullptr, nullptr, last);
    } catch (...) {
        removeOtherGenerations(folder, before ? &*before : nullptr);
        throw;
    }
}

GalleryChanges Engine::update(const std::filesystem::path &folder, std::shared_ptr<FeatureCache> cache,
                              TaskContext &context)
{
    IndexManifest::read(folder); // says that there is no index, before a lock is made
    auto lock = std::make_unique<FolderLock>(folder);
    const IndexManifest manifest = IndexManifest::read(folder);
    const auto old = open(folder, nullptr);
    for (const auto &[key, column] : old->m_columns)
        if (!column.canGrow()) // is copied: what is damaged must not look whole
            for (const auto &path : column.files())
                for (const auto &[role, file] : manifest.files)
                    if (file.name == toUtf8(path.filename()))
                        checkFile(folder, file, true);
    FolderWriter writer(manifest.recipe, manifest.source, folder, std::move(lock), std::move(cache), context);
    try {
        return writer.write(old.get(), &manifest, manifest.generation);
    } catch (...) {
        removeOtherGenerations(folder, &manifest);
        throw;
    }
}

} // namespace likeness
