#include "core/base/stored_message.h"

#include <nlohmann/json.hpp>

namespace likeness {

StoredMessage::StoredMessage(const Message &message) : m_text(message.text)
{
    for (const MessageArgument &arg : message.args) {
        StoredMessage stored;
        if (arg.nested.empty()) {
            stored.m_text = arg.plain;
            stored.m_plain = true;
        } else {
            stored = StoredMessage(arg.nested.front());
        }
        m_args.push_back(std::move(stored));
    }
}

Message StoredMessage::message() const
{
    Message message{m_text.c_str(), {}};
    for (const StoredMessage &arg : m_args)
        message.args.push_back(arg.m_plain ? MessageArgument(arg.m_text) : MessageArgument(arg.message()));
    return message;
}

nlohmann::ordered_json StoredMessage::toJson() const
{
    auto args = nlohmann::ordered_json::array();
    for (const StoredMessage &arg : m_args)
        args.push_back(arg.m_plain ? nlohmann::ordered_json(arg.m_text) : arg.toJson());
    return {{"text", m_text}, {"args", std::move(args)}};
}

StoredMessage StoredMessage::fromJson(const nlohmann::json &json)
{
    StoredMessage stored;
    if (json.is_string()) { // plain text; whole notes were so before notes were translated
        stored.m_text = json.get<std::string>();
        stored.m_plain = true;
        return stored;
    }
    stored.m_text = json.at("text").get<std::string>();
    for (const auto &arg : json.at("args"))
        stored.m_args.push_back(fromJson(arg));
    return stored;
}

} // namespace likeness
