#pragma once

#include "core/nets/models/model_card.h"
#include "core/nets/run/network.h"

namespace likeness {

/// A model that is ready to run; shared by all who use it.
struct LoadedModel {
    ModelCard card;
    std::unique_ptr<Network> image, text;
    int contextLength = 0;
    TextNeeds textNeeds;
    double logitScale = 0;
    std::vector<std::string> foreign; ///< as NetworkModel has it
    std::vector<std::string> files;   ///< that the weights need beside them or below, relative; known at an import only
    bool transformer = false;         ///< its places are patches
    double gem = 0;                   ///< exponent of its own pooling; 0: the mean
};

/// The networks of a file, and in the card what the file says of itself. `card` has the choices; of an installed model
/// it is whole. Throws as recogniseNetwork(), makeNetwork() and tryProgramNetwork() do.
std::unique_ptr<LoadedModel> openModel(const std::filesystem::path &weights, const ModelCard &card, Trust trust,
                                       bool bf16);

/// Two images: finite, not zero, unlike each other, the same alone as together. Fills fingerprint and speed.
void checkAnswers(const Network &network, ModelCard &card);

[[noreturn]] void failModelCheck(const std::string &id, const Message &reason);

} // namespace likeness
