#include "core/nets/recognise/tensor_names.h"

namespace likeness {

namespace {

/// '#' in the pattern takes digits, which replace the '#'s of `own` in order.
bool fits(std::string_view pattern, std::string_view name, std::vector<std::string_view> &numbers,
          std::string_view &rest)
{
    std::size_t at = 0;
    for (const char c : pattern) {
        if (c == '#') {
            const std::size_t begin = at;
            while (at < name.size() && name[at] >= '0' && name[at] <= '9')
                ++at;
            if (at == begin)
                return false;
            numbers.push_back(name.substr(begin, at - begin));
        } else if (at >= name.size() || name[at++] != c) {
            return false;
        }
    }
    rest = name.substr(at);
    return rest.empty() || rest == ".weight" || rest == ".bias" || rest == ".running_mean" || rest == ".running_var";
}

} // namespace

std::string graphName(const Layout &layout, std::string_view name, const LayoutRule *&rule)
{
    for (const LayoutRule &candidate : layout.rules) {
        std::vector<std::string_view> numbers;
        std::string_view rest;
        if (!fits(candidate.file, name, numbers, rest))
            continue;
        std::string own;
        std::size_t next = 0;
        for (const char *c = candidate.own; *c != '\0'; ++c)
            if (*c == '#')
                own += numbers[next++];
            else
                own += *c;
        rule = &candidate;
        return own + std::string(rest);
    }
    return {};
}

} // namespace likeness
