#include "core/base/parallel.h"

#include <atomic>
#include <dlfcn.h>
#include <exception>
#include <mutex>
#include <opencv2/core/utility.hpp>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <thread>
#include <utility>
#include <vector>

extern "C" void openblas_set_num_threads(int threads);

namespace likeness {

namespace {

std::atomic<int> g_threads{0};
thread_local bool t_works = false; // inside a loop

/// One call of a loop.
void call(const TaskContext &context, const std::function<void(std::size_t)> &work, std::size_t i)
{
    context.checkCancelled();
    const bool outer = std::exchange(t_works, true);
    try {
        work(i);
    } catch (...) {
        t_works = outer;
        throw;
    }
    t_works = outer;
}

void keepLibrariesOnOneThread()
{
    cv::setNumThreads(1);
    openblas_set_num_threads(1);
    // OpenBLAS starts a thread for each core while it is loaded, and these spin for some 50 ms against our own first
    // work. It starts them again if somebody asks for more than one. Only its pthread build has them, and this.
    if (void *shutdown = dlsym(RTLD_DEFAULT, "blas_thread_shutdown_"))
        reinterpret_cast<int (*)()>(shutdown)();
}

/// For callers that never chose a thread count.
void prepareOnce()
{
    static const bool prepared = (keepLibrariesOnOneThread(), true);
    (void)prepared;
}

} // namespace

void setThreadCount(int threads)
{
    g_threads = threads;
    keepLibrariesOnOneThread();
}

int threadCount()
{
    prepareOnce(); // who asks is about to use threads, perhaps those of a library
    const int wanted = g_threads;
    return wanted > 0 ? wanted : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

int freeThreads()
{
    return t_works ? 1 : threadCount();
}

#ifdef __SANITIZE_THREAD__
// ThreadSanitizer does not see the hand-over inside the uninstrumented TBB library and reports all of it; plain threads
// let it see ours.
void parallelFor(std::size_t n, const TaskContext &context, const std::function<void(std::size_t)> &work)
{
    prepareOnce();
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::exception_ptr failure;
    const auto run = [&] {
        try {
            for (std::size_t i = next++; i < n; i = next++)
                call(context, work, i);
        } catch (...) {
            const std::lock_guard lock(mutex);
            failure = std::current_exception();
            next = n;
        }
    };
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < threadCount(); ++t)
            threads.emplace_back(run);
    }
    if (failure)
        std::rethrow_exception(failure);
}
#else
void parallelFor(std::size_t n, const TaskContext &context, const std::function<void(std::size_t)> &work)
{
    prepareOnce();
    tbb::task_arena arena(threadCount());
    arena.execute([&] {
        tbb::parallel_for(
            tbb::blocked_range<std::size_t>(0, n, 1),
            [&](const tbb::blocked_range<std::size_t> &range) {
                for (std::size_t i = range.begin(); i != range.end(); ++i)
                    call(context, work, i);
            },
            tbb::simple_partitioner());
    });
}

#endif

} // namespace likeness
