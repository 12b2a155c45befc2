// Speed of training, beside train_torch.py: bench_training step|loop|augment|scenes NETWORK SIDE BATCH [STEPS]
// [THREADS] [float|bf16] with NETWORK small or resnet18. `step` is the network alone, `loop` with the views of the
// files in the folder LIKENESS_BENCH_IMAGES, `augment` the views alone, `scenes` BATCH rendered scenes and STEPS
// batches of their views for copy detection; these two on one thread. An image is seen in two views.
#include "core/base/parallel.h"
#include "core/train/batch_loader.h"
#include "core/train/initial_network.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <numeric>

using namespace likeness;

namespace {

constexpr double rate = 1e-3;
constexpr int warmUp = 2;     ///< first allocations, and oneDNN chooses its kernels
constexpr int loopWarmUp = 6; ///< until what was made ahead before the first step is used up

struct Options {
    std::string mode, network;
    int side = 0, batch = 0, steps = 10, threads = 2;
    bool bf16 = false;
};

double now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double medianOf(std::vector<double> values)
{
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

void printRate(const Options &options, const char *statistic, double secondsAStep)
{
    const double images = options.batch / secondsAStep;
    std::printf("%s %s %d px batch %d %s: %.1f images/s, %.1f views/s (%s of %d, %d threads)\n", options.mode.c_str(),
                options.network.c_str(), options.side, options.batch, options.bf16 ? "bf16" : "float", images,
                2 * images, statistic, options.steps, options.threads);
}

std::vector<ImageRef> benchImages()
{
    const char *folder = std::getenv("LIKENESS_BENCH_IMAGES");
    if (!folder)
        throw std::runtime_error("LIKENESS_BENCH_IMAGES is not set: a folder of images");
    const ImageSet set = ImageSet::scan(folder);
    return {set.images().begin(), set.images().end()};
}

const AugmentationOptions &simClr()
{
    const auto presets = augmentationPresets();
    return std::ranges::find_if(presets,
                                [](const AugmentationPreset &preset) { return std::strcmp(preset.id, "simclr") == 0; })
        ->options;
}

TrainingSettings settingsFor(const Options &options)
{
    TrainingSettings settings;
    settings.network = optionsFrom<NetworkPlan>({{"network", options.network}});
    settings.network.sidePx = options.side;
    settings.plan.batch = options.batch;
    settings.plan.epochs = 1'000'000; // as many as it takes
    settings.augmentation = simClr();
    settings.objective.options = NtXentOptions{.temperature = 0.1};
    return settings;
}

std::unique_ptr<Trainer> trainerFor(const Options &options, const TrainingSettings &settings)
{
    TrainerOptions training;
    training.objective = settings.objective;
    training.optimiser = {.kind = Optimiser::AdamW, .decay = 1e-4};
    training.bf16 = options.bf16;
    training.threads = options.threads;
    return makeTrainer(buildNetwork(settings.network, 1), training);
}

void stepOnce(Trainer &trainer, const TrainingBatch &batch)
{
    if (!std::isfinite(trainer.step(batch, rate).loss)) // then the optimiser's part is missing from the time
        throw std::runtime_error("the loss is no number");
}

void benchStep(const Options &options)
{
    const TrainingSettings settings = settingsFor(options);
    const auto images = renderedImages(1, options.batch, options.side * 3 / 2, 1);
    const TrainingBatch batch = batchOf(*images, settings, 0);
    const auto trainer = trainerFor(options, settings);
    std::vector<double> seconds;
    for (int i = 0; i < warmUp + options.steps; ++i) {
        const double start = now();
        stepOnce(*trainer, batch);
        if (i >= warmUp)
            seconds.push_back(now() - start);
    }
    printRate(options, "median", medianOf(seconds));
}

/// The mean, not the median: batches that come in bursts would hide the waiting between them.
void benchLoop(const Options &options)
{
    const TrainingSettings settings = settingsFor(options);
    const std::vector<ImageRef> files = benchImages();
    const double loading = now();
    const LoadedImages loaded = loadTrainingImages(files, options.side, TaskContext::none());
    std::printf("%zu files read in %.2f s, once a run\n", loaded.pictures.size(), now() - loading);
    std::vector<int> all(loaded.pictures.size());
    std::iota(all.begin(), all.end(), 0);
    const auto images = trainingImages(loaded, std::move(all));
    if (images->size() < options.batch)
        throw std::runtime_error("fewer images than a batch has");
    const auto trainer = trainerFor(options, settings);
    BatchLoader loader(*images, settings, 0, options.threads);
    double start = 0;
    for (int i = 0; i < loopWarmUp + options.steps; ++i) {
        if (i == loopWarmUp)
            start = now();
        stepOnce(*trainer, loader.next());
    }
    printRate(options, "mean", (now() - start) / options.steps);
}

void benchAugment(const Options &options)
{
    constexpr int passes = 3, most = 100;
    std::vector<cv::Mat> pictures;
    for (const ImageRef &file : benchImages())
        if (static_cast<int>(pictures.size()) < most)
            pictures.push_back(loadImage(file.path).pixels);
    if (pictures.empty())
        throw std::runtime_error("no images");
    Random random(1);
    std::vector<double> seconds;
    for (int pass = 0; pass < passes; ++pass) {
        const double start = now();
        for (const cv::Mat &picture : pictures)
            augmented(picture, {}, simClr(), 1, options.side, random); // pastes nothing
        seconds.push_back((now() - start) / static_cast<double>(pictures.size()));
    }
    std::printf("augment %d px: %.3f ms a view (median of %d passes over %zu images, 1 thread)\n", options.side,
                medianOf(seconds) * 1000, passes, pictures.size());
}

void benchScenes(const Options &options)
{
    const auto images = renderedImages(1, options.batch, options.side * 3 / 2, 1000);
    double start = now();
    for (int i = 0; i < images->size(); ++i)
        images->picture(i, 0);
    std::printf("scenes %d px: %.2f ms each\n", options.side * 3 / 2, (now() - start) / options.batch * 1000);
    TrainingSettings settings;
    settings.plan.batch = options.batch;
    settings.network.sidePx = options.side;
    settings.augmentation.crop = 0.85;
    settings.augmentation.paste = 0.8;
    settings.augmentation.grow = 0;
    std::uint64_t sum = 0;
    start = now();
    for (int step = 0; step < options.steps; ++step)
        for (const std::uint8_t value : batchOf(*images, settings, step).pixels)
            sum += value;
    std::printf("views %d px: %.3f ms each (sum of their bytes %llu)\n", options.side,
                (now() - start) / (2.0 * options.batch * options.steps) * 1000, static_cast<unsigned long long>(sum));
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    const auto text = [&](int i) { return std::string(argc > i ? argv[i] : ""); };
    const auto number = [&](int i, int otherwise) { return argc > i ? std::atoi(argv[i]) : otherwise; };
    options.mode = text(1);
    options.network = text(2);
    options.side = number(3, 0);
    options.batch = number(4, 0);
    options.steps = number(5, options.steps);
    options.threads = number(6, options.threads);
    options.bf16 = text(7) == "bf16";
    const bool known = options.network == "small" || options.network == "resnet18";
    if (!known || options.side < 16 || options.batch < 2 || options.steps < 1 || options.threads < 1 ||
        (argc > 7 && !options.bf16 && text(7) != "float") ||
        (options.mode != "step" && options.mode != "loop" && options.mode != "augment" && options.mode != "scenes")) {
        std::fprintf(stderr, "bench_training step|loop|augment|scenes small|resnet18 SIDE BATCH [STEPS [THREADS "
                             "[float|bf16]]]\n");
        return 2;
    }
    setThreadCount(options.mode == "augment" || options.mode == "scenes" ? 1 : options.threads);
    try {
        if (options.mode == "step")
            benchStep(options);
        else if (options.mode == "loop")
            benchLoop(options);
        else if (options.mode == "augment")
            benchAugment(options);
        else
            benchScenes(options);
    } catch (const std::exception &error) {
        std::fprintf(stderr, "bench_training: %s\n", messageOf(error).english().c_str());
        return 1;
    }
}
