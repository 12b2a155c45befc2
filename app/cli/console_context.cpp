#include "app/cli/console_context.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <unistd.h>

namespace likeness {

namespace {

std::atomic<bool> g_interrupted = false;

void onInterrupt(int signal)
{
    g_interrupted = true;
    std::signal(signal, SIG_DFL); // the second Ctrl-C ends at once
}

} // namespace

ConsoleContext::ConsoleContext() : m_terminal(::isatty(STDERR_FILENO))
{
    std::signal(SIGINT, onInterrupt);
    std::signal(SIGTERM, onInterrupt);
}

bool ConsoleContext::isCancelled() const
{
    return g_interrupted;
}

void ConsoleContext::stage(const char *title, int index, int count, Unit unit)
{
    finish();
    const std::lock_guard lock(m_mutex);
    m_title = Message{title, {}}.localised();
    if (count > 1)
        m_title = "[" + std::to_string(index) + "/" + std::to_string(count) + "] " + m_title;
    m_unit = unit;
    m_stageStart = m_lastLine = Clock::now();
}

void ConsoleContext::progress(std::int64_t done, std::int64_t total)
{
    const std::lock_guard lock(m_mutex);
    const auto now = Clock::now();
    const auto interval = std::chrono::milliseconds(m_terminal ? 100 : 5000);
    if (now - m_lastLine < interval || done == 0)
        return;
    m_lastLine = now;
    const double seconds = std::chrono::duration<double>(now - m_stageStart).count();
    const double rate = static_cast<double>(done) / seconds;
    const double left = static_cast<double>(total - done) / rate;
    const char *begin = m_terminal ? "\r\033[K" : "", *end = m_terminal ? "" : "\n";
    if (m_unit == Unit::Bytes)
        std::fprintf(stderr, "%s%s  %.1f/%.1f MB  %.1f MB/s  %.0f s%s", begin, m_title.c_str(),
                     static_cast<double>(done) / 1e6, static_cast<double>(total) / 1e6, rate / 1e6, left, end);
    else
        std::fprintf(stderr, "%s%s  %lld/%lld  %.0f/s  %.0f s%s", begin, m_title.c_str(), static_cast<long long>(done),
                     static_cast<long long>(total), rate, left, end);
    m_lineOpen = m_terminal;
}

void ConsoleContext::problem(const Problem &problem)
{
    const std::lock_guard lock(m_mutex);
    m_problems.push_back(problem);
}

void ConsoleContext::finish()
{
    const std::lock_guard lock(m_mutex);
    if (m_lineOpen)
        std::fputs("\r\033[K", stderr);
    m_lineOpen = false;
    std::ranges::sort(m_problems, {}, &Problem::file);
}

} // namespace likeness
