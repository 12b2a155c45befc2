#pragma once

#include "core/features/network_program.h"
#include "core/nets/image/preprocessing.h"
#include "core/nets/recognise/model_config.h"
#include "core/nets/run/network.h"

namespace likeness {

/// What runs a network that only its own file describes. TorchScript is a program, which can do what its user can:
/// only after asking.
enum class ProgramKind { Onnx, TorchScript };

struct ProgramNetwork {
    std::unique_ptr<Network> network;
    Preprocessing preprocessing;
    NetworkProgram::Input input;
    std::vector<std::string> files; ///< as NetworkProgram has them
};

/// The network's vector is its first output of a row for each image, else the mean over the places of a map, else the
/// first token. Throws Error{Format} where the file cannot be read or has no such output.
std::unique_ptr<Network> makeProgramNetwork(const std::filesystem::path &file, ProgramKind kind, bool bf16 = false);

/// The same with the preparation that the files beside it describe, ImageNet's where there are none, at the first of
/// the usual sizes that the network takes.
ProgramNetwork tryProgramNetwork(const std::filesystem::path &file, ProgramKind kind, const ModelConfig &config);

} // namespace likeness
