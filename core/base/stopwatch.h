#pragma once

#include <chrono>

namespace likeness {

/// Wall clock since it was made; nobody sets it back. Readable from any thread.
class Stopwatch {
public:
    double seconds() const { return std::chrono::duration<double>(Clock::now() - m_start).count(); }
    double ms() const { return 1000 * seconds(); }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point m_start = Clock::now();
};

} // namespace likeness
