#pragma once

#include <clocale>
#include <cstdlib>
#include <string>

namespace likeness::test {

/// The numbers (or another category) of a locale as long as it lives. Those made for the tests lie in LOCALE_FOLDER.
class LocaleOf {
public:
    explicit LocaleOf(const char *name, int category = LC_NUMERIC)
        : m_category(category), m_before(std::setlocale(category, nullptr))
    {
        ::setenv("LOCPATH", LOCALE_FOLDER, 1);
        m_there = std::setlocale(category, name) != nullptr;
    }
    ~LocaleOf() { std::setlocale(m_category, m_before.c_str()); }
    LocaleOf(const LocaleOf &) = delete;
    LocaleOf &operator=(const LocaleOf &) = delete;
    bool there() const { return m_there; }

private:
    int m_category;
    std::string m_before;
    bool m_there = false;
};

} // namespace likeness::test
