#include "ui/models/match_state.h"

#include "ui/util/convert.h"

namespace likeness::ui {

QString MatchState::command() const
{
    if (a.path.empty() || b.path.empty())
        return {}; // pixels without a file: a command line has nothing to name
    QString text = QStringLiteral("likeness-cli match %1 %2 --preset %3")
                       .arg(shellQuoted(toQString(a.path)), shellQuoted(toQString(b.path)), toQString(preset));
    for (const ParamSpec &spec : specsOf(matchPreset(preset)))
        if (options.at(spec.key) != spec.def)
            text += QStringLiteral(" --set ") +
                    shellQuoted(toQString("match." + spec.key + "=" + toText(options.at(spec.key))));
    return text;
}

} // namespace likeness::ui
