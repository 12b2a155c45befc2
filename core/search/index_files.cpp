#include "core/search/index_files.h"

#include "core/base/file.h"
#include "core/base/file_hash.h"
#include "core/base/folder_lock.h"
#include "core/base/json_text.h"
#include "core/base/mapped_file.h"

#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <unistd.h>

namespace likeness {

namespace {

using Json = nlohmann::ordered_json;
constexpr int formatVersion = 3;
constexpr const char *manifestName = "manifest.json";
constexpr const char *formatName = "likeness-index";

[[noreturn]] void refuseTooShort(const std::filesystem::path &file)
{
    refuseDamaged(file, Message{QT_TRANSLATE_NOOP("core", "it is too short"), {}});
}

[[noreturn]] void refuseManifest(const std::filesystem::path &file)
{
    refuseDamaged(file, Message{QT_TRANSLATE_NOOP("core", "its numbers and files do not fit together"), {}});
}

template <class Value> void put(std::ostream &stream, const Value &value)
{
    stream.write(reinterpret_cast<const char *>(&value), sizeof value);
}

template <class Value> Value taken(std::span<const std::uint8_t> &bytes, const std::filesystem::path &path)
{
    Value value{};
    if (bytes.size() < sizeof value)
        refuseTooShort(path);
    std::memcpy(&value, bytes.data(), sizeof value);
    bytes = bytes.subspan(sizeof value);
    return value;
}

bool isGenerationFile(const std::string &name)
{
    static const std::regex pattern(
        R"(generation-\d+\.(images|rows|raw|codes|(column|passing|index|ranker|transform)-\d+(-\d+)?))");
    return std::regex_match(name, pattern);
}

} // namespace

IndexManifest IndexManifest::read(const std::filesystem::path &folder)
{
    const std::filesystem::path path = folder / manifestName;
    if (!std::filesystem::exists(path))
        throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "%1 holds no index: \"index build\" makes one"),
                    {toUtf8(folder)});
    IndexManifest manifest;
    try {
        const auto json = parseJson(readText(path));
        if (json.at("format") != formatName || json.at("version") != formatVersion)
            throw Error(ErrorKind::Format,
                        QT_TRANSLATE_NOOP("core", "%1 is an index of another version (%2, this program has %3): build "
                                                  "it again"),
                        {toUtf8(folder), json.at("version").dump(), std::to_string(formatVersion)});
        manifest.generation = json.at("generation");
        manifest.source = json.at("source");
        manifest.recipe = Recipe::fromJson(json.at("recipe"), toUtf8(path));
        manifest.stages = json.at("stages");
        manifest.columns = json.at("columns");
        manifest.width = json.at("width");
        manifest.images = json.at("images");
        manifest.rows = json.at("rows");
        manifest.effort = json.at("effort");
        manifest.recall = json.at("recall");
        for (const auto &[role, file] : json.at("files").items())
            manifest.files[role] = {file.at("name"), file.at("bytes"), file.at("hash")};
    } catch (const nlohmann::json::exception &error) {
        refuseDamaged(path, error.what());
    }
    for (const auto &[role, file] : manifest.files)
        if (std::filesystem::path(file.name).filename() != file.name)
            refuseDamaged(path, file.name);
    if (manifest.images < 0 || !manifest.files.contains("images") ||
        !std::ranges::all_of(manifest.columns,
                             [&](const auto &column) { return manifest.files.contains(column.second); }))
        refuseManifest(path);
    return manifest;
}

void IndexManifest::write(const std::filesystem::path &folder) const
{
    Json json{{"format", formatName},      {"version", formatVersion},
              {"generation", generation},  {"source", source},
              {"recipe", recipe.toJson()}, {"stages", stages},
              {"columns", columns},        {"width", width},
              {"images", images},          {"rows", rows},
              {"effort", effort},          {"recall", recall},
              {"files", Json::object()}};
    for (const auto &[role, file] : files)
        json["files"][role] = {{"name", file.name}, {"bytes", file.bytes}, {"hash", file.hash}};
    writeFileAside(folder / manifestName, [&](std::ostream &stream) { stream << dumpJson(json) << '\n'; });
}

std::filesystem::path fileOf(const std::filesystem::path &folder, const IndexManifest &manifest,
                             const std::string &role)
{
    const auto found = manifest.files.find(role);
    if (found == manifest.files.end())
        refuseDamaged(folder, Message{QT_TRANSLATE_NOOP("core", "no file of \"%1\""), {role}});
    return folder / found->second.name;
}

bool isColumn(const std::string &role)
{
    return role.starts_with("column-");
}

IndexManifest::File describedFile(const std::filesystem::path &path)
{
    return {toUtf8(path.filename()), static_cast<std::int64_t>(std::filesystem::file_size(path)),
            toHex(fileHash(path))};
}

void checkFile(const std::filesystem::path &folder, const IndexManifest::File &file, bool content)
{
    const std::filesystem::path path = folder / file.name;
    std::error_code failed;
    const auto size = std::filesystem::file_size(path, failed);
    if (failed)
        refuseDamaged(path, failed.message());
    if (static_cast<std::int64_t>(size) != file.bytes)
        refuseDamaged(path, Message{QT_TRANSLATE_NOOP("core", "%1 of %2 bytes"),
                                    {std::to_string(size), std::to_string(file.bytes)}});
    if (content && toHex(fileHash(path)) != file.hash)
        refuseDamaged(path, Message{QT_TRANSLATE_NOOP("core", "its bytes are not those that were written"), {}});
}

std::string generationFile(int generation, const std::string &role)
{
    return "generation-" + std::to_string(generation) + "." + role;
}

FolderMark indexMark()
{
    const auto isOurs = [](const std::filesystem::path &file) {
        try {
            const auto json = parseJson(readText(file));
            return json.is_object() && json.value("format", "") == formatName;
        } catch (const std::exception &) {
            return false; // what cannot be understood is not ours to replace
        }
    };
    return {manifestName, isOurs,
            [](const std::string &name) { return name == FolderLock::fileName || isGenerationFile(name); }};
}

bool holdsIndex(const std::filesystem::path &folder)
{
    if (indexMark().isOurs(folder / manifestName))
        return true;
    std::error_code none;
    const auto files = std::filesystem::directory_iterator(folder, none);
    return std::ranges::any_of(begin(files), end(files),
                               [](const auto &entry) { return isGenerationFile(toUtf8(entry.path().filename())); });
}

void removeOtherGenerations(const std::filesystem::path &folder, const IndexManifest *current)
{
    std::error_code ignored;
    for (const auto &entry : std::filesystem::directory_iterator(folder, ignored)) {
        const std::string name = toUtf8(entry.path().filename());
        const auto target = fileOfAside(name);
        const bool ours =
            (isGenerationFile(target.value_or(name)) || target == manifestName) && entry.is_regular_file(ignored);
        const bool used = current != nullptr && std::ranges::any_of(current->files, [&](const auto &file) {
                              return file.second.name == name;
                          });
        if (ours && !used)
            std::filesystem::remove(entry.path(), ignored);
    }
}

std::vector<std::optional<FileStamp>> stampsOf(const std::vector<IndexedImage> &images)
{
    std::vector<std::optional<FileStamp>> stamps;
    for (const IndexedImage &image : images)
        stamps.push_back(image.stamp);
    return stamps;
}

void writeImageList(const std::filesystem::path &path, const std::vector<IndexedImage> &images)
{
    writeFileAside(path, [&](std::ostream &stream) {
        put(stream, static_cast<std::uint64_t>(images.size()));
        for (const IndexedImage &image : images) {
            put(stream, static_cast<std::uint32_t>(image.name.size()));
            stream.write(image.name.data(), static_cast<std::streamsize>(image.name.size()));
            const FileStamp stamp = image.stamp.value_or(FileStamp{-1, 0});
            put(stream, stamp.size);
            put(stream, stamp.mtimeNs);
            put(stream, static_cast<std::uint8_t>(image.failed));
        }
    });
}

std::vector<IndexedImage> readImageList(const std::filesystem::path &path)
{
    const MappedFile mapped(path);
    std::span bytes(reinterpret_cast<const std::uint8_t *>(mapped.bytes().data()), mapped.bytes().size());
    const auto count = taken<std::uint64_t>(bytes, path);
    std::vector<IndexedImage> images;
    for (std::uint64_t i = 0; i < count; ++i) {
        IndexedImage image;
        const auto length = taken<std::uint32_t>(bytes, path);
        if (bytes.size() < length)
            refuseTooShort(path);
        image.name.assign(reinterpret_cast<const char *>(bytes.data()), length);
        bytes = bytes.subspan(length);
        const auto size = taken<std::int64_t>(bytes, path), time = taken<std::int64_t>(bytes, path);
        if (size >= 0)
            image.stamp = FileStamp{size, time};
        image.failed = taken<std::uint8_t>(bytes, path) != 0;
        images.push_back(std::move(image));
    }
    return images;
}

} // namespace likeness
