#include "core/train/checkpoint.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/plain_text.h"
#include "core/weights/readers.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace fs = std::filesystem;

namespace likeness {

namespace {

constexpr const char *key = "likeness_checkpoint", *prefix = "step-", *ending = ".safetensors";
constexpr std::size_t kept = 2;

/// Of all that a checkpoint says, so that no flipped bit passes.
std::string hashOf(const Checkpoint &checkpoint)
{
    std::string hashes = std::to_string(checkpoint.step) + ' ';
    for (const double number : {checkpoint.seconds, checkpoint.best, checkpoint.meanLoss, checkpoint.firstLoss})
        hashes += roundedText(number, 17) + ' ';
    for (const auto &[name, tensor] : checkpoint.tensors)
        hashes += name + toHex(contentHash(std::span(reinterpret_cast<const std::uint8_t *>(tensor.values.data()),
                                                     tensor.values.size() * sizeof(float))));
    return toHex(contentHash(hashes));
}

} // namespace

fs::path CheckpointFolder::fileOf(std::int64_t step) const
{
    char name[48];
    std::snprintf(name, sizeof name, "%s%08lld%s", prefix, static_cast<long long>(step), ending);
    return m_folder / name;
}

void CheckpointFolder::write(const Checkpoint &checkpoint) const
{
    std::error_code failed;
    fs::create_directories(m_folder, failed);
    const nlohmann::ordered_json json = {
        {"step", checkpoint.step},          {"seconds", checkpoint.seconds},      {"best", checkpoint.best},
        {"mean_loss", checkpoint.meanLoss}, {"first_loss", checkpoint.firstLoss}, {"hash", hashOf(checkpoint)}};
    writeSafetensors(fileOf(checkpoint.step), checkpoint.tensors, {{key, json.dump()}});
    std::size_t older = 0;
    for (const std::int64_t step : steps())
        if (step < checkpoint.step && ++older >= kept)
            fs::remove(fileOf(step), failed);
}

void CheckpointFolder::removeNewerThan(std::int64_t last) const
{
    std::error_code failed;
    for (const std::int64_t step : steps())
        if (step > last)
            fs::remove(fileOf(step), failed);
}

std::vector<std::int64_t> CheckpointFolder::steps() const
{
    std::vector<std::int64_t> all;
    std::error_code none;
    for (const auto &entry : fs::directory_iterator(m_folder, none)) {
        const std::string name = toUtf8(entry.path().filename());
        if (name.starts_with(prefix) && name.ends_with(ending))
            all.push_back(std::strtoll(name.c_str() + std::string_view(prefix).size(), nullptr, 10));
    }
    std::ranges::sort(all, std::greater());
    return all;
}

Checkpoint CheckpointFolder::read(std::int64_t step) const
{
    const fs::path path = fileOf(step);
    const WeightFile file = readWeightFile(path);
    const auto said = file.metadata.find(key);
    if (said == file.metadata.end())
        throwDamaged(toUtf8(path), {QT_TRANSLATE_NOOP("core", "it is no checkpoint of a training run"), {}});
    try {
        const auto json = nlohmann::json::parse(said->second);
        Checkpoint checkpoint{json.at("step").get<std::int64_t>(), json.at("seconds").get<double>(),
                              json.at("best").get<double>(),       json.at("mean_loss").get<double>(),
                              json.at("first_loss").get<double>(), readTensors(file)};
        if (checkpoint.step == step && hashOf(checkpoint) == json.at("hash").get<std::string>())
            return checkpoint;
    } catch (const nlohmann::json::exception &error) {
        throwDamaged(toUtf8(path),
                     {QT_TRANSLATE_NOOP("core", "what it says of its network cannot be read: %1"), {error.what()}});
    }
    throwDamaged(toUtf8(path), {QT_TRANSLATE_NOOP("core", "its content is not what was written"), {}});
}

} // namespace likeness
