#include "core/learn/network.h"

#include "core/base/late_module.h"

namespace likeness {

std::unique_ptr<Network> makeNetwork(const Graph &graph, const Parameters &parameters,
                                     std::shared_ptr<const WeightFile> file)
{
    using Factory = Network *(*)(const Graph &, const Parameters &, std::shared_ptr<const WeightFile>);
    // LibTorch brings 300 libraries and 165 MB: only for those who use a network.
    static const auto factory = reinterpret_cast<Factory>(lateSymbol("likeness_torch", "likenessMakeNetwork"));
    return std::unique_ptr<Network>(factory(graph, parameters, std::move(file)));
}

} // namespace likeness
