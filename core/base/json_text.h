#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace likeness {

// JSON is UTF-8, names of files are bytes. A byte that is no UTF-8 is written as U+FFFD and its two upper-case
// hexadecimal digits, and so are the three bytes of U+FFFD itself: every name comes back as it was, and text that is
// UTF-8 without U+FFFD stays as it is.

std::string utf8FromBytes(std::string_view bytes);
/// The inverse; text that was not encoded (of an older file) comes back unchanged.
std::string bytesFromUtf8(std::string_view text);

/// A document whose strings may hold any bytes. Never throws for them.
std::string dumpJson(const nlohmann::ordered_json &json, int indent = 1);
/// Throws nlohmann::json::exception.
nlohmann::json parseJson(std::string_view text);

} // namespace likeness
