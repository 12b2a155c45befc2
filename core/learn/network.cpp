#include "core/learn/network.h"

#include "core/base/error.h"

#include <dlfcn.h>
#include <filesystem>

namespace likeness {

namespace {

using Factory = Network *(*)(const Graph &, const Parameters &, std::shared_ptr<const WeightFile>);

/// LibTorch brings 300 libraries, 165 MB and 0.8 s: only for those who use a network.
Factory loadedFactory()
{
    const auto module = std::filesystem::read_symlink("/proc/self/exe").parent_path() / LIKENESS_TORCH_MODULE;
    void *library = ::dlopen(module.c_str(), RTLD_LAZY | RTLD_LOCAL);
    if (!library)
        throw Error(ErrorKind::Unavailable, QT_TRANSLATE_NOOP("core", "networks cannot be used: %1"), {::dlerror()});
    return reinterpret_cast<Factory>(::dlsym(library, "likenessMakeNetwork"));
}

} // namespace

std::unique_ptr<Network> makeNetwork(const Graph &graph, const Parameters &parameters,
                                     std::shared_ptr<const WeightFile> file)
{
    static const Factory factory = loadedFactory();
    return std::unique_ptr<Network>(factory(graph, parameters, std::move(file)));
}

} // namespace likeness
