#include "core/base/json_text.h"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>

namespace likeness {

namespace {

constexpr std::string_view mark = "\xef\xbf\xbd"; // U+FFFD
constexpr std::string_view digits = "0123456789ABCDEF";

/// Bytes of the UTF-8 character that `text` begins with (Unicode 15, table 3-7); 0 where it begins with none.
std::size_t characterLength(std::string_view text)
{
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : static_cast<unsigned char>(0);
    };
    const auto within = [&](std::size_t i, int least, int most) { return byte(i) >= least && byte(i) <= most; };
    const int first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return within(1, 0x80, 0xbf) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        const bool second = within(1, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf);
        return second && within(2, 0x80, 0xbf) ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        const bool second = within(1, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf);
        return second && within(2, 0x80, 0xbf) && within(3, 0x80, 0xbf) ? 4 : 0;
    }
    return 0;
}

std::optional<char> escapedByte(std::string_view text)
{
    if (!text.starts_with(mark) || text.size() < mark.size() + 2)
        return std::nullopt;
    const std::size_t high = digits.find(text[mark.size()]), low = digits.find(text[mark.size() + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos)
        return std::nullopt;
    return static_cast<char>(high * 16 + low);
}

/// The same document with every string, keys too, put through `change`.
template <class Json, class Change> Json changed(const Json &json, const Change &change)
{
    if (json.is_string())
        return change(json.template get_ref<const std::string &>());
    if (json.is_object()) {
        Json object = Json::object();
        for (const auto &[key, value] : json.items())
            object[change(key)] = changed(value, change);
        return object;
    }
    if (json.is_array()) {
        Json array = Json::array();
        for (const Json &value : json)
            array.push_back(changed(value, change));
        return array;
    }
    return json;
}

} // namespace

std::string utf8FromBytes(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::size_t length = bytes.starts_with(mark) ? 0 : characterLength(bytes);
        if (length == 0) {
            const auto byte = static_cast<unsigned char>(bytes[0]);
            text.append(mark).append({digits[byte / 16], digits[byte % 16]});
        } else {
            text.append(bytes.substr(0, length));
        }
        bytes.remove_prefix(length == 0 ? 1 : length);
    }
    return text;
}

std::string bytesFromUtf8(std::string_view text)
{
    std::string bytes;
    bytes.reserve(text.size());
    while (!text.empty()) {
        const auto escaped = escapedByte(text);
        bytes += escaped.value_or(text[0]);
        text.remove_prefix(escaped ? mark.size() + 2 : 1);
    }
    return bytes;
}

std::string dumpJson(const nlohmann::ordered_json &json, int indent)
{
    return changed(json, utf8FromBytes).dump(indent);
}

nlohmann::json parseJson(std::string_view text)
{
    return changed(nlohmann::json::parse(text), bytesFromUtf8);
}

} // namespace likeness
