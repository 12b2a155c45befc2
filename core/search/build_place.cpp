#include "core/search/build_place.h"

#include "core/search/index_files.h"

namespace likeness {

std::filesystem::path BuildPlace::file(const std::string &role) const
{
    return m_folder / generationFile(m_generation, role);
}

ColumnWriter BuildPlace::keeping(const ContentHash &key, std::size_t images)
{
    if (!isFolder())
        return ColumnWriter(images);
    const std::string role = "column-" + std::to_string(m_columns.size());
    m_columns.emplace(key, role);
    return {images, file(role)};
}

ColumnWriter BuildPlace::passing(std::size_t images)
{
    return isFolder() ? ColumnWriter(images, file("passing-" + std::to_string(m_passing++))) : ColumnWriter(images);
}

std::string transformRole(std::size_t branch, std::size_t transform)
{
    return "transform-" + std::to_string(branch) + "-" + std::to_string(transform);
}

std::string indexRole(std::size_t branch)
{
    return "index-" + std::to_string(branch);
}

std::string rankerRole(std::size_t ranker)
{
    return "ranker-" + std::to_string(ranker);
}

} // namespace likeness
