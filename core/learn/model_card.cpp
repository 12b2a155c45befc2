#include "core/learn/model_card.h"

#include "core/base/file.h"
#include "core/base/json_text.h"

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
                                                                       {"weights", &card.weights},

                                                                       {"hash", &card.hash}})
        *member = json.at(key).get<std::string>();
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
    return card;
}

nlohmann::ordered_json ModelCard::toJson() const
{
    auto noted = nlohmann::ordered_json::array();
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
