#pragma once

#include "core/base/error.h"

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace likeness {

/// A message that is written to a file and still shown in the reader's language: {"text": English with %1 %2 ...,
/// "args": [plain text or another message, ...]}.
class StoredMessage {
public:
    StoredMessage() = default;
    StoredMessage(const Message &message);
    bool empty() const { return m_text.empty(); }
    std::string english() const { return message().english(); }
    std::string localised() const { return message().localised(); }

    nlohmann::ordered_json toJson() const;
    /// Throws nlohmann's exceptions where `json` is no message.
    static StoredMessage fromJson(const nlohmann::json &json);

private:
    Message message() const; ///< valid as long as this
    std::string m_text;
    std::vector<StoredMessage> m_args;
    bool m_plain = false; ///< text that is shown as it is
};

} // namespace likeness
