#pragma once

#include <QApplication>
#include <QByteArray>
#include <QFile>
#include <QTest>
#include <QWidget>
#include <cstdio>
#include <ctime>
#include <unistd.h>

namespace likeness::bench {

/// From the kernel's own record of when this process began, so that loading the libraries counts. Resolution 10 ms (a
/// tick).
inline double msSinceProcessStart()
{
    QFile stat(QStringLiteral("/proc/self/stat"));
    if (!stat.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray text = stat.readAll();
    const double ticks = text.mid(text.lastIndexOf(')') + 2).split(' ').at(19).toDouble();
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6 - ticks * 1e3 / double(sysconf(_SC_CLK_TCK));
}

/// Shows the window and prints the milliseconds until it is exposed and painted; the exit code.
inline int printStart(QWidget &window)
{
    window.show();
    if (!QTest::qWaitForWindowExposed(&window))
        return 1;
    QApplication::processEvents();
    std::printf("%.1f\n", msSinceProcessStart());
    return 0;
}

} // namespace likeness::bench
