// Principal components of rows in a file: time and memory, beside pca_sklearn.py on the same rows.
//   bench_pca FILE.f32 WIDTH COMPONENTS THREADS [OUT.f32]
#include "core/base/mapped_file.h"
#include "core/base/parallel.h"
#include "core/vectors/pca.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sys/resource.h>

using namespace likeness;

int main(int argc, char **argv)
{
    if (argc < 5) {
        std::fprintf(stderr, "usage: bench_pca FILE.f32 WIDTH COMPONENTS THREADS [OUT.f32]\n");
        return 2;
    }
    const int width = std::atoi(argv[2]), components = std::atoi(argv[3]);
    setThreadCount(std::atoi(argv[4]));
    const MappedFile file(argv[1]);
    const auto count = static_cast<std::int64_t>(file.bytes().size() / sizeof(float)) / width;
    const RowSource rows = rowsInMemory(reinterpret_cast<const float *>(file.bytes().data()), count, width);
    const auto start = std::chrono::steady_clock::now();
    const Pca pca = fitPca(rows, components, TaskContext::none());
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    std::printf("%lld x %d to %d: %.2f s, peak %.2f GB (the mapped file counts), explained %.6f\n",
                static_cast<long long>(count), width, components, seconds, double(usage.ru_maxrss) / 1e6,
                pca.variances.sum() / pca.totalVariance);
    if (argc > 5) {
        std::ofstream out(argv[5], std::ios::binary);
        out.write(reinterpret_cast<const char *>(pca.variances.data()),
                  static_cast<std::streamsize>(static_cast<std::size_t>(pca.variances.size()) * sizeof(double)));
    }
    return 0;
}
