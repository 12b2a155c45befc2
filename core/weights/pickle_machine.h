#pragma once

#include "core/weights/pickle.h"

#include <optional>
#include <unordered_map>

namespace likeness {

/// The stack, the memo and the few calls that a pickle may make; pickle.cpp feeds it with instructions.
class PickleMachine {
public:
    using Id = Pickle::Id;

    explicit PickleMachine(const std::string &name) : m_name(name) {}

    void push(Pickle::Value value) { m_stack.push_back(make(std::move(value))); }
    void pushAgain(Id id) { m_stack.push_back(id); }
    Id top() const;
    Id pop();
    void mark() { m_marks.push_back(m_stack.size()); }
    std::vector<Id> popToMark();
    void tuple(std::size_t count);
    void setItems(const std::vector<Id> &items);
    void appendItems(const std::vector<Id> &items);
    void remember(std::uint64_t slot) { m_memo[slot] = top(); }
    void rememberNext() { remember(m_memo.size()); }
    void recall(std::uint64_t slot);
    void global(const std::string &module, const std::string &name);
    /// Names from the stack (protocol 4).
    void stackGlobal();
    void reduce();
    void newObject();
    void build();
    void persistentId();
    [[noreturn]] void fail() const;

    Pickle result;

private:
    enum class Callable;
    static std::optional<Callable> callableNamed(std::string_view name);
    [[noreturn]] void refuse(const std::string &call) const;
    Id make(Pickle::Value value);
    Pickle::Value &at(Id id) { return result.values[static_cast<std::size_t>(id)]; }
    std::int64_t wholeNumber(Id id) const;
    std::vector<std::int64_t> wholeNumbers(Id id) const;
    Id argument(const Pickle::Sequence &arguments, std::size_t i) const;
    void call(Callable kind, const Pickle::Sequence &arguments);

    const std::string &m_name;
    std::size_t m_copied = 0; ///< entries, by build()
    std::vector<Id> m_stack;
    std::vector<std::size_t> m_marks;
    std::unordered_map<std::uint64_t, Id> m_memo;
};

} // namespace likeness
