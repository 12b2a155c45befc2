#include "core/commands/train_command.h"

namespace likeness {

Arguments TrainCommand::arguments()
{
    return Arguments{
               {.name = "sources",
                .value = &sources,
                .help = QT_TRANSLATE_NOOP("core", "Folders of images; of a workspace its gallery")},
               {.name = "--rendered",
                .value = &rendered,
                .help = QT_TRANSLATE_NOOP("core", "So many rendered scenes an epoch instead of images"),
                .range = {{2, 10'000'000}}},
               {.name = "--objective",
                .value = &objective,
                .help =
                    QT_TRANSLATE_NOOP("core", "nt-xent (the default), siamese, contrastive, triplet, simcse, supcon")},
               {.name = "--augment",
                .value = &preset,
                .help =
                    QT_TRANSLATE_NOOP("core", "Preset of the augmentations: copy (the default), simclr, mild, none")},
               {.name = "--set",
                .value = &overrides,
                .help = QT_TRANSLATE_NOOP(
                    "core",
                    "network.key=value, train.key=value, augment.key=value or objective.key=value, may be repeated")},
               {.name = "--epochs",
                .value = &epochs,
                .help = QT_TRANSLATE_NOOP("core", "The same as --set train.epochs=N")},
               {.name = "--resume",
                .value = &resume,
                .help = QT_TRANSLATE_NOOP("core", "Go on with the run in --out from its newest checkpoint")},
               {.name = "--from",
                .value = &from,
                .help = QT_TRANSLATE_NOOP("core", "With --resume: the step of an older checkpoint")},
               {.name = "--force",
                .value = &force,
                .help = QT_TRANSLATE_NOOP(
                    "core", "With --from: leave the newer checkpoints; they are kept in a folder beside --out")},
               {.name = "--out",
                .value = &out,
                .help = QT_TRANSLATE_NOOP("core",
                                          "Folder of the run: model.safetensors, model.json, history.csv, checkpoint/"),
                .required = true},
           } +
           commonArguments(Work::Networks);
}

} // namespace likeness
