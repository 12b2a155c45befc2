#pragma once

#include "core/commands/argument.h"

namespace CLI {
class App;
}

namespace likeness {

/// Lets `app` understand a command: parsing fills the members that the arguments point to, which must outlive it. The
/// words of `name` but the last are commands that exist. CLI11 reads numbers by LC_NUMERIC, which the programs set to
/// "C".
CLI::App &addParser(CLI::App &app, const char *name, const char *help, const Arguments &arguments);

} // namespace likeness
