#include "core/base/late_module.h"

#include "core/base/error.h"
#include "core/base/file.h"

#include <dlfcn.h>
#include <filesystem>

namespace likeness {

void *lateSymbol(const std::string &module, const char *symbol, const char *refusal)
{
    const auto file = programFolder() / ("lib" + module + ".so");
    void *library = ::dlopen(file.c_str(), RTLD_LAZY | RTLD_LOCAL);
    void *found = library ? ::dlsym(library, symbol) : nullptr;
    if (!found)
        throw Error(ErrorKind::Unavailable, refusal, {::dlerror()});
    return found;
}

} // namespace likeness
