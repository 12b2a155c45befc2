#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace likeness {

struct CsvRow {
    std::size_t line = 0; ///< of the file, from 1, where the row begins
    std::vector<std::string> fields;
};

/// RFC 4180: quoted fields may hold commas, quotes ("" inside) and line breaks; LF or CRLF; a UTF-8 mark is skipped,
/// empty lines are not rows. An unclosed quote throws Error{Format} with `name` and line.
std::vector<CsvRow> parseCsv(std::string_view text, const std::string &name);
/// Quotes only where needed; ends the row with LF.
void writeCsvRow(std::ostream &out, const std::vector<std::string> &fields);

} // namespace likeness
