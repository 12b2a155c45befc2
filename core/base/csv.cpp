#include "core/base/csv.h"

#include "core/base/error.h"

#include <ostream>

namespace likeness {

std::vector<CsvRow> parseCsv(std::string_view text, const std::string &name)
{
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    std::vector<CsvRow> rows;
    CsvRow row{1, {}};
    std::string field;
    bool quoted = false;   // inside quotes
    bool anything = false; // the current line holds at least one character
    std::size_t line = 1;
    const auto endRow = [&] {
        if (anything) {
            row.fields.push_back(std::move(field));
            rows.push_back(std::move(row));
        }
        field.clear();
        row = {line, {}};
        anything = false;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n')
            ++line;
        if (quoted) {
            if (c != '"')
                field += c;
            else if (i + 1 < text.size() && text[i + 1] == '"')
                field += text[++i];
            else
                quoted = false;
        } else if (c == '"' && field.empty()) {
            quoted = anything = true;
        } else if (c == ',') {
            row.fields.push_back(std::move(field));
            field.clear();
            anything = true;
        } else if (c == '\n' || (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n')) {
            if (c == '\n')
                endRow();
        } else {
            field += c;
            anything = true;
        }
    }
    if (quoted)
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1, line %2: a quote is opened and never closed"),
                    {name, std::to_string(row.line)});
    endRow();
    return rows;
}

void writeCsvRow(std::ostream &out, const std::vector<std::string> &fields)
{
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0)
            out << ',';
        if (fields[i].find_first_of("\",\r\n") == std::string::npos) {
            out << fields[i];
            continue;
        }
        out << '"';
        for (const char c : fields[i])
            out << (c == '"' ? "\"\"" : std::string(1, c));
        out << '"';
    }
    out << '\n';
}

} // namespace likeness
