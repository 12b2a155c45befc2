// Trains a Graph with LibTorch's gradients.
#include "core/base/random.h"
#include "core/nets/run/network.h"
#include "core/nets/torch/activation_memory.h"
#include "core/nets/torch/device.h"
#include "core/nets/torch/errors.h"
#include "core/nets/torch/plain_tensors.h"
#include "core/train/initial_network.h"
#include "core/train/torch/embedding_memory.h"
#include "core/train/torch/losses.h"
#include "core/train/torch/optimisers.h"
#include "core/train/torch/shard_workers.h"
#include "core/train/torch/trainable_graph.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <cmath>

namespace likeness {

namespace {

using at::Tensor;

constexpr int fewestOfShard = 16; ///< images: batch statistics of fewer say little

class TorchTrainer final : public Trainer {
public:
    TorchTrainer(const TrainableNetwork &network, const TrainerOptions &options, at::Device device)
        : m_network(network), m_options(options), m_device(device), m_workers(device.is_cpu() ? options.threads : 1)
    {
        const int width = trainedWidth(network);
        for (const auto &[name, plain] : network.tensors)
            add(name, tensorOf(plain).to(device), !isStatistic(name) && !isFrozen(network, name));
        if (options.objective.isSiamese()) {
            // Large distances speak for different images from the first step on.
            add(siameseWeight, at::full({1, width}, -1.0, device), true);
            add(siameseBias, at::full({1}, std::sqrt(width) / 2, device), true);
        }
        if (options.memory > 0)
            m_memory = EmbeddingMemory(options.memory, width, device);
        if (options.average > 0)
            for (const auto &[name, tensor] : m_tensors)
                m_averaged[name] = tensor.detach().clone();
    }

    ~TorchTrainer() override { keepOfThisThread(usuallyKept); } // the other threads end

    StepResult step(const TrainingBatch &batch, double rate) override
    {
        return asOwnErrors([&] { return stepped(batch, rate); });
    }

    StepResult evaluate(const TrainingBatch &batch) const override
    {
        return asOwnErrors([&] {
            const at::NoGradGuard none;
            at::set_num_threads(m_options.threads);
            const Tensors &tensors = m_options.average > 0 ? m_averaged : m_tensors;
            const GraphValues values = evaluateGraph(
                m_network, tensors, imagesOf(batch.pixels, batch.views * batch.images, batch.side, at::kFloat),
                {.training = false, .cells = usesCells()});
            LossInput in = lossInput(batch, values.trained, values.cells, 0, batch.images);
            in.memory = Tensor(); // other batches must not change what is measured
            return resultOf(lossOf(m_options.objective, m_options.additions, in), in.embeddings);
        });
    }

    cv::Mat embed(std::span<const std::uint8_t> pixels, int count, int side) const override
    {
        return asOwnErrors([&] {
            const at::NoGradGuard none;
            at::set_num_threads(m_options.threads);
            const Tensors &tensors = m_options.average > 0 ? m_averaged : m_tensors;
            const Tensor vectors = unitRows(
                evaluateGraph(m_network, tensors, imagesOf(pixels, count, side, at::kFloat), {.training = false})
                    .vectors);
            const Tensor flat = vectors.to(at::kCPU).contiguous();
            return cv::Mat(count, static_cast<int>(flat.size(1)), CV_32F, flat.data_ptr<float>()).clone();
        });
    }

    TensorMap weights() const override
    {
        TensorMap result;
        for (const auto &[name, tensor] : m_options.average > 0 ? m_averaged : m_tensors)
            if (m_network.tensors.contains(name))
                result[name] = plainOf(tensor);
        return result;
    }

    TensorMap state() const override
    {
        TensorMap all;
        visitState([&](const std::string &name, const Tensor &tensor) { all[name] = plainOf(tensor); });
        return all;
    }

    void restore(const TensorMap &state) override
    {
        const at::NoGradGuard none;
        visitState([&](const std::string &name, const Tensor &tensor) {
            const auto found = state.find(name);
            if (found == state.end())
                throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "the tensor for %1 is missing"), {name});
            if (!tensor.sizes().equals(found->second.shape))
                throw Error(ErrorKind::Format,
                            QT_TRANSLATE_NOOP("core", "the tensor %1 of the checkpoint has another shape"), {name});
        });
        visitState([&](const std::string &name, const Tensor &tensor) {
            Tensor to = tensor;
            to.copy_(tensorOf(state.find(name)->second));
        });
        m_steps = static_cast<std::int64_t>(m_counters[0].item<double>());
        m_memory.setPlace(static_cast<std::int64_t>(m_counters[2].item<double>()),
                          static_cast<std::int64_t>(m_counters[1].item<double>()));
    }

private:
    static constexpr const char *siameseWeight = "siamese.weight", *siameseBias = "siamese.bias";

    void add(const std::string &name, Tensor tensor, bool trains)
    {
        if (tensor.dim() == 4) // as convolutions want it
            tensor = tensor.contiguous(at::MemoryFormat::ChannelsLast);
        if (trains) {
            tensor.requires_grad_();
            m_trained.push_back({name, tensor, at::zeros_like(tensor),
                                 m_options.optimiser.kind == Optimiser::AdamW ? at::zeros_like(tensor) : Tensor(),
                                 decays(name, tensor)});
        }
        m_tensors[name] = tensor;
    }

    template <class Visit> void visitState(const Visit &visit) const
    {
        for (const auto &[name, tensor] : m_tensors)
            visit("weights/" + name, tensor);
        for (const auto &[name, tensor] : m_averaged)
            visit("average/" + name, tensor);
        for (const Trained &own : m_trained) {
            visit("first/" + own.name, own.first);
            if (own.second.defined())
                visit("second/" + own.name, own.second);
        }
        m_memory.visitState(visit);
        m_counters.copy_(at::tensor(
            {static_cast<float>(m_steps), static_cast<float>(m_memory.filled()), static_cast<float>(m_memory.next())},
            at::kFloat));
        visit("counters", m_counters);
    }

    Tensor imagesOf(std::span<const std::uint8_t> pixels, int count, int side, at::ScalarType type) const
    {
        return networkImages(m_network, pixels, count, side, type, m_device);
    }

    bool usesCells() const { return m_options.additions.overlap > 0; }

    LossInput lossInput(const TrainingBatch &batch, const Tensor &vectors, const Tensor &cells, int first,
                        int count) const
    {
        LossInput in;
        in.embeddings = unitRows(vectors);
        in.count = count;
        const auto numbers = [&](const std::vector<int> &values) {
            const auto from = values.begin() + std::min<std::ptrdiff_t>(first, std::ssize(values));
            return at::tensor(
                       std::vector<std::int64_t>(from, from + std::min<std::ptrdiff_t>(count, values.end() - from)))
                .to(m_device);
        };
        in.images = numbers(batch.ids);
        in.classes = numbers(batch.classes);
        in.hardImages = numbers(batch.hardIds);
        if (cells.defined()) {
            in.cells = cells.slice(0, 0, std::int64_t{2} * count);
            const cv::Mat shares = overlapsOf(batch, first, count, cvRound(std::sqrt(cells.size(1)))); // of a square
            in.overlaps = at::from_blob(shares.data, {in.cells.size(0), cells.size(1), cells.size(1)}, at::kFloat)
                              .to(m_device, at::kFloat, false, true);
        }
        m_memory.addTo(in);
        in.shift = 1 + batch.shift % std::max(1, count - 1);
        in.seed = batch.seed;
        if (const auto found = m_tensors.find(siameseWeight); found != m_tensors.end()) {
            in.siameseWeight = found->second[0];
            in.siameseBias = m_tensors.find(siameseBias)->second[0];
        }
        return in;
    }

    static StepResult resultOf(const LossValue &value, const Tensor &embeddings)
    {
        StepResult result;
        result.loss = value.total.item<double>();
        result.entropy = value.entropy.defined() ? value.entropy.item<double>() : 0;
        result.overlap = value.overlap.defined() ? value.overlap.item<double>() : 0;
        if (value.accuracy.defined())
            result.accuracy = value.accuracy.item<double>();
        result.deviation = embeddings.detach().std(0).mean().item<double>();
        const auto plain = [](const Tensor &values) {
            return values.defined() ? plainOf(values).values : std::vector<float>();
        };
        result.positiveDistances = plain(value.positiveDistances);
        result.negativeDistances = plain(value.negativeDistances);
        return result;
    }

    /// A share of a batch's images, on a thread of its own: LibTorch's own threads wait for each other by spinning,
    /// which brings a training to a stop where anything else runs beside it. Batch statistics are those of the shard,
    /// as with several devices.
    struct Shard {
        Tensors tensors; ///< weights with gradients of their own; statistics that it follows
        Tensor trained;  ///< vectors that the objective sees, of all views
        Tensor cells;    ///< and the features with places, if it wants them
    };

    StepResult stepped(const TrainingBatch &batch, double rate)
    {
        const Tensors before = statistics();
        StepResult result;
        std::vector<LossInput> seen;
        const int parts = std::clamp(m_options.parts, 1, std::max(1, batch.images / 2));
        for (int part = 0; part < parts; ++part) {
            const int first = part * batch.images / parts, count = (part + 1) * batch.images / parts - first;
            const double share = static_cast<double>(count) / batch.images;
            auto [value, in] = gradientsOf(batch, first, count, share);
            result.add(value, share, part == 0);
            seen.push_back(std::move(in));
        }
        if (!std::isfinite(result.loss) || !gradientsAreFinite()) {
            result.loss = std::numeric_limits<double>::quiet_NaN();
            restoreStatistics(before);
        } else {
            optimise(m_options.optimiser, m_trained, ++m_steps, rate);
            average();
            const at::NoGradGuard none;
            for (const LossInput &in : seen)
                m_memory.remember(in);
        }
        for (Trained &own : m_trained)
            own.weight.mutable_grad() = Tensor();
        return result;
    }

    /// Adds the gradients of some images to those of the weights; the loss, and what it was calculated from.
    std::pair<StepResult, LossInput> gradientsOf(const TrainingBatch &batch, int first, int count, double weight)
    {
        const int wanted = std::clamp(std::min(m_workers.count(), count / fewestOfShard), 1, m_workers.count());
        std::vector<Shard> shards(static_cast<std::size_t>(wanted));
        const auto from = [&](int shard) { return first + shard * count / wanted; };
        m_workers.run([&](int i) {
            if (i < wanted)
                forward(batch, from(i), from(i + 1) - from(i), i, shards[static_cast<std::size_t>(i)]);
        });
        at::set_num_threads(m_options.threads);
        // View by view, as the objectives want them; the loss is that of all together.
        const auto together = [&](Tensor Shard::*own) {
            std::vector<Tensor> rows;
            for (int view = 0; view < batch.views; ++view)
                for (int i = 0; i < wanted; ++i) {
                    const std::int64_t images = from(i + 1) - from(i);
                    rows.push_back((shards[static_cast<std::size_t>(i)].*own)
                                       .detach()
                                       .slice(0, view * images, (view + 1) * images));
                }
            return at::cat(rows).requires_grad_();
        };
        const Tensor trained = together(&Shard::trained), cells = usesCells() ? together(&Shard::cells) : Tensor();
        const LossInput in = lossInput(batch, trained, cells, first, count);
        const LossValue value = lossOf(m_options.objective, m_options.additions, in);
        (value.total * weight).backward();
        m_workers.run([&](int i) {
            if (i >= wanted)
                return;
            at::set_num_threads(1);
            const auto followed = [&](const Tensor &own, const Tensor &all) {
                std::vector<Tensor> slopes;
                for (int view = 0; view < batch.views; ++view)
                    slopes.push_back(
                        all.grad().slice(0, view * count + from(i) - first, view * count + from(i + 1) - first));
                return (own * at::cat(slopes)).sum();
            };
            const Shard &shard = shards[static_cast<std::size_t>(i)];
            Tensor sum = followed(shard.trained, trained);
            if (cells.defined())
                sum = sum + followed(shard.cells, cells);
            sum.backward();
        });
        collect(shards);
        m_workers.run([&](int i) { // each takes back the memory that it gave
            if (i < wanted)
                shards[static_cast<std::size_t>(i)] = {};
        });
        return {resultOf(value, in.embeddings), in};
    }

    void forward(const TrainingBatch &batch, int first, int count, int number, Shard &shard) const
    {
        at::set_num_threads(1);
        keepOfThisThread(std::numeric_limits<std::size_t>::max()); // each step needs as much as the last
        const at::ScalarType type = m_options.bf16 ? at::kBFloat16 : at::kFloat;
        for (const auto &[name, tensor] : m_tensors)
            shard.tensors[name] =
                isStatistic(name) ? tensor.clone() : tensor.detach().requires_grad_(tensor.requires_grad());
        const auto bytes = static_cast<std::size_t>(3 * batch.side * batch.side);
        std::vector<Tensor> views;
        for (int view = 0; view < batch.views; ++view)
            views.push_back(
                imagesOf(std::span(batch.pixels).subspan(static_cast<std::size_t>(view * batch.images + first) * bytes),
                         count, batch.side, type));
        const Tensor images = at::cat(views).contiguous(at::MemoryFormat::ChannelsLast);
        const std::uint64_t seed =
            randomFor(m_options.seed, static_cast<std::uint64_t>(m_steps * 1024 + number)).next();
        const GraphValues values = evaluateGraph(
            m_network, shard.tensors, images,
            {.training = true, .type = type, .dropout = m_options.dropout, .seed = seed, .cells = usesCells()});
        shard.trained = values.trained;
        shard.cells = values.cells;
    }

    /// In the order of the shards, so that the sums are the same every time.
    void collect(std::vector<Shard> &shards)
    {
        const at::NoGradGuard none;
        for (Trained &own : m_trained)
            for (Shard &shard : shards) {
                const auto found = shard.tensors.find(own.name);
                const Tensor gradient = found == shard.tensors.end() ? Tensor() : found->second.grad();
                if (!gradient.defined())
                    continue;
                if (own.weight.grad().defined())
                    own.weight.mutable_grad().add_(gradient);
                else
                    own.weight.mutable_grad() = gradient;
            }
        for (auto &[name, tensor] : m_tensors)
            if (isStatistic(name) && !isFrozen(m_network, name)) {
                tensor.zero_();
                for (Shard &shard : shards)
                    tensor.add_(shard.tensors.find(name)->second, 1.0 / static_cast<double>(shards.size()));
            }
    }

    bool gradientsAreFinite() const
    {
        const at::NoGradGuard none;
        double sum = 0;
        for (const Trained &own : m_trained)
            if (own.weight.grad().defined())
                sum += own.weight.grad().norm().item<double>(); // no number stays none
        return std::isfinite(sum);
    }

    Tensors statistics() const
    {
        Tensors all;
        for (const auto &[name, tensor] : m_tensors)
            if (isStatistic(name))
                all[name] = tensor.clone();
        return all;
    }
    void restoreStatistics(const Tensors &before)
    {
        for (const auto &[name, tensor] : before)
            m_tensors[name].copy_(tensor);
    }

    void average()
    {
        const at::NoGradGuard none;
        // At first the mean of the few steps that there are.
        const double share = std::max(1 - m_options.average, 1.0 / (1.0 + static_cast<double>(m_steps)));
        for (auto &[name, tensor] : m_averaged)
            tensor.lerp_(m_tensors.find(name)->second, share);
    }

    TrainableNetwork m_network;
    TrainerOptions m_options;
    at::Device m_device;
    ShardWorkers m_workers;
    Tensors m_tensors, m_averaged;
    std::vector<Trained> m_trained;
    EmbeddingMemory m_memory;
    mutable Tensor m_counters = at::zeros({3});
    std::int64_t m_steps = 0;
};

} // namespace

} // namespace likeness

extern "C" __attribute__((visibility("default"))) likeness::Trainer *
likenessMakeTrainer(const likeness::TrainableNetwork &network, const likeness::TrainerOptions &options,
                    likeness::NetworkDevice device)
{
    const at::Device chosen = likeness::torchDevice(device);
    likeness::keepActivationMemory();
    return likeness::asOwnErrors([&] { return new likeness::TorchTrainer(network, options, chosen); });
}
