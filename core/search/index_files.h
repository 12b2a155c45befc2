#pragma once

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
    std::string name; ///< relative to the source folder
    FileStamp stamp{};
    std::int64_t firstRow = 0;
    std::int32_t rows = 0; ///< 0: it could not be read
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
    std::string extractorKey;
    int width = 0;
    std::int64_t images = 0, rows = 0;
    int effort = 0;                    ///< that the codes were tuned to; 0 for a flat index
    double recall = -1;                ///< measured while tuning; -1: not
    std::map<std::string, File> files; ///< by role: "images", "rows", "codes", "transform-0", ...

    /// Throws Error{NotFound} where there is none, Error{Format} for another version or what is no manifest.
    static IndexManifest read(const std::filesystem::path &folder);
    void write(const std::filesystem::path &folder) const;
};

/// Throws Error{Format} that names the file, or the folder, and says what to do.
[[noreturn]] void refuseDamaged(const std::filesystem::path &file, MessageArgument cause);

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

void writeImageList(const std::filesystem::path &path, const std::vector<IndexedImage> &images);
/// firstRow is filled in. Throws Error{Format}.
std::vector<IndexedImage> readImageList(const std::filesystem::path &path);

} // namespace likeness
