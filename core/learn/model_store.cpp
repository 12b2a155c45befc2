#include "core/learn/model_store.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/mapped_file.h"
#include "core/base/params.h"
#include "core/data/scene.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <mutex>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <unistd.h>

namespace fs = std::filesystem;

namespace likeness {

namespace {

constexpr const char *cardName = "model.json";
constexpr std::size_t fingerprintEntries = 16;

/// The file of weights that a path means.
fs::path weightsIn(const fs::path &path)
{
    if (!fs::is_directory(path))
        return path;
    for (const char *name : {"model.safetensors.index.json", "model.safetensors", "open_clip_model.safetensors",
                             "open_clip_pytorch_model.bin", "pytorch_model.bin"})
        if (fs::exists(path / name))
            return path / name;
    for (const auto &entry : fs::directory_iterator(path))
        for (const char *extension : {".safetensors", ".pth", ".pt", ".bin"})
            if (entry.path().extension() == extension)
                return entry.path();
    throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "there is no file of weights in the folder %1"),
                {toUtf8(path)});
}

/// The weights and what describes them: shards, configuration, vocabularies.
std::vector<fs::path> filesOf(const fs::path &weights)
{
    std::vector<fs::path> files{weights};
    const bool sharded = weights.extension() == ".json";
    static constexpr const char *companions[] = {"config.json",
                                                 "preprocessor_config.json",
                                                 "open_clip_config.json",
                                                 "tokenizer.json",
                                                 "vocab.json",
                                                 "merges.txt",
                                                 "vocab.txt",
                                                 "bpe_simple_vocab_16e6.txt.gz",
                                                 "tokenizer_config.json",
                                                 "README.md",
                                                 "LICENSE"};
    for (const char *name : companions)
        if (fs::exists(weights.parent_path() / name) && weights.filename() != name)
            files.push_back(weights.parent_path() / name);
    if (sharded)
        for (const auto &entry : fs::directory_iterator(weights.parent_path()))
            if (entry.path().extension() == ".safetensors")
                files.push_back(entry.path());
    return files;
}

std::string idFrom(const fs::path &weights, const fs::path &given)
{
    std::string name = toUtf8(fs::is_directory(given) ? fs::canonical(given).filename() : weights.filename());
    for (const char *ending :
         {".safetensors.index.json", ".safetensors", ".pth.tar", ".torchscript.pt", ".pth", ".pt", ".bin"})
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

bool isValidId(const std::string &id)
{
    return !id.empty() && id.front() != '.' && id.find_first_of("/\\") == std::string::npos;
}

std::string hashOf(const fs::path &path)
{
    const MappedFile file(path);
    const auto bytes = file.bytes();
    return toHex(contentHash(std::span(reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size())));
}

ModelCard cardFrom(const fs::path &folder)
{
    const auto json = nlohmann::json::parse(readText(folder / cardName));
    ModelCard card;
    card.id = toUtf8(folder.filename());
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
    card.unused = json.at("unused").get<std::vector<std::string>>();
    card.notes = json.at("notes").get<std::vector<std::string>>();
    card.fingerprint = json.at("fingerprint").get<std::vector<float>>();
    card.imageMs = json.at("image_ms").get<double>();
    return card;
}

std::vector<float> builtInImages(const Preprocessing &how)
{
    std::vector<float> batch;
    for (const int scene : {1, 2}) {
        const auto values = preprocessed(renderScene(1, scene), how);
        batch.insert(batch.end(), values.begin(), values.end());
    }
    return batch;
}

[[noreturn]] void failCheck(const std::string &id, const Message &reason)
{
    throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "model %1 failed its check: %2"),
                {id, reason.localised()});
}

double cosineOf(const cv::Mat &a, const cv::Mat &b)
{
    return a.dot(b) / std::max(1e-30, cv::norm(a) * cv::norm(b));
}

/// Two images: finite, not zero, unlike each other, the same alone as together. Fills fingerprint and speed.
void checkAnswers(const Network &network, ModelCard &card)
{
    const std::vector<float> batch = builtInImages(card.preprocessing);
    const int side = card.preprocessing.cropPx;
    const cv::Mat both = network.run(batch, side, false).vectors;
    if (!cv::checkRange(both))
        failCheck(card.id, {QT_TRANSLATE_NOOP("core", "its answers are no numbers"), {}});
    if (cosineOf(both.row(0), both.row(1)) > 0.999999)
        failCheck(card.id, {QT_TRANSLATE_NOOP("core", "it answers the same to two different images"), {}});
    double best = 1e9;
    cv::Mat alone;
    for (int i = 0; i < 3; ++i) {
        const auto start = std::chrono::steady_clock::now();
        alone = network.run(std::span(batch).first(batch.size() / 2), side, false).vectors;
        best =
            std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    if (cosineOf(alone, both.row(0)) < 0.99999)
        failCheck(card.id,
                  {QT_TRANSLATE_NOOP("core", "it answers otherwise to an image alone than to it among others"), {}});
    card.imageMs = best;
    const auto entries = std::min<std::size_t>(fingerprintEntries, static_cast<std::size_t>(alone.cols));
    card.fingerprint.assign(alone.ptr<float>(), alone.ptr<float>() + entries);
}

/// A folder that vanishes unless it is renamed.
class Draft {
public:
    explicit Draft(fs::path path) : m_path(std::move(path)) { fs::create_directories(m_path); }
    ~Draft()
    {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    const fs::path &path() const { return m_path; }

private:
    fs::path m_path;
};

ModelCard describe(const NetworkModel &model, const std::string &id, const ImportChoices &choices)
{
    ModelCard card;
    card.id = id;
    card.title = model.title;
    card.library = model.library;
    card.format = nameOf(model.file->format);
    card.dimension = model.image.dimension;
    card.text = model.text.has_value();
    card.preprocessing = model.preprocessing;
    card.choices = choices;
    card.unused = model.unused;
    card.bytes = model.file->fileBytes;
    for (const Message &note : model.notes)
        card.notes.push_back(note.english());
    return card;
}

} // namespace

nlohmann::ordered_json ModelCard::toJson() const
{
    return {{"id", id},
            {"title", title},
            {"library", library},
            {"format", format},
            {"source", source},
            {"weights", weights},
            {"hash", hash},
            {"bytes", bytes},
            {"dimension", dimension},
            {"text", text},
            {"preprocessing", preprocessing.toJson()},
            {"quick_gelu", choices.quickGelu ? nlohmann::ordered_json(*choices.quickGelu) : nlohmann::ordered_json()},
            {"heads", choices.heads},
            {"unused", unused},
            {"notes", notes},
            {"fingerprint", fingerprint},
            {"image_ms", imageMs}};
}

ModelStore ModelStore::user()
{
    const char *given = std::getenv("LIKENESS_MODEL_DIR");
    return ModelStore(given && *given ? fs::path(given) : userDataFolder() / "models");
}

std::vector<ModelCard> ModelStore::list() const
{
    std::vector<ModelCard> cards;
    std::error_code none;
    for (const auto &entry : fs::directory_iterator(m_folder, none)) {
        if (!entry.is_directory(none) || toUtf8(entry.path().filename()).starts_with('.') ||
            !fs::exists(entry.path() / cardName, none))
            continue;
        try {
            cards.push_back(cardFrom(entry.path()));
        } catch (const std::exception &) {
            continue; // not ours
        }
    }
    std::ranges::sort(cards, {}, &ModelCard::id);
    return cards;
}

ModelCard ModelStore::card(const std::string &id) const
{
    const auto cards = list();
    if (cards.empty())
        throw Error(ErrorKind::NotFound,
                    QT_TRANSLATE_NOOP("core", "no model is installed: import a file of weights first"), {});
    const auto found = id.empty() ? cards.begin() : std::ranges::find(cards, id, &ModelCard::id);
    if (found != cards.end())
        return *found;
    std::vector<std::string> known;
    for (const ModelCard &card : cards)
        known.push_back(card.id);
    throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "there is no model \"%1\"; the nearest is \"%2\""),
                {id, nearest(id, known)});
}

ModelCard ModelStore::import(const fs::path &path, std::string id, const ImportChoices &choices,
                             TaskContext &task) const
{
    const fs::path weights = weightsIn(path);
    const NetworkModel model = recogniseNetwork(weights, choices);
    if (id.empty())
        id = idFrom(weights, path);
    if (!isValidId(id))
        throw Error(ErrorKind::InvalidArgument, QT_TRANSLATE_NOOP("core", "\"%1\" cannot be the name of a model"),
                    {id});
    if (fs::exists(m_folder / id))
        throw Error(ErrorKind::InvalidArgument, QT_TRANSLATE_NOOP("core", "there is a model \"%1\" already"), {id});
    ModelCard card = describe(model, id, choices);
    card.source = toUtf8(weights.filename());
    card.weights = card.source;
    checkAnswers(*makeNetwork(model.image.graph, model.image.parameters, model.file), card);
    if (model.text)
        makeNetwork(model.text->graph, model.text->parameters, model.file);
    const Draft draft(m_folder / (".import-" + std::to_string(::getpid()) + "-" + id));
    try {
        for (const fs::path &file : filesOf(weights)) {
            task.checkCancelled();
            fs::copy_file(file, draft.path() / file.filename(), fs::copy_options::overwrite_existing);
        }
        card.hash = hashOf(draft.path() / card.weights);
        writeFileAside(draft.path() / cardName, [&](std::ostream &out) { out << card.toJson().dump(1) << '\n'; });
        fs::rename(draft.path(), m_folder / id);
    } catch (const fs::filesystem_error &error) {
        throw Error(ErrorKind::Io, QT_TRANSLATE_NOOP("core", "%1 cannot be written: %2"),
                    {toUtf8(m_folder / id), error.code().message()});
    }
    return card;
}

void ModelStore::remove(const std::string &id) const
{
    const ModelCard known = card(id);
    std::error_code failed;
    // Out of sight first: a half removed model must not be found.
    const fs::path hidden = m_folder / (".removed-" + std::to_string(::getpid()) + "-" + known.id);
    fs::rename(m_folder / known.id, hidden, failed);
    if (!failed)
        fs::remove_all(hidden, failed);
    if (failed)
        throw Error(ErrorKind::Io, QT_TRANSLATE_NOOP("core", "%1 cannot be removed: %2"),
                    {toUtf8(m_folder / known.id), failed.message()});
}

void ModelStore::verify(const std::string &id) const
{
    const ModelCard known = card(id);
    const fs::path weights = m_folder / known.id / known.weights;
    if (hashOf(weights) != known.hash)
        failCheck(known.id, {QT_TRANSLATE_NOOP("core", "its weights are not those that were imported"), {}});
    const NetworkModel model = recogniseNetwork(weights, known.choices);
    ModelCard again = known;
    checkAnswers(*makeNetwork(model.image.graph, model.image.parameters, model.file), again);
    float largest = 0, deviation = 0;
    for (std::size_t i = 0; i < known.fingerprint.size(); ++i) {
        largest = std::max(largest, std::abs(known.fingerprint[i]));
        deviation = std::max(deviation, std::abs(known.fingerprint[i] - again.fingerprint[i]));
    }
    if (!(deviation <= 1e-3f * largest))
        failCheck(known.id, {QT_TRANSLATE_NOOP("core", "it answers otherwise than when it was imported"), {}});
}

std::shared_ptr<const LoadedModel> ModelStore::load(const std::string &id, bool bf16) const
{
    static std::mutex mutex;
    static std::map<std::string, std::weak_ptr<const LoadedModel>> loaded;
    const ModelCard known = card(id);
    const std::lock_guard lock(mutex);
    auto &slot = loaded[known.hash + (bf16 ? "bf16" : "") + toUtf8(m_folder / known.id)];
    if (auto model = slot.lock())
        return model;
    const NetworkModel model = recogniseNetwork(m_folder / known.id / known.weights, known.choices, Trust::Installed);
    auto made = std::make_shared<LoadedModel>();
    made->card = known;
    made->image = makeNetwork(model.image.graph, model.image.parameters, model.file, bf16);
    if (model.text)
        made->text = makeNetwork(model.text->graph, model.text->parameters, model.file, bf16);
    made->contextLength = model.contextLength;
    made->vocabulary = model.vocabulary;
    made->transformer =
        std::ranges::any_of(model.image.graph.nodes, [](const Node &node) { return node.op == Op::Tokens; });
    made->gem = model.image.facts.gem;
    made->logitScale = model.logitScale;
    slot = made;
    return made;
}

} // namespace likeness
