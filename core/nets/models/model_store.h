#pragma once

#include "core/base/task.h"
#include "core/nets/models/loaded_model.h"

namespace likeness {

class WeightPackage;

/// Where the files of an import come from.
struct ImportOrigin {
    std::string licence, homepage;
    bool mayMove = false; ///< they go away afterwards: links instead of copies where that can be
};

/// The folder of installed models: one folder each, with model.json, the weights and the JSON and vocabulary files that
/// lay beside them. Safe with several processes: a model appears and disappears as a whole. Members are thread-safe.
class ModelStore {
public:
    explicit ModelStore(std::filesystem::path folder, std::filesystem::path shipped = {})
        : m_folder(std::move(folder)), m_shipped(std::move(shipped))
    {
    }
    /// $LIKENESS_MODEL_DIR, or "models" in the user's data folder; and the models that come with the program.
    static ModelStore user();

    /// By id, those that come with the program last; nothing takes the place of one of them, and an
    /// older import of its id is hidden. A folder without a valid model.json is no model.
    std::vector<ModelCard> list() const;
    /// Throws Error{NotFound} naming the nearest id; Error{InvalidArgument} naming all for an empty id.
    ModelCard card(const std::string &id) const;
    /// Copies a file of weights (or a folder, a wheel or a zip archive with one), recognises it and lets it look at two
    /// built-in images before it is installed. An empty id is made from the file's name; others are letters of any
    /// language without slashes and quotes, see the message. Throws Error as recogniseNetwork() does, or where the
    /// check fails or the id is taken or comes with the program; then nothing is installed.
    ModelCard import(const std::filesystem::path &path, std::string id, const ImportChoices &choices, TaskContext &task,
                     const ImportOrigin &origin = {}) const;
    /// Copies vocabulary files to an installed model: vocab.json and merges.txt, tokenizer.json, vocab.txt or
    /// bpe_simple_vocab_16e6.txt.gz, or a folder that has them. Throws Error{Format} where its text tower cannot use
    /// them; then nothing is changed.
    void addVocabulary(const std::string &id, const std::vector<std::filesystem::path> &files) const;
    /// Of an id that comes with the program the import that it hides; throws Error{InvalidArgument} where it hides
    /// none.
    void remove(const std::string &id) const;
    /// With the hash of sharded weights that an older version imported: read once, then kept in model.json.
    ModelCard identified(ModelCard card) const;
    /// Reads every file of weights again and compares hash and answers with those at import. Throws Error{Format} where
    /// they differ.
    void verify(const std::string &id) const;
    /// Loaded once a process as long as somebody holds it.
    std::shared_ptr<const LoadedModel> load(const std::string &id, bool bf16 = false) const;

    const std::filesystem::path &folder() const { return m_folder; }

private:
    ModelCard importFrom(const WeightPackage &package, const std::filesystem::path &path, std::string id,
                         const ImportChoices &choices, TaskContext &task) const;
    /// Throws Error{InvalidArgument} where a new model cannot be called so.
    void requireFree(const std::string &id) const;

    std::filesystem::path m_folder, m_shipped;
};

} // namespace likeness
