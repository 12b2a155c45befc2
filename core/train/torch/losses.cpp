#include "core/train/torch/losses.h"

#include "core/base/random.h"
#include "core/nets/torch/errors.h"

#include <cstring>

namespace likeness {

namespace {

using at::Tensor;

constexpr double tiny = 1e-12; ///< inside the root, so that its gradient stays finite at equal rows

Tensor distances(const Tensor &a, const Tensor &b)
{
    return ((a - b).square().sum(-1) + tiny).sqrt();
}

/// The two views that objectives of pairs look at, and what else the rows are compared with.
struct Rows {
    explicit Rows(const LossInput &in)
        : views(in.embeddings.slice(0, 0, 2 * in.count)),
          a(views.slice(0, 0, in.count)),
          b(views.slice(0, in.count)),
          images(at::cat({in.images, in.images})),
          classes(at::cat({in.classes, in.classes}))
    {
        keys = views;
        keyImages = images;
        keyClasses = classes;
        if (in.memory.defined() && in.memory.size(0) > 0) {
            keys = at::cat({views, in.memory});
            keyImages = at::cat({images, in.memoryImages});
            keyClasses = at::cat({classes, in.memoryClasses});
        }
    }
    /// 2 N x keys: views of one image.
    Tensor sameImage() const { return images.unsqueeze(1) == keyImages.unsqueeze(0); }

    Tensor views, a, b, images, classes, keys, keyImages, keyClasses;
};

constexpr double never = -std::numeric_limits<double>::infinity();

Tensor meanOrZero(const Tensor &values, const Tensor &embeddings)
{
    return values.numel() > 0 ? values.mean() : embeddings.sum() * 0;
}

/// N pairs of one image and N of two, with a memory N more with the most similar earlier one of another image.
struct Pairs {
    Tensor first, second, same; ///< `same` is 1 or 0
    Tensor counts;              ///< 0 for pairs of two files of one image, else 1
    Tensor mean(const Tensor &values) const { return (values * counts).sum() / counts.sum(); }
};
Pairs pairsOf(const LossInput &in)
{
    const Rows rows(in);
    std::vector<Tensor> second{rows.b, at::roll(rows.b, -in.shift, 0)};
    std::vector<Tensor> different{at::ones_like(in.images, at::kBool), in.images != at::roll(in.images, -in.shift, 0)};
    if (in.memory.defined() && in.memory.size(0) > 0) {
        const Tensor similar = at::matmul(rows.a.detach(), in.memory.t())
                                   .masked_fill(in.images.unsqueeze(1) == in.memoryImages.unsqueeze(0), never);
        const Tensor nearest = similar.argmax(1);
        second.push_back(in.memory.index_select(0, nearest));
        different.push_back(in.images != in.memoryImages.index_select(0, nearest));
    }
    const Tensor same = at::zeros({static_cast<std::int64_t>(second.size()) * in.count}, rows.a.options());
    same.slice(0, 0, in.count).fill_(1);
    return {rows.a.repeat({static_cast<std::int64_t>(second.size()), 1}), at::cat(second), same,
            at::cat(different).to(same.scalar_type())};
}

LossValue valueOf(const SiameseOptions &, const LossInput &in)
{
    const Pairs pairs = pairsOf(in);
    const Tensor logits = at::matmul((pairs.first - pairs.second).abs(), in.siameseWeight) + in.siameseBias;
    LossValue value;
    value.total = pairs.mean(at::binary_cross_entropy_with_logits(logits, pairs.same, {}, {}, at::Reduction::None));
    value.accuracy = pairs.mean(((logits > 0) == (pairs.same > 0.5)).to(logits.scalar_type()));
    const Tensor d = distances(pairs.first, pairs.second).detach();
    value.positiveDistances = d.slice(0, 0, in.count);
    value.negativeDistances = d.slice(0, in.count);
    return value;
}

LossValue valueOf(const ContrastiveOptions &options, const LossInput &in)
{
    const Pairs pairs = pairsOf(in);
    const Tensor d = distances(pairs.first, pairs.second);
    LossValue value;
    value.total =
        pairs.mean(pairs.same * d.square() / 2 + (1 - pairs.same) * (options.margin - d).clamp_min(0).square() / 2);
    value.positiveDistances = d.detach().slice(0, 0, in.count);
    value.negativeDistances = d.detach().slice(0, in.count);
    return value;
}

LossValue valueOf(const TripletOptions &options, const LossInput &in)
{
    const Rows rows(in);
    const Tensor positive = distances(rows.a, rows.b).repeat({2});
    const Tensor negatives = ((2 - 2 * at::matmul(rows.views, rows.keys.t())).clamp_min(0) + tiny).sqrt();
    const Tensor same = rows.sameImage();
    LossValue value;
    if (options.mining == Mining::SemiHard) {
        const Tensor farther = negatives - positive.unsqueeze(1);
        const Tensor chosen = at::logical_not(same).logical_and(farther > 0).logical_and(farther <= options.margin);
        value.total = meanOrZero((options.margin - farther).masked_select(chosen), in.embeddings);
        return value;
    }
    Tensor negative;
    if (options.mining == Mining::Hard) {
        negative = std::get<0>(negatives.masked_fill(same, std::numeric_limits<double>::infinity()).min(1));
    } else {
        Random random(in.seed);
        std::vector<std::int64_t> chosen;
        const Tensor images = rows.images.to(at::kCPU), keyImages = rows.keyImages.to(at::kCPU);
        const auto *own = images.data_ptr<std::int64_t>(), *others = keyImages.data_ptr<std::int64_t>();
        const auto keys = static_cast<int>(rows.keys.size(0));
        for (std::int64_t i = 0; i < 2 * in.count; ++i) {
            int k = random.integer(0, keys - 1);
            for (int tried = 0; others[k] == own[i] && tried < keys; ++tried)
                k = (k + 1) % keys;
            chosen.push_back(k);
        }
        // A batch of copies of one image has no negative: such an anchor is far from it.
        negative = negatives.masked_fill(same, std::numeric_limits<double>::infinity())
                       .gather(1, at::tensor(chosen).to(negatives.device()).unsqueeze(1))
                       .squeeze(1);
    }
    value.total = (positive - negative + options.margin).clamp_min(0).mean();
    return value;
}

/// Logits of each view to every key; nothing for itself, for other files of the same image and earlier embeddings of
/// it, unless they are `wanted` (2 N x 2 N).
Tensor logitsOf(const Rows &rows, const Tensor &wanted, double temperature)
{
    const std::int64_t views = rows.views.size(0);
    Tensor excluded = rows.sameImage();
    const Tensor among =
        excluded.slice(1, 0, views).logical_and(at::logical_not(wanted)).logical_or(at::eye(views, excluded.options()));
    excluded.slice(1, 0, views).copy_(among);
    return (at::matmul(rows.views, rows.keys.t()) / temperature).masked_fill(excluded, never);
}

LossValue valueOf(const NtXentOptions &options, const LossInput &in)
{
    const Rows rows(in);
    const Tensor other = at::roll(at::arange(2 * in.count, rows.images.options()), in.count, 0);
    const Tensor wanted =
        at::zeros({2 * in.count, 2 * in.count}, other.options().dtype(at::kBool)).scatter_(1, other.unsqueeze(1), true);
    LossValue value;
    value.total = at::cross_entropy_loss(logitsOf(rows, wanted, options.temperature), other);
    return value;
}

LossValue valueOf(const SupConOptions &options, const LossInput &in)
{
    const Rows rows(in);
    const Tensor sameClass = rows.classes.unsqueeze(1) == rows.classes.unsqueeze(0);
    const Tensor logits = logitsOf(rows, sameClass, options.temperature);
    const Tensor positive = (rows.classes.unsqueeze(1) == rows.keyClasses.unsqueeze(0)).logical_and(logits != never);
    const Tensor surprise = at::where(positive, at::logsumexp(logits, {1}, true) - logits, at::zeros_like(logits));
    const Tensor count = positive.sum(1);
    LossValue value;
    value.total = meanOrZero((surprise.sum(1) / count.clamp_min(1)).masked_select(count > 0), in.embeddings);
    return value;
}

LossValue valueOf(const SimCseOptions &options, const LossInput &in)
{
    const Rows rows(in);
    const Tensor copies = (in.images.unsqueeze(1) == in.images.unsqueeze(0))
                              .logical_and(at::logical_not(at::eye(in.count, in.images.options().dtype(at::kBool))));
    std::vector<Tensor> logits{(at::matmul(rows.a, rows.b.t()) / options.temperature).masked_fill(copies, never)};
    if (in.embeddings.size(0) == 3 * in.count) {
        const Tensor own = in.images.unsqueeze(1) == in.hardImages.unsqueeze(0);
        logits.push_back((at::matmul(rows.a, in.embeddings.slice(0, 2 * in.count).t()) / options.temperature +
                          options.hardWeight * at::eye(in.count, rows.a.options()))
                             .masked_fill(own, never));
    }
    if (in.memory.defined() && in.memory.size(0) > 0)
        logits.push_back((at::matmul(rows.a, in.memory.t()) / options.temperature)
                             .masked_fill(in.images.unsqueeze(1) == in.memoryImages.unsqueeze(0), never));
    LossValue value;
    value.total = at::cross_entropy_loss(at::cat(logits, 1), at::arange(in.count, rows.images.options()));
    return value;
}

/// Nearest are those of other images, with classes of other classes.
Tensor entropyOf(const LossInput &in)
{
    const Rows rows(in);
    const Tensor match = rows.sameImage().logical_or(rows.classes.unsqueeze(1) == rows.keyClasses.unsqueeze(0));
    const Tensor nearest = std::get<0>(at::matmul(rows.views, rows.keys.t()).masked_fill(match, -1).max(1));
    return -(2 - 2 * nearest).clamp_min(1e-6).sqrt().log().mean();
}

Tensor overlapOf(const LossInput &in)
{
    constexpr double scale = 16, exponent = 3;
    const Tensor cells = in.cells / in.cells.norm(2, {2}, true).clamp_min(tiny);
    const Tensor others = at::roll(cells, in.count, 0);
    const Tensor shared = in.overlaps.pow(exponent),
                 alone = (1 - in.overlaps.sum({2}, true)).clamp_min(0).pow(exponent);
    const Tensor weights = shared / (shared.sum({2}, true) + alone);
    return -(weights * at::log_softmax(scale * at::matmul(cells, others.transpose(1, 2)), 2)).sum({2}).mean();
}

Tensor tensorOf(const cv::Mat &matrix)
{
    if (matrix.empty())
        return {};
    const Tensor tensor = at::empty({matrix.rows, matrix.cols}, at::kDouble);
    for (int row = 0; row < matrix.rows; ++row)
        std::memcpy(tensor.data_ptr<double>() + row * matrix.cols, matrix.ptr(row),
                    static_cast<std::size_t>(matrix.cols) * sizeof(double));
    return tensor;
}

cv::Mat matrixOf(const Tensor &tensor)
{
    const Tensor whole = tensor.contiguous();
    return cv::Mat(static_cast<int>(whole.size(0)), static_cast<int>(whole.size(1)), CV_64F, whole.data_ptr<double>())
        .clone();
}

Tensor numbers(const std::vector<int> &values)
{
    return at::tensor(std::vector<std::int64_t>(values.begin(), values.end()));
}

ObjectiveValue evaluated(const Objective &objective, const ObjectiveAdditions &additions, const ObjectiveInput &given)
{
    const Tensor embeddings = tensorOf(given.embeddings).requires_grad_();
    LossInput in;
    in.embeddings = unitRows(embeddings);
    in.count = static_cast<std::int64_t>(given.images.size());
    in.images = numbers(given.images);
    in.hardImages = numbers(given.hardImages);
    in.classes = given.classes.empty() ? in.images : numbers(given.classes);
    in.memory = tensorOf(given.memory);
    in.memoryImages = numbers(given.memoryImages);
    in.memoryClasses = given.memoryClasses.empty() ? in.memoryImages : numbers(given.memoryClasses);
    in.shift = given.shift;
    in.seed = given.seed;
    if (!given.siameseWeights.empty()) {
        const Tensor weights = tensorOf(given.siameseWeights).flatten();
        in.siameseWeight = weights.slice(0, 0, -1);
        in.siameseBias = weights[-1];
    }
    const Tensor cells = given.cells.empty() ? Tensor() : tensorOf(given.cells).requires_grad_();
    if (cells.defined()) {
        in.cells = cells.reshape({2 * in.count, -1, cells.size(1)});
        in.overlaps = tensorOf(given.overlaps).reshape({2 * in.count, in.cells.size(1), in.cells.size(1)});
    }
    const LossValue value = lossOf(objective, additions, in);
    value.total.backward();
    ObjectiveValue result;
    result.loss = value.total.item<double>();
    result.entropy = value.entropy.defined() ? value.entropy.item<double>() : 0;
    result.overlap = value.overlap.defined() ? value.overlap.item<double>() : 0;
    result.gradient = matrixOf(embeddings.grad());
    if (cells.defined())
        result.cellGradient = matrixOf(cells.grad());
    return result;
}

} // namespace

Tensor unitRows(const Tensor &rows)
{
    return rows / rows.norm(2, 1, true).clamp_min(tiny);
}

LossValue lossOf(const Objective &objective, const ObjectiveAdditions &additions, const LossInput &input)
{
    LossValue value = std::visit([&](const auto &options) { return valueOf(options, input); }, objective.options);
    if (additions.entropy > 0) {
        value.entropy = entropyOf(input);
        value.total = value.total + additions.entropy * value.entropy;
    }
    if (additions.overlap > 0) {
        value.overlap = overlapOf(input);
        value.total = value.total + additions.overlap * value.overlap;
    }
    return value;
}

} // namespace likeness

extern "C" __attribute__((visibility("default"))) void
likenessEvaluateObjective(const likeness::Objective &objective, const likeness::ObjectiveAdditions &additions,
                          const likeness::ObjectiveInput &input, likeness::ObjectiveValue &value)
{
    value = likeness::asOwnErrors([&] { return likeness::evaluated(objective, additions, input); });
}
