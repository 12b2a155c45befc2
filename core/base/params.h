#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <limits>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace likeness {

using ParamValue = std::variant<bool, std::int64_t, double, std::string>;
using ParamValues = std::map<std::string, ParamValue, std::less<>>;

/// One allowed value of a text parameter; `label` is what the form shows (marked QT_TRANSLATE_NOOP("core", ...)).
struct Choice {
    Choice(const char *text, const char *shown) : value(text), label(shown) {}
    /// Of a member that is an enumeration: the enumerator that `value` stands for.
    template <class Enum>
    requires std::is_enum_v<Enum> Choice(Enum enumerator, const char *text, const char *shown)
        : value(text), label(shown), number(static_cast<int>(enumerator))
    {
    }

    const char *value;
    const char *label;
    int number = -1;
};

/// What a parameter allows; numbers lie in [min, max].
struct Hint {
    double min = std::numeric_limits<double>::lowest();
    double max = std::numeric_limits<double>::max();
    std::vector<Choice> choices{};
    bool model = false; ///< the id of an installed model
};

/// One parameter of a stage. The form, the flags, the recipe file, the cache key and the help page all read this.
struct ParamSpec {
    std::string key;
    const char *label;
    const char *help;
    ParamValue def;
    Hint hint;
};

namespace detail {

/// The text of an enumerator, and the enumerator of a text; every enumerator has its choice.
std::string choiceText(const Hint &hint, int number);
int choiceNumber(const Hint &hint, std::string_view key, const std::string &text);

struct SpecCollector {
    std::vector<ParamSpec> specs;
    template <class T> void operator()(const char *key, T &member, const char *label, const char *help, Hint hint = {})
    {
        if constexpr (std::is_same_v<T, int>)
            specs.push_back({key, label, help, std::int64_t{member}, std::move(hint)});
        else if constexpr (std::is_enum_v<T>)
            specs.push_back({key, label, help, choiceText(hint, static_cast<int>(member)), std::move(hint)});
        else
            specs.push_back({key, label, help, member, std::move(hint)});
    }
};

struct ValueAssigner {
    const ParamValues &values;
    template <class T>
    void operator()(const char *key, T &member, const char *, const char *, const Hint &hint = {}) const
    {
        const auto found = values.find(key);
        if (found == values.end())
            return;
        if constexpr (std::is_same_v<T, int>)
            member = static_cast<int>(std::get<std::int64_t>(found->second));
        else if constexpr (std::is_enum_v<T>)
            member = static_cast<T>(choiceNumber(hint, key, std::get<std::string>(found->second)));
        else
            member = std::get<T>(found->second);
    }
};

} // namespace detail

/// `Options` has default member values and `void describe(auto &&param)` that calls
/// param(key, member, label, help, Hint) for each; members are bool, int, double, std::string or an
/// enumeration whose Hint has a choice for every enumerator. `defaults` are what the specs give as default.
template <class Options> std::vector<ParamSpec> specsOf(Options defaults = {})
{
    detail::SpecCollector collector;
    defaults.describe(collector);
    return collector.specs;
}

/// Values that are missing keep what `options` has. `values` must have passed checkedValues().
template <class Options> Options optionsFrom(const ParamValues &values, Options options = {})
{
    options.describe(detail::ValueAssigner{values});
    return options;
}

/// "stage.key=value".
struct Assignment {
    std::string stage, key, value;
};
/// `stage` is the one that is meant where none is named; null: one must be. Throws Error{InvalidArgument} where `text`
/// is of another form.
Assignment parseAssignment(std::string_view text, const char *stage = nullptr);

/// `text` in the type of the parameter and within its range. Throws Error{InvalidArgument} naming key, value and
/// constraint.
ParamValue parseValue(const ParamSpec &spec, std::string_view text);
/// Complete values for `specs`: defaults, overridden by `given`; an unknown key or a value out of range is an Error.
ParamValues checkedValues(const std::vector<ParamSpec> &specs, const ParamValues &given, std::string_view stageId);
/// Values from a JSON object, with the same checks.
ParamValues valuesFromJson(const std::vector<ParamSpec> &specs, const nlohmann::json &object, std::string_view stageId);
nlohmann::ordered_json valuesToJson(const ParamValues &values);
/// Shortest text that reads back as the same value.
std::string toText(const ParamValue &value);
/// The entry of `known` with the smallest edit distance to `wrong`; for "did you mean".
std::string nearest(std::string_view wrong, const std::vector<std::string> &known);

} // namespace likeness
