#include "core/base/params.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

namespace likeness {

namespace {

template <class Number> bool parseWhole(std::string_view text, Number &number)
{
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    return code == std::errc{} && end == text.data() + text.size();
}

[[noreturn]] void reject(const ParamSpec &spec, std::string_view text, const std::string &wanted)
{
    throw Error(ErrorKind::InvalidArgument, QT_TRANSLATE_NOOP("core", "%1 = %2 is not allowed: it must be %3"),
                {spec.key, std::string(text), wanted});
}

std::string choiceList(const Hint &hint)
{
    std::string list;
    for (const Choice &choice : hint.choices)
        list += (list.empty() ? "" : " | ") + std::string(choice.value);
    return list;
}

void checkRange(const ParamSpec &spec, double value)
{
    if (!(value >= spec.hint.min && value <= spec.hint.max))
        reject(spec, toText(value), toText(spec.hint.min) + " .. " + toText(spec.hint.max));
}

void checkValue(const ParamSpec &spec, const ParamValue &value)
{
    if (const auto *whole = std::get_if<std::int64_t>(&value))
        checkRange(spec, static_cast<double>(*whole));
    else if (const auto *real = std::get_if<double>(&value))
        checkRange(spec, *real);
    else if (const auto *text = std::get_if<std::string>(&value); text && !spec.hint.choices.empty()) {
        if (std::ranges::none_of(spec.hint.choices, [&](const Choice &choice) { return *text == choice.value; }))
            reject(spec, *text, choiceList(spec.hint));
    }
}

const ParamSpec &specOf(const std::vector<ParamSpec> &specs, std::string_view key, std::string_view stageId)
{
    const auto found = std::ranges::find(specs, key, &ParamSpec::key);
    if (found != specs.end())
        return *found;
    std::vector<std::string> keys;
    for (const ParamSpec &spec : specs)
        keys.push_back(spec.key);
    throw Error(ErrorKind::InvalidArgument,
                QT_TRANSLATE_NOOP("core", "%1 has no parameter \"%2\"; the nearest is \"%3\""),
                {std::string(stageId), std::string(key), nearest(key, keys)});
}

} // namespace

std::string detail::choiceText(const Hint &hint, int number)
{
    const auto found = std::ranges::find(hint.choices, number, &Choice::number);
    assert(found != hint.choices.end());
    return found->value;
}

int detail::choiceNumber(const Hint &hint, std::string_view key, const std::string &text)
{
    const auto found = std::ranges::find_if(hint.choices, [&](const Choice &choice) { return text == choice.value; });
    if (found == hint.choices.end())
        throw Error(ErrorKind::InvalidArgument, QT_TRANSLATE_NOOP("core", "%1 = %2 is not allowed: it must be %3"),
                    {std::string(key), text, choiceList(hint)});
    return found->number;
}

std::string toText(const ParamValue &value)
{
    struct Writer {
        std::string operator()(bool b) const { return b ? "true" : "false"; }
        std::string operator()(std::int64_t i) const { return std::to_string(i); }
        std::string operator()(const std::string &s) const { return s; }
        std::string operator()(double d) const
        {
            char buffer[32];
            return {buffer, std::to_chars(buffer, buffer + sizeof buffer, d).ptr};
        }
    };
    return std::visit(Writer{}, value);
}

Assignment parseAssignment(std::string_view text, const char *stage)
{
    const auto equals = text.find('='), dot = text.substr(0, equals).find('.');
    const bool named = dot != std::string_view::npos;
    if (equals == std::string_view::npos || (!named && stage == nullptr))
        throw Error(ErrorKind::InvalidArgument, QT_TRANSLATE_NOOP("core", "\"%1\" is not of the form stage.key=value"),
                    {std::string(text)});
    const std::size_t key = named ? dot + 1 : 0;
    return {named ? std::string(text.substr(0, dot)) : stage, std::string(text.substr(key, equals - key)),
            std::string(text.substr(equals + 1))};
}

ParamValue parseValue(const ParamSpec &spec, std::string_view text)
{
    ParamValue value = spec.def;
    if (auto *flag = std::get_if<bool>(&value)) {
        if (text != "true" && text != "false" && text != "1" && text != "0")
            reject(spec, text, "true | false");
        *flag = text == "true" || text == "1";
    } else if (auto *whole = std::get_if<std::int64_t>(&value)) {
        if (!parseWhole(text, *whole))
            reject(spec, text, toText(spec.hint.min) + " .. " + toText(spec.hint.max));
    } else if (auto *real = std::get_if<double>(&value)) {
        if (!parseWhole(text, *real) || !std::isfinite(*real))
            reject(spec, text, toText(spec.hint.min) + " .. " + toText(spec.hint.max));
    } else {
        value = std::string(text);
    }
    checkValue(spec, value);
    return value;
}

ParamValues checkedValues(const std::vector<ParamSpec> &specs, const ParamValues &given, std::string_view stageId)
{
    ParamValues values;
    for (const ParamSpec &spec : specs)
        values[spec.key] = spec.def;
    for (const auto &[key, value] : given) {
        const ParamSpec &spec = specOf(specs, key, stageId);
        if (value.index() != spec.def.index()) {
            values[key] = parseValue(spec, toText(value));
            continue;
        }
        checkValue(spec, value);
        values[key] = value;
    }
    return values;
}

ParamValues valuesFromJson(const std::vector<ParamSpec> &specs, const nlohmann::json &object, std::string_view stageId)
{
    ParamValues values;
    for (const auto &[key, value] : object.items()) {
        const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
        values[key] = parseValue(specOf(specs, key, stageId), text);
    }
    return values;
}

nlohmann::ordered_json valuesToJson(const ParamValues &values)
{
    auto object = nlohmann::ordered_json::object();
    for (const auto &[key, value] : values)
        std::visit([&object, &name = key](const auto &v) { object[name] = v; }, value);
    return object;
}

std::string nearest(std::string_view wrong, const std::vector<std::string> &known)
{
    std::string best;
    std::size_t bestDistance = std::numeric_limits<std::size_t>::max();
    for (const std::string &candidate : known) {
        // Levenshtein distance, one row at a time.
        std::vector<std::size_t> row(candidate.size() + 1);
        std::iota(row.begin(), row.end(), std::size_t{0});
        for (std::size_t i = 1; i <= wrong.size(); ++i) {
            std::size_t diagonal = row[0];
            row[0] = i;
            for (std::size_t j = 1; j <= candidate.size(); ++j) {
                const std::size_t swap = diagonal + (wrong[i - 1] != candidate[j - 1]);
                diagonal = row[j];
                row[j] = std::min({row[j] + 1, row[j - 1] + 1, swap});
            }
        }
        if (row.back() < bestDistance) {
            bestDistance = row.back();
            best = candidate;
        }
    }
    return best;
}

} // namespace likeness
