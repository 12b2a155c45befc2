// What calibration promises against what is held: reads rankings of `likeness-cli search --json`, one file a seed, and
// prints the table of docs/calibration.md. tests/bench/calibration_held.py makes the files.
#include "core/base/file.h"
#include "core/base/random.h"
#include "core/eval/calibration.h"

#include <cstdio>
#include <nlohmann/json.hpp>

using namespace likeness;

namespace {

struct Held {
    double sharesSum = 0, answersSum = 0, rightSum = 0, findableSum = 0;
    int promised = 0, seeds = 0;
};
struct Bin {
    double said = 0, right = 0, count = 0;
};
constexpr double promises[] = {0.9, 0.95, 0.99}, edges[] = {0, 0.5, 0.8, 0.9, 0.97, 1.01};

bool isRight(const NamedRanking &ranking, const GroundTruth &truth)
{
    return !ranking.candidates.empty() && truth.sourcesOf(ranking.query)->contains(ranking.candidates[0].source);
}

/// 300 of the queries in an order of the seed's own.
std::vector<NamedRanking> rankingsIn(const std::string &file, std::uint64_t seed)
{
    std::vector<NamedRanking> rankings;
    const auto json = nlohmann::json::parse(readText(file));
    for (const auto &result : json["results"]) {
        NamedRanking ranking{result["query"], {}};
        for (const auto &hit : result["ranked"])
            if (ranking.candidates.size() < candidatesPerQuery)
                ranking.candidates.push_back({hit["source"], hit["score"]});
        rankings.push_back(std::move(ranking));
    }
    Random random(seed);
    shuffle(rankings, random);
    rankings.resize(std::min(rankings.size(), std::size_t(300)));
    return rankings;
}

void add(const std::optional<Calibration> &calibration, const std::vector<NamedRanking> &judged,
         const GroundTruth &truth, std::span<Held> held, std::span<Bin> bins)
{
    for (std::size_t p = 0; p < std::size(promises); ++p) {
        const auto cut = calibration ? calibration->cutFor(promises[p]) : std::nullopt;
        double answers = 0, right = 0;
        for (const NamedRanking &ranking : judged) {
            held[p].findableSum += isRight(ranking, truth);
            if (cut && !ranking.candidates.empty() && double(ranking.candidates[0].score) >= *cut) {
                ++answers;
                right += isRight(ranking, truth);
            }
        }
        ++held[p].seeds;
        if (answers == 0)
            continue;
        ++held[p].promised;
        held[p].sharesSum += right / answers;
        held[p].answersSum += answers;
        held[p].rightSum += right;
    }
    for (const NamedRanking &ranking : judged)
        if (const auto sure = calibration ? calibration->probability(ranking) : std::nullopt) {
            const std::size_t at = std::size_t(std::ranges::upper_bound(edges, *sure) - std::begin(edges)) - 1;
            bins[at].said += *sure;
            bins[at].right += isRight(ranking, truth);
            ++bins[at].count;
        }
}

void print(const char *name, const char *kind, std::span<const Held> held, std::span<const Bin> bins)
{
    std::printf("| %s | %s |", name, kind);
    for (const Held &each : held)
        if (each.promised > 0)
            std::printf(" %.3f (%.0f; %.0f %%; %d) |", each.sharesSum / each.promised, each.answersSum / each.promised,
                        100 * each.rightSum / each.findableSum, each.seeds - each.promised);
        else
            std::printf(" none (%d) |", each.seeds);
    for (const Bin &bin : bins)
        if (bin.count > 0)
            std::printf(" %.2f: %.2f (%.0f) |", bin.said / bin.count, bin.right / bin.count, bin.count / held[0].seeds);
        else
            std::printf(" |");
    std::printf("\n");
}

} // namespace

/// NAME TRUTH.csv FILE...
int main(int argc, char **argv)
{
    if (argc < 4)
        return std::fprintf(stderr, "usage: bench_calibration NAME ground_truth.csv RANKINGS.json...\n"), 2;
    const GroundTruth truth = GroundTruth::read(argv[2]);
    Held without[3], with[3];
    Bin withoutBins[5], withBins[5];
    for (int i = 3; i < argc; ++i) {
        const std::vector<NamedRanking> all = rankingsIn(argv[i], std::uint64_t(i));
        add(Calibration::of(all, std::nullopt), all, truth, without, withoutBins);
        const auto half = all.begin() + std::ptrdiff_t(all.size() / 2);
        const std::vector<NamedRanking> fitted(all.begin(), half), others(half, all.end());
        add(Calibration::of(fitted, truth), others, truth, with, withBins);
    }
    print(argv[1], "without", without, withoutBins);
    print(argv[1], "with", with, withBins);
}
