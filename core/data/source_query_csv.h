#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace likeness {

struct SourceQueryRow {
    std::size_t line; ///< of the file, from 1
    std::string source, query;
};

/// The format that ground truth and submissions share: header `source,query`, two fields a row. Throws Error{Format}
/// naming file, line and what is wrong.
std::vector<SourceQueryRow> readSourceQueryCsv(const std::filesystem::path &path);
/// Writes aside and renames; throws Error{Io}.
void writeSourceQueryCsv(const std::filesystem::path &path, const std::vector<SourceQueryRow> &rows);

} // namespace likeness
