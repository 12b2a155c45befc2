#include "app/cli/output_file.h"

#include "core/base/own_folder.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace likeness::cli {

CLI::Option *OutputFile::addTo(CLI::App &command, const std::string &help)
{
    command.add_flag("--force", force,
                     QT_TRANSLATE_NOOP("core", "Replace the file of --out where it is there already"));
    return command.add_option("--out", path, help);
}

void OutputFile::check() const
{
    if (path.empty() || force)
        return;
    if (const auto refusal = refusalToReplace(path))
        throw Error(ErrorKind::InvalidArgument, refusal->text, refusal->args);
}

} // namespace likeness::cli
