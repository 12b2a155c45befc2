#include "core/commands/argument.h"

#include "core/base/params.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace likeness {

namespace {

std::vector<std::string> textsOf(bool set)
{
    return set ? std::vector<std::string>{""} : std::vector<std::string>();
}

std::vector<std::string> textsOf(double value)
{
    return {toText(value)};
}

std::vector<std::string> textsOf(std::integral auto value)
{
    return {std::to_string(value)};
}

std::vector<std::string> textsOf(const std::string &value)
{
    return value.empty() ? std::vector<std::string>() : std::vector{value};
}

std::vector<std::string> textsOf(const std::optional<std::string> &value)
{
    return value ? std::vector{*value} : std::vector<std::string>(); // the empty text, too
}

template <class T> std::vector<std::string> textsOf(const std::optional<T> &value)
{
    return value ? textsOf(*value) : std::vector<std::string>();
}

template <class T> std::vector<std::string> textsOf(const std::vector<T> &values)
{
    std::vector<std::string> all;
    for (const T &value : values)
        for (std::string &text : textsOf(value))
            all.push_back(std::move(text));
    return all;
}

/// One for each time that the argument stands on the line.
std::vector<std::string> texts(const Argument &argument)
{
    return std::visit([](const auto *value) { return textsOf(*value); }, argument.value);
}

bool isNamed(const Argument &argument)
{
    return argument.name[0] == '-';
}

} // namespace

Arguments operator+(Arguments first, const Arguments &second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

std::string shellQuoted(const std::string &text)
{
    static constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-";
    if (!text.empty() && text.find_first_not_of(plain) == std::string::npos)
        return text;
    std::string quoted = "'";
    for (const char c : text)
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + '\'';
}

std::string printedLine(const char *name, const Arguments &given, const Arguments &defaults)
{
    std::string line = std::string("likeness-cli ") + name;
    for (const Argument &argument : given)
        if (!isNamed(argument))
            for (const std::string &text : texts(argument))
                line += ' ' + shellQuoted(text);
    for (std::size_t i = 0; i < given.size(); ++i) {
        if (!isNamed(given[i]) || texts(given[i]) == texts(defaults[i]))
            continue;
        const std::string option(given[i].name, std::strcspn(given[i].name, ","));
        for (const std::string &text : texts(given[i])) {
            if (std::holds_alternative<bool *>(given[i].value))
                line += ' ' + option;
            else // a value that looks like a name must not be taken for one
                line += ' ' + option + (text.starts_with("--") ? '=' : ' ') + shellQuoted(text);
        }
    }
    return line;
}

} // namespace likeness
