#include "core/nets/models/model_card.h"

#include "core/base/file.h"
#include "core/base/file_hash.h"
#include "core/base/json_text.h"
#include "core/nets/recognise/model_config.h"

#include <nlohmann/json.hpp>

namespace likeness {

ModelCard ModelCard::read(const std::filesystem::path &path)
{
    const auto json = parseJson(readText(path));
    ModelCard card;
    card.folder = path.parent_path();
    card.id = toUtf8(card.folder.filename());
    for (const auto &[key, member] :
         std::initializer_list<std::pair<const char *, std::string *>>{{"title", &card.title},
                                                                       {"library", &card.library},
                                                                       {"format", &card.format},
                                                                       {"source", &card.source},
                                                                       {"weights", &card.weights}})
        *member = json.at(key).get<std::string>();
    if (const auto files = json.find("weight_files"); files != json.end())
        for (const auto &file : *files)
            card.weightFiles.push_back({file.at("name").get<std::string>(), file.at("hash").get<std::string>()});
    else if (!card.weights.ends_with(".json")) // an older import: the hash was that of the only file
        card.weightFiles.push_back({card.weights, json.at("hash").get<std::string>()});
    card.bytes = json.at("bytes").get<std::int64_t>();
    card.dimension = json.at("dimension").get<int>();
    card.text = json.at("text").get<bool>();
    card.preprocessing = Preprocessing::fromJson(json.at("preprocessing"));
    if (const auto &quick = json.at("quick_gelu"); quick.is_boolean())
        card.choices.quickGelu = quick.get<bool>();
    card.choices.heads = json.at("heads").get<int>();
    card.choices.resizePx = json.value("resize_px", 0);
    card.choices.runProgram = json.value("run_program", false);
    card.unused = json.at("unused").get<std::vector<std::string>>();
    card.family = json.value("family", "");
    card.program = json.value("program", "");
    card.licence = json.value("licence", "");
    card.homepage = json.value("homepage", "");
    for (const auto &note : json.at("notes"))
        card.notes.push_back(StoredMessage::fromJson(note));
    card.fingerprint = json.at("fingerprint").get<std::vector<float>>();
    card.imageMs = json.at("image_ms").get<double>();
    card.hash = card.identity();
    return card;
}

std::string ModelCard::identity() const
{
    if (weightFiles.empty())
        return {};
    nlohmann::json said{{"preprocessing", preprocessing.toJson()},
                        {"quick_gelu", choices.quickGelu ? nlohmann::json(*choices.quickGelu) : nlohmann::json()},
                        {"heads", choices.heads},
                        {"resize_px", choices.resizePx},
                        {"run_program", choices.runProgram}};
    for (const ModelFile &file : weightFiles)
        said["files"][file.name] = file.hash;
    for (const char *name : ModelConfig::files)
        if (std::error_code none; std::filesystem::exists(folder / name, none))
            said["described"][name] = toHex(fileHash(folder / name));
    return toHex(contentHash(dumpJson(nlohmann::ordered_json(said), -1)));
}

nlohmann::ordered_json ModelCard::toJson() const
{
    auto noted = nlohmann::ordered_json::array(), files = nlohmann::ordered_json::array();
    for (const ModelFile &file : weightFiles)
        files.push_back({{"name", file.name}, {"hash", file.hash}});
    for (const StoredMessage &note : notes)
        noted.push_back(note.toJson());
    return {{"id", id},
            {"title", title},
            {"library", library},
            {"family", family},
            {"format", format},
            {"source", source},
            {"weights", weights},
            {"program", program},
            {"hash", hash},
            {"weight_files", files},
            {"bytes", bytes},
            {"dimension", dimension},
            {"text", text},
            {"preprocessing", preprocessing.toJson()},
            {"quick_gelu", choices.quickGelu ? nlohmann::ordered_json(*choices.quickGelu) : nlohmann::ordered_json()},
            {"heads", choices.heads},
            {"resize_px", choices.resizePx},
            {"run_program", choices.runProgram},
            {"licence", licence},
            {"homepage", homepage},
            {"unused", unused},
            {"notes", noted},
            {"fingerprint", fingerprint},
            {"image_ms", imageMs}};
}

} // namespace likeness
