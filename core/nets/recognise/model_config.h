#pragma once

#include "core/nets/build/graph.h"
#include "core/nets/image/preprocessing.h"

#include <filesystem>
#include <optional>

namespace likeness {

/// What the JSON files beside a file of weights say: Hugging Face's config.json and preprocessor_config.json, timm's
/// config.json (pretrained_cfg), open_clip's open_clip_config.json. A file that is damaged or missing says nothing.
struct ModelConfig {
    struct Tower {
        std::optional<Activation> activation;
        std::optional<double> layerNormEps;
        int heads = 0;
        std::optional<bool> causal; ///< a word sees those before it only
        int width = 0, patchPx = 0; ///< of a transformer; 0 where they are not said
    };
    Tower image, text;
    bool meanOfPatches = false; ///< a timm trunk of open_clip that averages
    std::optional<Preprocessing> preprocessing;
    bool preparedAlone = false; ///< `preprocessing` is what preprocessor_config.json says
    std::string preparedBy;     ///< Hugging Face's class of it, "CLIPImageProcessor"
    std::string architecture;   ///< timm's name

    static constexpr const char *files[] = {"config.json", "preprocessor_config.json", "open_clip_config.json"};
    static ModelConfig beside(const std::filesystem::path &weights);
};

} // namespace likeness
