#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace likeness {

/// A text of a JSON file in each language of the program.
struct LocalText {
    std::map<std::string, std::string> byLanguage; ///< "en", "zh"
    /// The English text where the language is missing, nothing where that is too.
    const std::string &in(const std::string &language) const;
    static LocalText fromJson(const nlohmann::json &json);
    bool operator==(const LocalText &) const = default;
};

} // namespace likeness
