#pragma once

#include "core/base/damaged_file.h"
#include "core/base/hash.h"
#include "core/base/own_folder.h"
#include "core/search/feature_cache.h"
#include "core/search/recipe.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace likeness {

/// An image of an index on disk.
struct IndexedImage {
    std::string name;                 ///< relative to the source folder
    std::optional<FileStamp> stamp{}; ///< nothing: there was no such file any more
    bool failed = false;              ///< an extractor could make nothing of it
};

/// manifest.json of an index folder: what belongs together. It is written last and renamed, so that a reader sees
/// the old index or the new one, whole.
struct IndexManifest {
    struct File {
        std::string name;
        std::int64_t bytes = 0;
        std::string hash; ///< contentHash() of the content, as hex
    };
    int generation = 0;
    std::string source; ///< the folder of the images, absolute
    Recipe recipe;
    std::string stages;                         ///< EngineKeys::branches, in hex
    std::map<std::string, std::string> columns; ///< role of the column of each key, in hex
    int width = 0;                              ///< of what the first branch's index compares
    std::int64_t images = 0, rows = 0;          ///< the same
    int effort = 0;                             ///< that its codes were tuned to; 0 where there are none
    double recall = -1;                         ///< measured while tuning; -1: not
    /// By role: "images", "column-0", "index-0", "transform-0-0", ...; "column-0-1" is a file of an earlier generation
    /// that rows of column-0 were left in.
    std::map<std::string, File> files;

    /// Throws Error{NotFound} where there is none, Error{Format} for another version or what is no manifest.
    static IndexManifest read(const std::filesystem::path &folder);
    void write(const std::filesystem::path &folder) const;
};

/// Of the role. Throws Error{Format} where there is none.
std::filesystem::path fileOf(const std::filesystem::path &folder, const IndexManifest &manifest,
                             const std::string &role);
/// Rows are too many to compare with their hash at each opening, and numbers whatever they are.
bool isColumn(const std::string &role);

/// Name, size and hash of a file that was just written.
IndexManifest::File describedFile(const std::filesystem::path &path);
/// Whether the file is what the manifest says. Throws Error{Format|NotFound} that names it and says what to do. Without
/// `content` only its size is compared.
void checkFile(const std::filesystem::path &folder, const IndexManifest::File &file, bool content);
/// The files of a generation: generation-<number>.<role>. Nothing else in the folder is replaced or removed.
std::string generationFile(int generation, const std::string &role);
/// How a folder of an index is known: its manifest, or nothing but what a killed writer left.
FolderMark indexMark();
/// Whether the folder is one of an index, of any version, whole or damaged.
bool holdsIndex(const std::filesystem::path &folder);
/// Removes what a killed or failed writer left: generations other than the manifest's.
void removeOtherGenerations(const std::filesystem::path &folder, const IndexManifest *current);

std::vector<std::optional<FileStamp>> stampsOf(const std::vector<IndexedImage> &images);
void writeImageList(const std::filesystem::path &path, const std::vector<IndexedImage> &images);
/// Throws Error{Format}.
std::vector<IndexedImage> readImageList(const std::filesystem::path &path);

} // namespace likeness
