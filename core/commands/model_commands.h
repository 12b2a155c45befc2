#pragma once

#include "core/commands/common_arguments.h"

namespace likeness {

struct ModelsListCommand : CommonArguments {
    static constexpr const char *name = "models list";
    static constexpr const char *help = QT_TRANSLATE_NOOP("core", "The installed models");
    bool available = false;

    Arguments arguments();
};

struct ModelsFetchCommand : CommonArguments {
    static constexpr const char *name = "models fetch";
    static constexpr const char *help = QT_TRANSLATE_NOOP("core", "Download a model of the catalogue and install it");
    std::string id, mirror, proxy;

    Arguments arguments();
};

struct ModelsImportCommand : CommonArguments {
    static constexpr const char *name = "models import";
    static constexpr const char *help = QT_TRANSLATE_NOOP(
        "core", "Install a file of weights: safetensors, .pth, TorchScript, ONNX, a folder of Hugging Face, a wheel or "
                "zip archive");
    std::string file, entry, id, activation;
    std::optional<int> heads; ///< by the file without
    std::vector<std::string> vocabulary;
    bool runProgram = false;

    Arguments arguments();
};

struct ModelsVocabularyCommand : CommonArguments {
    static constexpr const char *name = "models vocabulary";
    static constexpr const char *help = QT_TRANSLATE_NOOP("core", "Give a model the vocabulary that its texts need");
    std::string id;
    std::vector<std::string> files;

    Arguments arguments();
};

struct ModelsCompareCommand : CommonArguments {
    static constexpr const char *name = "models compare";
    static constexpr const char *help =
        QT_TRANSLATE_NOOP("core", "Speed of every installed model, and its accuracy in a workspace");
    std::string workspace;

    Arguments arguments();
};

struct ModelsLookCommand : CommonArguments {
    static constexpr const char *name = "models look";
    static constexpr const char *help =
        QT_TRANSLATE_NOOP("core", "What a model finds alike in two pictures, as a heat map on both");
    std::string id, a, b;
    OutputFile out;

    Arguments arguments();
};

/// Of the commands that take one installed model and nothing else.
struct OneModelArguments : CommonArguments {
    std::string id;

    Arguments modelArguments(Work work);
};

struct ModelsShowCommand : OneModelArguments {
    static constexpr const char *name = "models show";
    static constexpr const char *help = QT_TRANSLATE_NOOP("core", "All that is known of a model");

    Arguments arguments() { return modelArguments(Work::Reading); }
};

struct ModelsVerifyCommand : OneModelArguments {
    static constexpr const char *name = "models verify";
    static constexpr const char *help = QT_TRANSLATE_NOOP("core", "Compare weights and answers with those at import");

    Arguments arguments() { return modelArguments(Work::Computing); }
};

struct ModelsRemoveCommand : OneModelArguments {
    static constexpr const char *name = "models remove";
    static constexpr const char *help = QT_TRANSLATE_NOOP("core", "Remove an installed model");

    Arguments arguments() { return modelArguments(Work::Reading); }
};

} // namespace likeness
