#include "core/eval/attack_table.h"

#include "core/base/parallel.h"
#include "core/data/attacks.h"
#include "core/data/scene.h"
#include "core/search/engine.h"

#include <algorithm>
#include <atomic>

namespace likeness {

namespace {

constexpr int copyQuality = 95; // JPEG quality of the copies: nearly lossless beside the attack itself

struct CopyScores {
    float right = noScore, bestWrong = noScore;
};

CopyScores scoresOfCopy(const Engine &engine, const AttackedImage &copy, ImageId source)
{
    const QueryResult result = engine.searchBytes(encodeJpeg(copy.pixels, copyQuality), "copy", 1);
    CopyScores scores;
    for (std::size_t i = 0; i < result.scores.size(); ++i) {
        float &side = static_cast<ImageId>(i) == source ? scores.right : scores.bestWrong;
        side = std::max(side, result.scores[i]);
    }
    return scores;
}

double recallAtFullPrecision(const std::vector<CopyScores> &copies)
{
    const float threshold = std::ranges::max_element(copies, {}, &CopyScores::bestWrong)->bestWrong;
    const auto found = std::ranges::count_if(copies, [&](const CopyScores &c) { return c.right > threshold; });
    return static_cast<double>(found) / static_cast<double>(copies.size());
}

} // namespace

std::vector<AttackRecall> attackRecall(const Recipe &recipe, const ImageSet &images, double strength,
                                       std::uint64_t seed, TaskContext &context)
{
    const auto engine = Engine::build(recipe, images, nullptr, context);
    const auto count = static_cast<std::size_t>(images.size());
    std::vector<std::vector<CopyScores>> scores(attacks().size(), std::vector<CopyScores>(count));
    std::atomic<std::int64_t> done = 0;
    parallelFor(count, context, [&](std::size_t i) {
        const auto id = static_cast<ImageId>(i);
        try {
            const cv::Mat source = loadImage(images[id].path).pixels;
            // Pasted onto a picture that no gallery has: a member of it would be a right answer too.
            const cv::Mat other = renderScene(seed, id);
            for (std::size_t a = 0; a < attacks().size(); ++a) {
                const AttackedImage copy = applyAttack(attacks()[a].id, source, strength, seed + i, other);
                scores[a][i] = scoresOfCopy(*engine, copy, id);
            }
        } catch (const std::exception &error) {
            context.problem({images[id].name, messageOf(error)});
        }
        context.progress(++done, images.size());
    });
    std::vector<AttackRecall> table;
    for (std::size_t a = 0; a < attacks().size(); ++a)
        table.push_back({attacks()[a].id, count > 0 ? recallAtFullPrecision(scores[a]) : 0});
    return table;
}

} // namespace likeness
