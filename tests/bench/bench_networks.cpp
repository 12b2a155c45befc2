// Throughput of an installed model's network, without decoding: bench_networks MODEL [IMAGES [BATCH [THREADS [bf16]]]].
// Prints the time to
// load it beside that to read its file, and the median of seven rounds in images a second.
#include "core/base/parallel.h"
#include "core/nets/models/model_store.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

using namespace likeness;

int main(int argc, char **argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "bench_networks MODEL [IMAGES [BATCH [THREADS [bf16]]]]\n");
        return 2;
    }
    const auto number = [&](int i, int otherwise) { return argc > i ? std::atoi(argv[i]) : otherwise; };
    const int images = number(2, 8), batch = number(3, 4), threads = number(4, 2);
    const bool bf16 = argc > 5;
    setThreadCount(threads);
    const auto secondsSince = [](std::chrono::steady_clock::time_point start) {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    const ModelStore store = ModelStore::user();
    store.load(argv[1], bf16); // LibTorch itself; the file is in the system's cache from here on
    const auto loading = std::chrono::steady_clock::now();
    const auto model = store.load(argv[1], bf16);
    const double loadSeconds = secondsSince(loading);
    const auto reading = std::chrono::steady_clock::now();
    std::ifstream file(store.folder() / model->card.id / model->card.weights, std::ios::binary);
    std::vector<char> content(static_cast<std::size_t>(model->card.bytes));
    file.read(content.data(), static_cast<std::streamsize>(content.size()));
    std::printf("%s: loaded in %.0f ms, its file read in %.0f ms\n", argv[1], loadSeconds * 1000,
                secondsSince(reading) * 1000);
    const int side = model->card.preprocessing.cropPx;
    std::vector<float> pixels(static_cast<std::size_t>(batch * 3 * side * side));
    for (std::size_t i = 0; i < pixels.size(); ++i)
        pixels[i] = static_cast<float>(i * 2654435761u % 1000) / 500 - 1;
    std::vector<double> rates;
    for (int round = 0; round < 8; ++round) {
        const auto start = std::chrono::steady_clock::now();
        parallelFor(static_cast<std::size_t>(images / batch), TaskContext::none(),
                    [&](std::size_t) { model->image->run(pixels, side, false); });
        const double seconds = secondsSince(start);
        if (round > 0)
            rates.push_back(images / seconds);
    }
    std::ranges::sort(rates);
    std::printf("%s: %.2f images/s (%.1f ms an image), %d images in batches of %d, %d threads\n", argv[1],
                rates[rates.size() / 2], 1000 / rates[rates.size() / 2], images, batch, threads);
}
