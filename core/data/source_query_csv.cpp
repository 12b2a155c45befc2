#include "core/data/source_query_csv.h"

#include "core/base/csv.h"
#include "core/base/error.h"
#include "core/base/file.h"

#include <ostream>

namespace likeness {

std::vector<SourceQueryRow> readSourceQueryCsv(const std::filesystem::path &path)
{
    const std::string name = toUtf8(path);
    const auto table = parseCsv(readText(path), name);
    if (table.empty() || table[0].fields != std::vector<std::string>{"source", "query"})
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1, line 1: the header must be source,query"),
                    {name});
    std::vector<SourceQueryRow> rows;
    for (std::size_t i = 1; i < table.size(); ++i) {
        const CsvRow &row = table[i];
        if (row.fields.size() != 2)
            throw Error(ErrorKind::Format,
                        QT_TRANSLATE_NOOP("core", "%1, line %2: two fields are expected, there are %3"),
                        {name, std::to_string(row.line), std::to_string(row.fields.size())});
        rows.push_back({row.line, row.fields[0], row.fields[1]});
    }
    return rows;
}

void writeSourceQueryCsv(const std::filesystem::path &path, const std::vector<SourceQueryRow> &rows)
{
    writeFileAside(path, [&rows](std::ostream &out) {
        writeCsvRow(out, {"source", "query"});
        for (const SourceQueryRow &row : rows)
            writeCsvRow(out, {row.source, row.query});
    });
}

} // namespace likeness
