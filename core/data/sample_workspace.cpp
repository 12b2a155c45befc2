#include "core/data/sample_workspace.h"

#include "core/base/csv.h"
#include "core/base/file.h"
#include "core/base/own_folder.h"
#include "core/base/parallel.h"
#include "core/data/attacks.h"
#include "core/data/image.h"
#include "core/data/procedural_scene.h"
#include "core/data/scene.h"
#include "core/data/source_query_csv.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <numeric>
#include <ostream>

namespace likeness {

namespace fs = std::filesystem;

namespace {

std::string numbered(const char *prefix, int n)
{
    const std::string digits = std::to_string(n);
    return prefix + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits + ".jpg";
}

void writeJpeg(const fs::path &path, const cv::Mat &pixels, int quality)
{
    const auto bytes = encodeJpeg(pixels, quality);
    writeFileAside(path, [&bytes](std::ostream &out) {
        out.write(reinterpret_cast<const char *>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    });
}

struct SampleQuery {
    std::string name, source, description;
};

/// One to three attacks, each kind once, none stronger than the number of attacks leaves recognisable.
AttackedImage attackedCopy(const cv::Mat &source, const cv::Mat &other, Random &random)
{
    const int count = random.integer(1, 3);
    AttackedImage copy{source, "", std::nullopt};
    std::vector<int> used;
    for (int i = 0; i < count; ++i) {
        int which = 0;
        do
            which = random.integer(0, static_cast<int>(attacks().size()) - 1);
        while (std::ranges::find(used, which) != used.end());
        used.push_back(which);
        const std::string before = copy.description;
        copy = attacks()[static_cast<std::size_t>(which)].apply(copy.pixels, random.uniform(0.1, 0.9) / count, random,
                                                                other);
        if (!before.empty())
            copy.description = before + "; " + copy.description;
    }
    return copy;
}

/// A query's number must not tell whether it has a source.
std::vector<int> shuffled(int count, std::uint64_t seed)
{
    std::vector<int> order(static_cast<std::size_t>(count));
    std::iota(order.begin(), order.end(), 0);
    Random random(seed);
    shuffle(order, random);
    return order;
}

cv::Mat picture(const SampleSpec &spec, int index)
{
    return spec.side > 0 ? renderProceduralScene(spec.seed, index, spec.side) : renderScene(spec.seed, index);
}

constexpr const char *marker = ".likeness-sample"; // says that the folder is ours to write

/// What an earlier call wrote and this one will not.
void removePicturesFrom(const fs::path &folder, const char *prefix, int first)
{
    std::vector<fs::path> surplus;
    for (const auto &entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        const int number = name.starts_with(prefix) ? std::atoi(name.c_str() + std::strlen(prefix)) : 0;
        if (number >= first && name == numbered(prefix, number))
            surplus.push_back(entry.path());
    }
    for (const fs::path &path : surplus)
        fs::remove(path);
}

} // namespace

void writeSampleWorkspace(const fs::path &folder, const SampleSpec &spec, TaskContext &context)
{
    requireOwnFolder(folder, {marker, [](const fs::path &) { return true; }});
    try {
        fs::create_directories(folder);
        writeFileAside(folder / marker, [](std::ostream &out) { out << "made by likeness-cli sample\n"; });
        fs::create_directories(folder / "dataset");
        fs::create_directories(folder / "query");
        fs::remove(folder / "ground_truth.csv");
        removePicturesFrom(folder / "dataset", "scene", spec.gallery + 1);
        removePicturesFrom(folder / "query", "query", spec.queriesWithSource + spec.queriesWithout + 1);
    } catch (const fs::filesystem_error &error) {
        throw Error(ErrorKind::Io, QT_TRANSLATE_NOOP("core", "cannot write %1: %2"),
                    {toUtf8(folder), error.code().message()});
    }
    context.stage(QT_TRANSLATE_NOOP("core", "Rendering the sample"), 1, 1);
    const int total = spec.gallery + spec.queriesWithSource + spec.queriesWithout;
    std::atomic<std::int64_t> done = 0;

    parallelFor(static_cast<std::size_t>(spec.gallery), context, [&](std::size_t i) {
        writeJpeg(folder / "dataset" / numbered("scene", static_cast<int>(i) + 1), picture(spec, static_cast<int>(i)),
                  92);
        context.progress(++done, total);
    });

    const std::vector<int> slots = shuffled(spec.queriesWithSource + spec.queriesWithout, spec.seed);
    std::vector<SampleQuery> queries(static_cast<std::size_t>(spec.queriesWithSource + spec.queriesWithout));
    parallelFor(queries.size(), context, [&](std::size_t i) {
        Random random = randomFor(spec.seed ^ 0xc0ffee, i);
        const bool hasSource = static_cast<int>(i) < spec.queriesWithSource;
        // Scenes behind the gallery's are of the same kinds, but in no gallery.
        const int sourceIndex = hasSource ? random.integer(0, spec.gallery - 1) : spec.gallery + static_cast<int>(i);
        const cv::Mat source = picture(spec, sourceIndex);
        const cv::Mat other = picture(spec, spec.gallery + 1000 + static_cast<int>(i));
        const AttackedImage copy = attackedCopy(source, other, random);
        queries[i] = {numbered("query", slots[i] + 1), hasSource ? numbered("scene", sourceIndex + 1) : "",
                      copy.description};
        writeJpeg(folder / "query" / queries[i].name, copy.pixels, 88);
        context.progress(++done, total);
    });

    std::ranges::sort(queries, {}, &SampleQuery::name);
    writeFileAside(folder / "transforms.csv", [&queries](std::ostream &out) {
        writeCsvRow(out, {"query", "transforms"});
        for (const SampleQuery &query : queries)
            writeCsvRow(out, {query.name, query.description});
    });
    std::vector<SourceQueryRow> rows;
    for (const SampleQuery &query : queries)
        rows.push_back({0, query.source, query.name});
    writeSourceQueryCsv(folder / "ground_truth.csv", rows);
}

} // namespace likeness
