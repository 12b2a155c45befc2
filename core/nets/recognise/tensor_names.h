#pragma once

#include "core/nets/build/architectures.h"

namespace likeness {

/// Our name for `name` (without the prefix), or empty. `rule` is the one that fits.
std::string graphName(const Layout &layout, std::string_view name, const LayoutRule *&rule);

} // namespace likeness
