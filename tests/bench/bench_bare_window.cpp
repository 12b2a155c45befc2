// The least that a Qt program with a window can be; what bench_window start is compared with.
#include "tests/bench/process_clock.h"

#include <QApplication>
#include <QMainWindow>

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QMainWindow window;
    window.resize(1320, 840);
    return likeness::bench::printStart(window);
}
