#include "core/nets/models/model_files.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/weights/weight_file.h"

#include <algorithm>
#include <span>

namespace fs = std::filesystem;

namespace likeness {

namespace {

constexpr const char *descriptions[] = {"config.json", "preprocessor_config.json", "open_clip_config.json", "README.md",
                                        "LICENSE"};

} // namespace

fs::path weightsOfModel(const fs::path &path)
{
    if (!fs::is_directory(path))
        return path;
    for (const char *name : {"model.safetensors.index.json", "model.safetensors", "open_clip_model.safetensors",
                             "open_clip_pytorch_model.bin", "pytorch_model.bin"})
        if (fs::exists(path / name))
            return path / name;
    for (const auto &entry : fs::directory_iterator(path))
        for (const char *extension : {".safetensors", ".pth", ".pt", ".bin", ".onnx"})
            if (entry.path().extension() == extension)
                return entry.path();
    throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "there is no file of weights in the folder %1"),
                {toUtf8(path)});
}

std::vector<fs::path> filesOfModel(const fs::path &weights, bool text, const std::vector<std::string> &foreign)
{
    std::vector<fs::path> files{weights};
    const bool sharded = weights.extension() == ".json";
    for (const std::span<const char *const> names :
         {std::span<const char *const>(descriptions), std::span<const char *const>(vocabularyFiles)})
        for (const char *name : names)
            if ((text || names.data() != vocabularyFiles) && fs::exists(weights.parent_path() / name) &&
                weights.filename() != name && std::ranges::find(foreign, name) == foreign.end())
                files.push_back(weights.parent_path() / name);
    if (sharded)
        for (const auto &entry : fs::directory_iterator(weights.parent_path()))
            if (entry.path().extension() == ".safetensors")
                files.push_back(entry.path());
    return files;
}

std::string modelIdFrom(const fs::path &given)
{
    std::string name = toUtf8(given.filename());
    for (const char *ending : weightEndings)
        if (name.ends_with(ending) && name.size() > std::string_view(ending).size()) {
            name.resize(name.size() - std::string_view(ending).size());
            break;
        }
    std::string id;
    for (const char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
        id += plain ? c : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : '-';
    }
    return id;
}

std::vector<std::string> weightFilesOfModel(const fs::path &folder, const std::string &weights)
{
    std::vector<std::string> names;
    if (weights.ends_with(".json"))
        for (const auto &entry : fs::directory_iterator(folder))
            if (entry.path().extension() == ".safetensors")
                names.push_back(toUtf8(entry.path().filename()));
    std::ranges::sort(names);
    names.insert(names.begin(), weights);
    return names;
}

} // namespace likeness
