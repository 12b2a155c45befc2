#pragma once

#include "core/commands/search_commands.h"
#include "ui/session.h"

namespace likeness::ui {

/// "likeness-cli search ..." that repeats what the window just did; empty where a command line has nothing to name.
QString searchCommand(const Session &session);
QString searchCommand(const Session &session, const std::filesystem::path &query); ///< for any picture
QString submitCommand(const Session &session, const QString &file, std::optional<double> threshold);

} // namespace likeness::ui
