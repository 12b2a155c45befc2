#include "core/learn/network.h"

#include "core/base/error.h"
#include "core/base/late_module.h"

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

std::unique_ptr<Network> makeNetwork(const Graph &graph, const Parameters &parameters,
                                     std::shared_ptr<const WeightFile> file, bool bf16)
{
    if (bf16 && !hasBf16())
        throw Error(ErrorKind::Unavailable, QT_TRANSLATE_NOOP("core", "this processor does not calculate in bf16"), {});
    using Factory = Network *(*)(const Graph &, const Parameters &, std::shared_ptr<const WeightFile>, bool);
    // LibTorch brings 300 libraries and 165 MB: only for those who use a network.
    static const auto factory = reinterpret_cast<Factory>(lateSymbol("likeness_torch", "likenessMakeNetwork"));
    return std::unique_ptr<Network>(factory(graph, parameters, std::move(file), bf16));
}

} // namespace likeness
