#include "core/search/gallery_folder.h"

#include "core/search/index_files.h"

namespace likeness {

GalleryFolder GalleryFolder::open(const std::filesystem::path &folder, std::shared_ptr<FeatureCache> cache,
                                  TaskContext &context)
{
    if (!holdsIndex(folder))
        return {Workspace::open(folder, context), nullptr};
    GalleryFolder opened;
    opened.engine = Engine::open(folder, std::move(cache));
    const std::filesystem::path source = IndexManifest::read(folder).source;
    std::error_code gone; // images may be on a disk that is not here
    if (source.filename() == "dataset" && std::filesystem::is_directory(source.parent_path(), gone))
        opened.workspace = Workspace::besideGallery(source.parent_path(), context);
    opened.workspace.root = folder;
    opened.workspace.gallery = opened.engine->gallery();
    return opened;
}

} // namespace likeness
