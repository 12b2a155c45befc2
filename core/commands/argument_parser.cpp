#include "core/commands/argument_parser.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <sstream>
#include <type_traits>

namespace likeness {

namespace {

template <class T> constexpr bool isList = false;
template <class T> constexpr bool isList<std::vector<T>> = true;

template <class T> CLI::Option *added(CLI::App &command, const Argument &argument, T &value)
{
    if constexpr (std::is_same_v<T, bool>) {
        return command.add_flag(argument.name, value, argument.help);
    } else {
        CLI::Option *option = command.add_option(argument.name, value, argument.help);
        if constexpr (std::is_arithmetic_v<T>)
            option->capture_default_str();
        else if constexpr (std::is_same_v<T, std::string>) {
            if (!value.empty())
                option->capture_default_str();
        } else if constexpr (isList<T>) {
            if (argument.name[0] == '-') // each has its own --name
                option->take_all()->allow_extra_args(false);
        }
        return option;
    }
}

bool isWhole(const Argument::Value &value)
{
    return std::holds_alternative<int *>(value) || std::holds_alternative<std::int64_t *>(value) ||
           std::holds_alternative<std::uint64_t *>(value) || std::holds_alternative<std::optional<int> *>(value) ||
           std::holds_alternative<std::optional<std::int64_t> *>(value);
}

void add(CLI::App &command, const Argument &argument)
{
    CLI::Option *option = std::visit([&](auto *value) { return added(command, argument, *value); }, argument.value);
    option->required(argument.required);
    if (argument.range)
        option->check(isWhole(argument.value) ? CLI::Range(static_cast<std::int64_t>(argument.range->least),
                                                           static_cast<std::int64_t>(argument.range->most))
                                              : CLI::Range(argument.range->least, argument.range->most));
    if (argument.positive)
        option->check(CLI::PositiveNumber);
    if (!argument.choices.empty())
        option->check(CLI::IsMember(argument.choices));
    if (argument.excludes)
        option->excludes(argument.excludes);
    if (argument.byDefault)
        option->default_str(argument.byDefault);
}

} // namespace

CLI::App &addParser(CLI::App &app, const char *name, const char *help, const Arguments &arguments)
{
    std::istringstream words(name);
    std::string word, last;
    CLI::App *parent = &app;
    words >> last;
    while (words >> word) {
        parent = parent->get_subcommand(last);
        last = word;
    }
    CLI::App *command = parent->add_subcommand(last, help);
    for (const Argument &argument : arguments)
        add(*command, argument);
    return *command;
}

} // namespace likeness
