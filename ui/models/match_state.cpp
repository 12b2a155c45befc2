#include "ui/models/match_state.h"

#include "core/base/file.h"
#include "core/commands/match_command.h"
#include "ui/util/convert.h"

namespace likeness::ui {

QString MatchState::command() const
{
    if (a.path.empty() || b.path.empty())
        return {}; // pixels without a file: a command line has nothing to name
    MatchCommand command;
    command.a = toUtf8(a.path);
    command.b = toUtf8(b.path);
    command.preset = preset;
    for (const ParamSpec &spec : specsOf(matchPreset(preset)))
        if (options.at(spec.key) != spec.def)
            command.overrides.push_back("match." + spec.key + "=" + toText(options.at(spec.key)));
    return toQString(printed(command));
}

} // namespace likeness::ui
