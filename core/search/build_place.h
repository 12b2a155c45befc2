#pragma once

#include "core/vectors/column.h"

#include "core/base/hash.h"

#include <filesystem>
#include <map>
#include <string>

namespace likeness {

/// Where an engine that is built keeps its columns and what its stages learned: in memory, or in the files of one
/// generation in a folder.
class BuildPlace {
public:
    BuildPlace() = default; ///< memory
    BuildPlace(std::filesystem::path folder, int generation) : m_folder(std::move(folder)), m_generation(generation) {}

    bool isFolder() const { return !m_folder.empty(); }
    /// For a column that stays.
    ColumnWriter keeping(const ContentHash &key, std::size_t images);
    /// For one that is needed while the engine is built: finishWithoutName() ends it.
    ColumnWriter passing(std::size_t images);
    /// The file of a role; only of a folder.
    std::filesystem::path file(const std::string &role) const;
    /// "column-<number>" of each column that stays, by key.
    const std::map<ContentHash, std::string> &columns() const { return m_columns; }

private:
    std::filesystem::path m_folder;
    int m_generation = 0, m_passing = 0;
    std::map<ContentHash, std::string> m_columns;
};

/// Roles of what stages learned.
std::string transformRole(std::size_t branch, std::size_t transform);
std::string indexRole(std::size_t branch);
std::string rankerRole(std::size_t ranker);

} // namespace likeness
