// An engine in the files of a folder: opened and checked.
#include "core/base/file.h"
#include "core/search/build_place.h"
#include "core/search/engine.h"
#include "core/search/index_files.h"

namespace likeness {

namespace {

/// Does what reads an index once more where an update has taken its files away meanwhile.
template <class Read> auto readWhole(const std::filesystem::path &folder, const Read &read)
{
    for (;;) {
        const int generation = IndexManifest::read(folder).generation;
        try {
            return read();
        } catch (const Error &) {
            if (IndexManifest::read(folder).generation == generation)
                throw;
        }
    }
}

ImageSet imagesOf(const std::filesystem::path &source, const std::vector<IndexedImage> &indexed)
{
    std::vector<ImageRef> images;
    for (const IndexedImage &image : indexed)
        images.push_back({image.name, source / image.name});
    return ImageSet::of(std::move(images));
}

} // namespace

class Engine::FolderReader {
public:
    explicit FolderReader(const std::filesystem::path &folder)
        : m_folder(folder), m_manifest(IndexManifest::read(folder))
    {
    }

    std::shared_ptr<const Engine> read(std::shared_ptr<FeatureCache> cache)
    {
        for (const auto &[role, file] : m_manifest.files)
            checkFile(m_folder, file, !isColumn(role)); // readers trust the rest
        const auto indexed = readImageList(fileOf("images"));
        if (std::ssize(indexed) != m_manifest.images)
            refuseDamaged(fileOf("images"),
                          Message{QT_TRANSLATE_NOOP("core", "%1 images in place of %2"),
                                  {std::to_string(indexed.size()), std::to_string(m_manifest.images)}});
        const ImageSet images = imagesOf(m_manifest.source, indexed);
        m_fit.store = cache.get();
        m_engine.reset(
            new Engine(m_manifest.recipe, images, galleryKey(images, stampsOf(indexed)), std::move(cache), m_fit.task));
        m_engine->m_isStored = true;
        if (toHex(m_engine->m_keys.branches) != m_manifest.stages)
            throw Error(ErrorKind::InvalidArgument,
                        QT_TRANSLATE_NOOP("core", "%1 was made with other weights or by another version of a stage: "
                                                  "build the index again"),
                        {toUtf8(m_folder)});
        for (std::size_t b = 0; b < m_engine->m_branches.size(); ++b)
            readBranch(b);
        for (std::size_t r = 0; r < m_engine->m_rankers.size(); ++r)
            readRanker(r);
        return std::move(m_engine);
    }

private:
    std::filesystem::path fileOf(const std::string &role) const { return likeness::fileOf(m_folder, m_manifest, role); }

    const Column &columnOf(const ContentHash &key)
    {
        if (const auto known = m_engine->m_columns.find(key); known != m_engine->m_columns.end())
            return known->second;
        const auto role = m_manifest.columns.find(toHex(key));
        if (role == m_manifest.columns.end())
            refuseDamaged(m_folder, Message{QT_TRANSLATE_NOOP("core", "no file of \"%1\""), {"column"}});
        const Column column = Column::read(fileOf(role->second));
        if (std::ssize(column) != m_manifest.images)
            refuseDamaged(fileOf(role->second),
                          Message{QT_TRANSLATE_NOOP("core", "%1 images in place of %2"),
                                  {std::to_string(column.size()), std::to_string(m_manifest.images)}});
        return m_engine->m_columns.emplace(key, column).first->second;
    }

    void readBranch(std::size_t b)
    {
        const Branch &branch = m_manifest.recipe.branches[b];
        for (std::size_t t = 0; t < branch.transforms.size(); ++t) {
            const StageChoice &choice = branch.transforms[t];
            const std::shared_ptr<Transform> made = transformById(choice.id).create(choice.params);
            const auto file = fileOf(transformRole(b, t));
            try {
                made->restore(readFile(file));
            } catch (const Error &error) {
                refuseDamaged(file, error.message());
            }
            m_engine->m_branches[b].transforms[t] = made;
        }
        for (const std::size_t transforms : m_engine->keptBehind(b))
            columnOf(m_engine->m_keys.columns[b][transforms]);
        const std::shared_ptr<Index> made = indexById(branch.index.id).create(branch.index.params);
        const Column &column = columnOf(m_engine->m_keys.columns[b].back());
        if (m_manifest.files.contains(indexRole(b)))
            made->restore(column, fileOf(indexRole(b)), m_fit);
        else
            made->fill(column, m_fit);
        m_engine->m_branches[b].index = made;
    }

    void readRanker(std::size_t r)
    {
        const StageChoice &choice = m_manifest.recipe.rankers[r].ranker;
        const std::shared_ptr<Ranker> made = rankerById(choice.id).create(choice.params);
        if (!m_engine->m_backgrounds[r].empty())
            made->setBackground(m_engine->backgroundOf(r, m_fit.task));
        if (!made->bestScoresSeen()) {
            const Column &column = columnOf(m_engine->columnKeyOf(r));
            const FeatureType type = m_engine->columnTypeOf(r);
            if (made->hasState())
                made->restore(column, type, fileOf(rankerRole(r)), m_fit);
            else
                made->build(column, type, m_fit);
        }
        m_engine->m_rankers[r] = made;
    }

    std::filesystem::path m_folder;
    IndexManifest m_manifest;
    FitContext m_fit = FitContext::none();
    std::shared_ptr<Engine> m_engine;
};

std::shared_ptr<const Engine> Engine::open(const std::filesystem::path &folder, std::shared_ptr<FeatureCache> cache)
{
    return readWhole(folder, [&] { return FolderReader(folder).read(cache); });
}

void Engine::verify(const std::filesystem::path &folder, TaskContext &context)
{
    readWhole(folder, [&] {
        const IndexManifest manifest = IndexManifest::read(folder);
        std::int64_t done = 0;
        for (const auto &[role, file] : manifest.files) {
            context.checkCancelled();
            checkFile(folder, file, true);
            context.progress(++done, static_cast<std::int64_t>(manifest.files.size()));
        }
    });
}

} // namespace likeness
