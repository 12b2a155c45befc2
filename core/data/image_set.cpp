#include "core/data/image_set.h"

#include "core/base/file.h"

#include <algorithm>

namespace likeness {

namespace fs = std::filesystem;

namespace {

void scanFolder(const fs::path &folder, const std::string &prefix, std::vector<ImageRef> &images, TaskContext &context)
{
    context.checkCancelled();
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::string name = it->path().filename().string();
        if (name.starts_with('.'))
            continue;
        std::error_code ignored;
        if (it->is_directory(ignored) && !it->is_symlink(ignored))
            scanFolder(it->path(), prefix + name + '/', images, context);
        else if (!it->is_directory(ignored) && hasImageExtension(it->path()))
            images.push_back({prefix + name, it->path()});
    }
    if (error)
        context.problem(
            {toUtf8(folder), {QT_TRANSLATE_NOOP("core", "the folder cannot be read: %1"), {error.message()}}});
}

} // namespace

ImageSet ImageSet::scan(const fs::path &folder, TaskContext &context)
{
    std::error_code error;
    if (!fs::is_directory(folder, error))
        throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "there is no folder %1"), {toUtf8(folder)});
    std::vector<ImageRef> images;
    scanFolder(folder, {}, images, context);
    std::ranges::sort(images, {}, &ImageRef::name);
    return of(std::move(images));
}

ImageSet::ImageSet() : m_data(std::make_shared<Data>()) {}

ImageSet ImageSet::of(std::vector<ImageRef> images)
{
    auto data = std::make_shared<Data>();
    data->images = std::move(images);
    data->ids.reserve(data->images.size());
    for (std::size_t i = 0; i < data->images.size(); ++i)
        data->ids.emplace(data->images[i].name, static_cast<ImageId>(i));
    ImageSet set;
    set.m_data = std::move(data);
    return set;
}

std::optional<ImageId> ImageSet::find(std::string_view name) const
{
    const auto found = m_data->ids.find(name);
    return found == m_data->ids.end() ? std::nullopt : std::optional(found->second);
}

} // namespace likeness
