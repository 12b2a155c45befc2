#pragma once

#include <mutex>
#include <optional>

namespace likeness {

/// A value that is made when it is first asked for, by whichever thread comes first. If making it throws, the next one
/// tries again. (std::call_once with a function that throws hangs under ThreadSanitizer.)
template <class Value> class Lazy {
public:
    template <class Make> Value &get(Make &&make)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_value)
            m_value.emplace(make());
        return *m_value;
    }

private:
    std::mutex m_mutex;
    std::optional<Value> m_value;
};

} // namespace likeness
