#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace likeness {

/// One argument of a command, bound to a member of its struct. What is described here is what the parser takes, the
/// help shows and a page prints.
struct Argument {
    using Value = std::variant<bool *, int *, std::int64_t *, std::uint64_t *, double *, std::string *,
                               std::optional<int> *, std::optional<std::int64_t> *, std::optional<double> *,
                               std::optional<std::string> *, std::vector<std::string> *, std::vector<double> *>;
    struct Range {
        double least, most;
    };

    const char *name; ///< "--top", with further names between commas; without dashes it has its place on the line
    Value value;      ///< a flag, a number, a text, what may be missing, what may be repeated
    const char *help; ///< marked QT_TRANSLATE_NOOP("core", ...)
    bool required = false;
    std::optional<Range> range{};
    bool positive = false; ///< numbers above 0
    std::vector<std::string> choices{};
    const char *excludes = nullptr;  ///< another argument that cannot be given beside it; stands before this one
    const char *byDefault = nullptr; ///< what the help shows where a missing text stands for something
};
using Arguments = std::vector<Argument>;

/// Both lists, in this order.
Arguments operator+(Arguments first, const Arguments &second);

/// Quoted for a POSIX shell where needed.
std::string shellQuoted(const std::string &text);

/// "likeness-cli NAME ..." with what differs from the `defaults`, which describe the same struct: first what has its
/// place, then what has a name.
std::string printedLine(const char *name, const Arguments &given, const Arguments &defaults);

/// The line that repeats a command. A `Command` is a struct with `name` ("search", "index build"), `help` and
/// `Arguments arguments()`; it is copied, since its arguments point into it.
template <class Command> std::string printed(Command command)
{
    Command defaults;
    return printedLine(Command::name, command.arguments(), defaults.arguments());
}

} // namespace likeness
