#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace likeness {

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every platform and standard library, which the
/// distributions of <random> do not promise.
class Random {
public:
    explicit Random(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t next()
    {
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    /// Uniform in [0, 1).
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    /// Uniform in [low, high).
    double uniform(double low, double high) { return low + (high - low) * unit(); }
    /// Uniform in [low, high], both included.
    int integer(int low, int high)
    {
        return low + static_cast<int>(next() % static_cast<std::uint64_t>(static_cast<std::int64_t>(high) - low + 1));
    }
    bool chance(double probability) { return unit() < probability; }

private:
    std::uint64_t m_state;
};

/// Every order is as likely (Fisher and Yates).
template <class Value> void shuffle(std::vector<Value> &values, Random &random)
{
    for (std::size_t i = values.size(); i > 1; --i)
        std::swap(values[i - 1], values[static_cast<std::size_t>(random.integer(0, static_cast<int>(i) - 1))]);
}

/// Independent stream for item `index` of a seeded whole.
inline Random randomFor(std::uint64_t seed, std::uint64_t index)
{
    Random mixer(seed ^ (index * 0xd1342543de82ef95ULL));
    return Random(mixer.next());
}

} // namespace likeness
