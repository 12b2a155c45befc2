#pragma once

#include "core/base/task.h"

#include <cstddef>
#include <functional>

namespace likeness {

/// Number of worker threads of parallelFor, for the whole process. 0 means one for each core. Also keeps OpenCV and
/// OpenBLAS on one thread each: the loop over images is the parallel one, nested pools would fight over the cores.
void setThreadCount(int threads);
int threadCount();

/// Calls work(i) for every i in [0, n) from several threads, each i once, in no fixed order. Checks for cancellation
/// before every call. The first exception ends the loop and is rethrown here.
void parallelFor(std::size_t n, const TaskContext &context, const std::function<void(std::size_t)> &work);
/// How many of a loop's calls run at the same time: 1 where this is such a call already, and the others have the cores.
int freeThreads();

} // namespace likeness
