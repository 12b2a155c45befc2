// How long a changed parameter takes from the change to the answer: with the engine before it, and from nothing but the
// cache of features.
//   bench_engine FOLDER RECIPE ASSIGNMENT CACHE_DIR [QUERIES]
#include "core/base/stopwatch.h"
#include "core/data/workspace.h"
#include "core/search/engine.h"
#include "core/search/recipe_store.h"

#include <algorithm>
#include <cstdio>

using namespace likeness;

int main(int argc, char **argv)
{
    if (argc < 5) {
        std::fprintf(stderr, "bench_engine FOLDER RECIPE ASSIGNMENT CACHE_DIR [QUERIES]\n");
        return 2;
    }
    const Workspace workspace = Workspace::open(argv[1]);
    const auto cache = std::make_shared<FeatureCache>(argv[4], FeatureCache::defaultLimitBytes);
    const Recipe plain = recipeNamed(argv[2]);
    Recipe changed = plain;
    applyOverride(changed, argv[3]);
    const int most = std::min(argc > 5 ? std::atoi(argv[5]) : 20, int(workspace.queries.size()));
    const auto build = [&](const Recipe &recipe, const std::shared_ptr<const Engine> &before) {
        return Engine::build(recipe, workspace.gallery, cache, TaskContext::none(), before);
    };
    const auto before = build(plain, nullptr);
    std::vector<double> with, without;
    for (int i = 0; i < most; ++i) {
        const QueryPart query{.image = workspace.queries[i].path};
        std::shared_ptr<const QueryMemo> memo;
        before->searchParts({&query, 1}, {}, 10, &memo);
        const Stopwatch taking;
        const auto engine = build(changed, before);
        engine->searchParts({&query, 1}, {}, 10, &memo);
        with.push_back(taking.ms());
        const Stopwatch anew;
        build(changed, nullptr)->searchParts({&query, 1}, {}, 10);
        without.push_back(anew.ms());
        if (i != 1) // the first one fills the cache
            continue;
        for (const StageReport &stage : engine->stages())
            if (stage.fresh)
                std::printf("anew: %s %.1f ms\n", stage.stage.c_str(), 1000 * stage.seconds);
    }
    for (auto *times : {&with, &without}) {
        times->erase(times->begin()); // the first one fills the cache
        std::ranges::sort(*times);
        std::printf("%s: median %.1f ms, worst %.1f ms of %zu queries\n",
                    times == &with ? "with the engine before" : "without it", (*times)[times->size() / 2],
                    times->back(), times->size());
    }
}
