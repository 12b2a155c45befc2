// How long a changed parameter takes from the change to the answer: with the engine before it, and from nothing but the
// cache of features.
//   bench_engine FOLDER RECIPE ASSIGNMENT CACHE_DIR [TIMES]
#include "core/data/workspace.h"
#include "core/search/engine.h"
#include "core/search/recipe_store.h"

#include <chrono>
#include <cstdio>

using namespace likeness;

namespace {

using Clock = std::chrono::steady_clock;

double msSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 5) {
        std::fprintf(stderr, "bench_engine FOLDER RECIPE ASSIGNMENT CACHE_DIR [TIMES]\n");
        return 2;
    }
    const Workspace workspace = Workspace::open(argv[1]);
    const auto cache = std::make_shared<FeatureCache>(argv[4], FeatureCache::defaultLimitBytes);
    const Recipe plain = recipeNamed(argv[2]);
    Recipe changed = plain;
    applyOverride(changed, argv[3]);
    const int times = argc > 5 ? std::atoi(argv[5]) : 5;
    const QueryPart query{.image = workspace.queries[0].path};
    const auto answered = [&](const Recipe &recipe, std::shared_ptr<const Engine> before,
                              std::shared_ptr<const QueryMemo> *memo, std::shared_ptr<const Engine> &engine) {
        const auto start = Clock::now();
        engine = Engine::build(recipe, workspace.gallery, cache, TaskContext::none(), std::move(before));
        engine->searchParts({&query, 1}, {}, 10, memo);
        return msSince(start);
    };
    std::shared_ptr<const Engine> engine, other;
    std::shared_ptr<const QueryMemo> memo;
    std::printf("first, from the cache: %.1f ms\n", answered(plain, nullptr, &memo, engine));
    for (int i = 0; i < times; ++i) {
        const bool there = i % 2 == 0;
        const double with = answered(there ? changed : plain, engine, &memo, engine);
        const double without = answered(there ? changed : plain, nullptr, nullptr, other);
        std::printf("%s: %.1f ms with the engine before, %.1f ms without;", there ? argv[3] : "back", with, without);
        for (const StageReport &stage : engine->stages())
            if (stage.fresh)
                std::printf(" %s %.1f ms", stage.stage.c_str(), 1000 * stage.seconds);
        std::printf("\n");
    }
}
