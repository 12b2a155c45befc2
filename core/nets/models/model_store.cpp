#include "core/nets/models/model_store.h"

#include "core/base/file.h"
#include "core/base/file_hash.h"
#include "core/base/json_text.h"
#include "core/base/params.h"
#include "core/nets/models/model_files.h"
#include "core/nets/text/tokenizer.h"
#include "core/weights/weight_package.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fcntl.h>
#include <mutex>
#include <nlohmann/json.hpp>
#include <span>
#include <unistd.h>

namespace fs = std::filesystem;

namespace likeness {

namespace {

constexpr const char *cardName = "model.json";
bool isValidId(const std::string &id)
{
    return !id.empty() && id.front() != '.' && id.find_first_of("/\\") == std::string::npos;
}

/// Of a new model: it becomes the name of a folder, is typed in a shell and stands in recipes.
bool isGoodName(const std::string &id)
{
    constexpr std::size_t longest = 100; // with what is added to it, no file system refuses it
    const bool hasControls = std::ranges::any_of(id, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    return isValidId(id) && id.size() <= longest && !hasControls && id.front() != ' ' && id.back() != ' ' &&
           id.find_first_of("\"'`$") == std::string::npos;
}

void writeCard(const ModelCard &card, const fs::path &folder)
{
    writeFileAside(folder / cardName, [&](std::ostream &out) { out << dumpJson(card.toJson()) << '\n'; });
}

/// A file or a folder: what is listed after a power cut must have its bytes.
void keepOnDisk(const fs::path &path)
{
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool kept = fd >= 0 && (::fsync(fd) == 0 || errno == EINVAL);
    const std::error_code cause(errno, std::generic_category());
    if (fd >= 0)
        ::close(fd);
    if (!kept)
        throw fs::filesystem_error("fsync", path, cause);
}

/// A folder that vanishes unless it is renamed.
class Draft {
public:
    explicit Draft(fs::path path) : m_path(std::move(path))
    {
        std::error_code failed;
        fs::create_directories(m_path, failed);
        if (failed)
            throwUnwritable(m_path, failed);
    }
    ~Draft()
    {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    const fs::path &path() const { return m_path; }

private:
    fs::path m_path;
};

std::optional<ModelCard> cardIn(const fs::path &folder)
{
    std::error_code none;
    if (!fs::exists(folder / cardName, none))
        return std::nullopt;
    try {
        return ModelCard::read(folder / cardName);
    } catch (const std::exception &) {
        return std::nullopt; // not ours
    }
}

std::vector<ModelCard> cardsIn(const fs::path &folder)
{
    std::vector<ModelCard> cards;
    std::error_code none;
    for (const auto &entry : fs::directory_iterator(folder, none))
        if (isValidId(toUtf8(entry.path().filename())))
            if (auto card = cardIn(entry.path()))
                cards.push_back(std::move(*card));
    std::ranges::sort(cards, {}, &ModelCard::id);
    return cards;
}

} // namespace

ModelStore ModelStore::user()
{
    const char *given = std::getenv("LIKENESS_MODEL_DIR");
    return ModelStore(given && *given ? fs::path(given) : userDataFolder() / "models", programFolder() / "models");
}

std::vector<ModelCard> ModelStore::list() const
{
    std::vector<ModelCard> cards = cardsIn(m_folder);
    for (ModelCard &card : cardsIn(m_shipped)) {
        card.shipped = true;
        card.hidesOwn = std::erase_if(cards, [&](const ModelCard &own) { return own.id == card.id; }) > 0;
        cards.push_back(std::move(card));
    }
    return cards;
}

ModelCard ModelStore::card(const std::string &id) const
{
    if (isValidId(id))
        for (const fs::path &folder : {m_shipped, m_folder})
            if (auto found = folder.empty() ? std::nullopt : cardIn(folder / id)) {
                found->shipped = folder == m_shipped;
                return *found;
            }
    std::vector<std::string> known;
    std::string names;
    for (const ModelCard &card : list()) {
        known.push_back(card.id);
        names += (names.empty() ? "" : ", ") + card.id;
    }
    if (known.empty())
        throw Error(ErrorKind::NotFound,
                    QT_TRANSLATE_NOOP("core", "no model is installed: import a file of weights first"), {});
    if (id.empty())
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "no model is chosen: set the parameter \"model\" to one of %1"), {names});
    throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "there is no model \"%1\"; the nearest is \"%2\""),
                {id, nearest(id, known)});
}

void ModelStore::requireFree(const std::string &id) const
{
    if (!isGoodName(id))
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core",
                                      "\"%1\" cannot be the name of a model: it has at most 100 letters without "
                                      "slashes, quotes and $, no dot in front and no space at its ends"),
                    {id});
    if (!m_shipped.empty() && fs::exists(m_shipped / id))
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "\"%1\" comes with the program: choose another name"), {id});
    if (fs::exists(m_folder / id))
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "there is a model \"%1\" already: choose another name"), {id});
}

ModelCard ModelStore::importFrom(const WeightPackage &package, const fs::path &path, std::string id,
                                 const ImportChoices &choices, TaskContext &task) const
{
    const std::vector<std::string> &known = package.weights();
    if (known.empty())
        throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "there is no file of weights in the archive %1"),
                    {toUtf8(path)});
    if (choices.entry.empty() && known.size() > 1) {
        std::string names;
        for (const std::string &name : known)
            names += (names.empty() ? "" : ", ") + name;
        throw ChoiceNeeded(
            known, QT_TRANSLATE_NOOP("core", "%1 holds several files of weights: %2. Say which one with --entry"),
            {toUtf8(path), names});
    }
    const std::string entry = choices.entry.empty() ? known.front() : choices.entry;
    if (std::ranges::find(known, entry) == known.end())
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "%1 holds no weights \"%2\"; the nearest is \"%3\""),
                    {toUtf8(path), entry, nearest(entry, known)});
    if (id.empty())
        id = modelIdFrom(entry);
    requireFree(id);
    const Draft unpacked(m_folder / (".unpacked-" + std::to_string(::getpid()) + "-" + id));
    ImportChoices rest = choices;
    rest.entry.clear();
    return import(package.unpack(entry, unpacked.path(), task), id, rest, task,
                  {package.licence(), package.homepage(), true});
}

ModelCard ModelStore::import(const fs::path &path, std::string id, const ImportChoices &choices, TaskContext &task,
                             const ImportOrigin &origin) const
{
    if (const auto package = fs::is_directory(path) ? std::nullopt : WeightPackage::open(path))
        return importFrom(*package, path, std::move(id), choices, task);
    const fs::path weights = weightsOfModel(path);
    if (id.empty())
        id = modelIdFrom(path == weights ? weights : fs::canonical(path));
    requireFree(id); // before the weights are read, which may take minutes
    ModelCard asked;
    asked.choices = choices;
    const auto model = openModel(weights, asked, Trust::Untrusted, false);
    ModelCard card = model->card;
    card.id = id;
    card.source = toUtf8(weights.filename());
    card.weights = card.source;
    card.licence = origin.licence;
    card.homepage = origin.homepage;
    checkAnswers(*model->image, card);
    const Draft draft(m_folder / (".import-" + std::to_string(::getpid()) + "-" + id));
    try {
        std::vector<fs::path> files = filesOfModel(weights, card.text, model->foreign);
        for (const std::string &file : model->files)
            files.push_back(weights.parent_path() / file);
        for (const fs::path &file : files) {
            task.checkCancelled();
            const fs::path to = draft.path() / file.lexically_relative(weights.parent_path());
            fs::create_directories(to.parent_path());
            std::error_code noLink; // what fails later must not take the only copy with it
            if (origin.mayMove)
                fs::create_hard_link(file, to, noLink);
            if (!origin.mayMove || noLink)
                fs::copy_file(file, to, fs::copy_options::overwrite_existing);
        }
        std::vector<std::string> weighty = weightFilesOfModel(draft.path(), card.weights);
        std::ranges::copy(model->files, std::back_inserter(weighty));
        for (const std::string &name : weighty)
            card.weightFiles.push_back({name, toHex(fileHash(draft.path() / name))});
        card.folder = draft.path();
        card.hash = card.identity();
        writeCard(card, draft.path());
        for (const auto &entry : fs::recursive_directory_iterator(draft.path()))
            keepOnDisk(entry.path());
        keepOnDisk(draft.path());
        card.folder = m_folder / id;
        fs::rename(draft.path(), card.folder);
        keepOnDisk(m_folder);
    } catch (const fs::filesystem_error &error) {
        throwUnwritable(m_folder / id, error.code());
    }
    return card;
}

void ModelStore::addVocabulary(const std::string &id, const std::vector<fs::path> &files) const
{
    const ModelCard known = card(id);
    if (!known.text)
        throw Error(ErrorKind::InvalidArgument, QT_TRANSLATE_NOOP("core", "the model %1 does not understand texts"),
                    {known.id});
    const Draft draft(m_folder / (".vocabulary-" + std::to_string(::getpid()) + "-" + known.id));
    try {
        for (const fs::path &given : files) {
            const fs::path folder = fs::is_directory(given) ? given : given.parent_path();
            for (const char *name : vocabularyFiles)
                if ((fs::is_directory(given) ? fs::exists(folder / name) : given.filename() == name))
                    fs::copy_file(folder / name, draft.path() / name, fs::copy_options::overwrite_existing);
        }
        readTokenizer(draft.path(), load(known.id)->textNeeds, known.id);
        for (const char *name : vocabularyFiles) // one that was there would come before the new one
            if (std::string_view(name) != "tokenizer_config.json" && !fs::exists(draft.path() / name))
                fs::remove(m_folder / known.id / name);
        for (const auto &entry : fs::directory_iterator(draft.path()))
            fs::rename(entry.path(), m_folder / known.id / entry.path().filename());
    } catch (const fs::filesystem_error &error) {
        throwUnwritable(m_folder / known.id, error.code());
    }
}

void ModelStore::remove(const std::string &id) const
{
    const ModelCard known = card(id);
    if (known.shipped && !cardIn(m_folder / known.id)) // a hidden one of the user's may go
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "the model %1 comes with the program and stays"), {known.id});
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

ModelCard ModelStore::identified(ModelCard card) const
{
    if (!card.weightFiles.empty())
        return card;
    for (const std::string &name : weightFilesOfModel(card.folder, card.weights))
        card.weightFiles.push_back({name, toHex(rememberedFileHash(card.folder / name))});
    card.hash = card.identity();
    try {
        writeCard(card, card.folder);
    } catch (const Error &) {
        return card; // a folder that cannot be written: read again by the next process
    }
    return card;
}

void ModelStore::verify(const std::string &id) const
{
    const ModelCard known = identified(card(id));
    for (const ModelFile &file : known.weightFiles)
        if (toHex(fileHash(known.folder / file.name)) != file.hash)
            failModelCheck(known.id,
                           {QT_TRANSLATE_NOOP("core", "its file %1 is not the one that was imported"), {file.name}});
    const auto model = openModel(known.folder / known.weights, known, Trust::Installed, false);
    ModelCard again = known;
    checkAnswers(*model->image, again);
    if (again.fingerprint.size() != known.fingerprint.size())
        failModelCheck(known.id, {QT_TRANSLATE_NOOP("core", "it answers otherwise than when it was imported"), {}});
    float largest = 0, deviation = 0;
    for (std::size_t i = 0; i < known.fingerprint.size(); ++i) {
        largest = std::max(largest, std::abs(known.fingerprint[i]));
        deviation = std::max(deviation, std::abs(known.fingerprint[i] - again.fingerprint[i]));
    }
    if (!(deviation <= 1e-3f * largest))
        failModelCheck(known.id, {QT_TRANSLATE_NOOP("core", "it answers otherwise than when it was imported"), {}});
}

std::shared_ptr<const LoadedModel> ModelStore::load(const std::string &id, bool bf16) const
{
    static std::mutex mutex;
    static std::map<std::string, std::weak_ptr<const LoadedModel>> loaded;
    const ModelCard known = identified(card(id));
    const std::lock_guard lock(mutex);
    auto &slot = loaded[known.hash + (bf16 ? "bf16" : "") + std::to_string(static_cast<int>(networkDevice())) +
                        toUtf8(known.folder)];
    if (auto model = slot.lock())
        return model;
    std::shared_ptr<const LoadedModel> made = openModel(known.folder / known.weights, known, Trust::Installed, bf16);
    slot = made;
    return made;
}

} // namespace likeness
