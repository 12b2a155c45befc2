#include "core/nets/run/network.h"

#include "core/base/error.h"
#include "core/base/late_module.h"

#include <atomic>
#include <fstream>

namespace likeness {

bool hasBf16()
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512bf16");
#else
    return false;
#endif
}

namespace {

std::atomic<NetworkDevice> g_device = NetworkDevice::Cpu;

} // namespace

void setNetworkDevice(NetworkDevice device)
{
    g_device = device;
}

NetworkDevice networkDevice()
{
    return g_device;
}

NetworkDevice networkDeviceNamed(const std::string &name)
{
    if (name == "cpu")
        return NetworkDevice::Cpu;
    if (name == "reference")
        return NetworkDevice::Reference;
    if (name == "cuda")
        return NetworkDevice::Cuda;
    throw Error(ErrorKind::InvalidArgument,
                QT_TRANSLATE_NOOP("core", "there is no device \"%1\": cpu, cuda or reference"), {name});
}

bool torchHasCuda()
{
    return LIKENESS_TORCH_CUDA;
}

std::vector<std::string> graphicsCards(const std::filesystem::path &folder)
{
    std::vector<std::string> cards;
    std::error_code none;
    for (const auto &card : std::filesystem::directory_iterator(folder, none)) {
        std::ifstream information(card.path() / "information");
        for (std::string line; std::getline(information, line);)
            if (const auto name = line.find_first_not_of(" \t", line.find(':') + 1);
                line.starts_with("Model:") && name != std::string::npos)
                cards.push_back(line.substr(name));
    }
    return cards;
}

void requirePrecision(bool bf16, NetworkDevice device)
{
    if (bf16 && device != NetworkDevice::Cuda && !hasBf16())
        throw Error(ErrorKind::Unavailable, QT_TRANSLATE_NOOP("core", "this processor does not calculate in bf16"), {});
}

std::unique_ptr<Network> makeNetwork(const Graph &graph, const Parameters &parameters,
                                     std::shared_ptr<const WeightFile> file, bool bf16)
{
    const NetworkDevice device = networkDevice();
    requirePrecision(bf16, device);
    using Factory =
        Network *(*)(const Graph &, const Parameters &, std::shared_ptr<const WeightFile>, bool, NetworkDevice);
    // LibTorch brings 300 libraries and 165 MB: only for those who use a network.
    static const auto factory = reinterpret_cast<Factory>(
        lateSymbol("likeness_torch", "likenessMakeNetwork", QT_TRANSLATE_NOOP("core", "networks cannot be used: %1")));
    return std::unique_ptr<Network>(factory(graph, parameters, std::move(file), bf16, device));
}

} // namespace likeness
