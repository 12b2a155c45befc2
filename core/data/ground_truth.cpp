#include "core/data/ground_truth.h"

#include "core/data/source_query_csv.h"

namespace likeness {

GroundTruth GroundTruth::read(const std::filesystem::path &path)
{
    GroundTruth truth;
    for (const SourceQueryRow &row : readSourceQueryCsv(path)) {
        auto &sources = truth.sources[row.query];
        if (!row.source.empty())
            sources.insert(row.source);
    }
    return truth;
}

const std::set<std::string> *GroundTruth::sourcesOf(std::string_view query) const
{
    const auto found = sources.find(query);
    return found == sources.end() ? nullptr : &found->second;
}

} // namespace likeness
