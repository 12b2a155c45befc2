#pragma once

#include "core/nets/build/graph.h"

#include <filesystem>
#include <memory>
#include <opencv2/core/mat.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace likeness {

struct NetworkOutput {
    cv::Mat vectors;           ///< CV_32F, n x d: the network's own global feature, not normalised
    std::vector<cv::Mat> maps; ///< of each image, (height x width) x channels, CV_32F; only where asked for
    cv::Size mapSize;
};

/// A network that is ready to run. Callable from many threads at once; each call uses one thread.
class Network {
public:
    virtual ~Network() = default;
    /// `images` are n x 3 x side x side floats, as preprocessed() gives them.
    virtual NetworkOutput run(std::span<const float> images, int side, bool withMaps) const = 0;
    /// Rows of word numbers of one length (a text tower); one vector each.
    virtual cv::Mat runText(std::span<const std::vector<int>> words) const = 0;
};

/// What networks run on. Reference is LibTorch's own convolutions on the processor: slower than the fused ones of Cpu,
/// and what those are checked against; Cuda needs a LibTorch that has it.
enum class NetworkDevice { Cpu, Reference, Cuda };
/// For all networks that are made from now on; thread-safe.
void setNetworkDevice(NetworkDevice device);
NetworkDevice networkDevice();
/// "cpu", "reference", "cuda"; throws Error{InvalidArgument}.
NetworkDevice networkDeviceNamed(const std::string &name);

/// Whether the LibTorch of this build can use a graphics card at all; does not load it.
bool torchHasCuda();
/// "NVIDIA H200": the cards of the driver that lists them in `folder`.
std::vector<std::string> graphicsCards(const std::filesystem::path &folder = "/proc/driver/nvidia/gpus");

/// Whether the processor calculates in bfloat16 (AVX-512 BF16, and AMX with it).
bool hasBf16();
/// Throws Error{Unavailable} where `bf16` is asked of a processor without it; another device sees for itself.
void requirePrecision(bool bf16, NetworkDevice device);

/// `file` is what the parameters point into; weights that can stay there are not copied, so the network keeps it.
/// LibTorch is loaded at the first call, which takes about a second;
/// throws Error{Unavailable} where that fails.
/// Calculates in bfloat16 where `bf16` says so: several times as fast on processors with AMX, vectors differ by about a
/// hundredth. Throws Error{Unavailable} on a processor without it, or without the chosen device.
std::unique_ptr<Network> makeNetwork(const Graph &graph, const Parameters &parameters,
                                     std::shared_ptr<const WeightFile> file, bool bf16 = false);

} // namespace likeness
