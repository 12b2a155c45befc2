#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>

namespace likeness {

/// Which gallery images are the source of a query; a query without a source has an empty set. Names as in the image
/// sets.
struct GroundTruth {
    std::map<std::string, std::set<std::string>, std::less<>> sources;

    /// CSV with the header `source,query`; an empty source says "none". Throws Error{Format} naming file and line.
    static GroundTruth read(const std::filesystem::path &path);
    /// Null where the query is unknown.
    const std::set<std::string> *sourcesOf(std::string_view query) const;
};

} // namespace likeness
