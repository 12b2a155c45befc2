#pragma once

#include <string>

namespace likeness {

/// A function of a module that lies beside the program and is loaded at the first use: what brings many libraries costs
/// nobody who does not need it. Throws Error{Unavailable} naming the module and the cause. Thread-safe.
void *lateSymbol(const std::string &module, const char *symbol);

} // namespace likeness
