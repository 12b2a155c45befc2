#pragma once

#include <CLI/App.hpp>
#include <string>

namespace likeness::cli {

/// --out FILE, which replaces a file only with --force.
struct OutputFile {
    std::string path;
    bool force = false;

    CLI::Option *addTo(CLI::App &command, const std::string &help);
    /// Before any work: throws Error{InvalidArgument} that names the file which would be replaced.
    void check() const;
};

} // namespace likeness::cli
