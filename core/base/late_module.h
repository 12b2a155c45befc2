#pragma once

#include <string>

namespace likeness {

/// A function of a module that lies beside the program and is loaded at the first use: what brings many libraries costs
/// nobody who does not need it. Throws Error{Unavailable} of the text `refusal`, which says what cannot be used; its %1
/// is the cause, which names the module. Thread-safe.
void *lateSymbol(const std::string &module, const char *symbol, const char *refusal);

} // namespace likeness
