#include "core/base/local_text.h"

#include <nlohmann/json.hpp>

namespace likeness {

const std::string &LocalText::in(const std::string &language) const
{
    static const std::string nothing;
    if (const auto found = byLanguage.find(language); found != byLanguage.end())
        return found->second;
    const auto english = byLanguage.find("en");
    return english != byLanguage.end() ? english->second : nothing;
}

LocalText LocalText::fromJson(const nlohmann::json &json)
{
    LocalText text;
    for (const auto &[language, value] : json.items())
        text.byLanguage[language] = value.get<std::string>();
    return text;
}

} // namespace likeness
