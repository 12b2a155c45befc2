#include "core/nets/build/architectures.h"

namespace likeness {

std::span<const Architecture *const> architectures()
{
    static constexpr const Architecture *all[] = {
        &visionTransformerArchitecture, &clipResidualArchitecture, &residualArchitecture,
        &mobileNetV4Architecture,       &mobileArchitecture,       &convNextArchitecture,
        &fastVitArchitecture,           &bertArchitecture,         &clipTextArchitecture};
    return all;
}

} // namespace likeness
