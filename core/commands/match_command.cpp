#include "core/commands/match_command.h"

namespace likeness {

Arguments MatchCommand::arguments()
{
    return Arguments{
               {.name = "a", .value = &a, .help = QT_TRANSLATE_NOOP("core", "Image A"), .required = true},
               {.name = "b", .value = &b, .help = QT_TRANSLATE_NOOP("core", "Image B"), .required = true},
               {.name = "--preset",
                .value = &preset,
                .help = QT_TRANSLATE_NOOP(
                    "core", "fast (ORB), default (RootSIFT) or accurate (with affine simulation and alignment)"),
                .choices = {"fast", "default", "accurate"}},
               {.name = "--set",
                .value = &overrides,
                .help = QT_TRANSLATE_NOOP("core", "match.key=value or key=value, may be repeated")},
               {.name = "--homography",
                .value = &homography,
                .help = QT_TRANSLATE_NOOP("core", "File with the true matrix from A to B, to measure against")},
           } +
           out.arguments(QT_TRANSLATE_NOOP("core", "Draws the matches into FILE.png or FILE.svg")) +
           commonArguments(Work::Computing);
}

} // namespace likeness
