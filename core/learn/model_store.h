#pragma once

#include "core/base/task.h"
#include "core/learn/network.h"
#include "core/learn/network_model.h"

#include <filesystem>
#include <memory>

namespace likeness {

/// An installed model, as its model.json has it.
struct ModelCard {
    std::string id, title, library, format, source; ///< `source` is the file it came from
    std::string weights;                            ///< name of the file of weights in the model's folder
    std::string hash;                               ///< XXH3-128 of the weights, part of every cache key
    std::int64_t bytes = 0;
    int dimension = 0;
    bool text = false; ///< has a text tower
    Preprocessing preprocessing;
    ImportChoices choices;
    std::vector<std::string> unused, notes;
    std::vector<float> fingerprint; ///< first entries of the vector of a built-in image
    double imageMs = 0;             ///< for one image on one thread of the machine that imported it

    nlohmann::ordered_json toJson() const;
};

/// A model that is ready to run; shared by all who use it.
struct LoadedModel {
    ModelCard card;
    std::unique_ptr<Network> image, text;
    int contextLength = 0, vocabulary = 0;
    double logitScale = 0;
    bool transformer = false; ///< its places are patches
    double gem = 0;           ///< exponent of its own pooling; 0: the mean
};

/// The folder of installed models: one folder each, with model.json, the weights and the JSON and vocabulary files that
/// lay beside them. Safe with several processes: a model appears and disappears as a whole. Members are thread-safe.
class ModelStore {
public:
    explicit ModelStore(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    /// $LIKENESS_MODEL_DIR, or "models" in the user's data folder.
    static ModelStore user();

    /// By id. A folder without a valid model.json is no model.
    std::vector<ModelCard> list() const;
    /// Throws Error{NotFound} naming the nearest id. An empty id is the first model.
    ModelCard card(const std::string &id) const;
    /// Copies a file of weights (or a folder with one), recognises it and lets it look at two built-in images before it
    /// is installed. An empty id is made from the file's name. Throws Error as recogniseNetwork() does, or where the
    /// check fails or the id is taken; then nothing is installed.
    ModelCard import(const std::filesystem::path &path, std::string id, const ImportChoices &choices,
                     TaskContext &task) const;
    void remove(const std::string &id) const;
    /// Reads the weights again and compares hash and answers with those at import. Throws Error{Format} where they
    /// differ.
    void verify(const std::string &id) const;
    /// Loaded once a process as long as somebody holds it.
    std::shared_ptr<const LoadedModel> load(const std::string &id, bool bf16 = false) const;

    const std::filesystem::path &folder() const { return m_folder; }

private:
    std::filesystem::path m_folder;
};

} // namespace likeness
