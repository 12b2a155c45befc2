#include "core/submit/submission_file.h"

#include "core/base/file.h"

namespace likeness {

void writeSubmission(const std::filesystem::path &path, const std::vector<SourceQueryRow> &rows,
                     const ImageSet &gallery, const ImageSet &queries)
{
    const std::string name = toUtf8(path);
    const auto problems = checkSubmission(rows, gallery, queries, name);
    if (!problems.empty())
        throw Error(ErrorKind::Format,
                    QT_TRANSLATE_NOOP("core", "%1 is not written, %2 of its rows would be wrong: %3"),
                    {name, std::to_string(problems.size()), problems[0].reason});
    writeSourceQueryCsv(path, rows);
}

} // namespace likeness
