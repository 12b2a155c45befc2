#pragma once

#include "core/base/stored_message.h"
#include "core/nets/recognise/network_model.h"

namespace likeness {

/// A file of weights as it was imported.
struct ModelFile {
    std::string name;
    std::string hash; ///< XXH3-128 of its bytes, as hex
};

/// An installed model, as its model.json has it.
struct ModelCard {
    std::filesystem::path folder;                   ///< where it lies
    bool shipped = false;                           ///< comes with the program
    bool hidesOwn = false;                          ///< and hides an import of this id; said by list() only
    std::string id, title, library, format, source; ///< `source` is the file it came from
    std::string family;                             ///< as modelFamily() knows it
    std::string program;                            ///< "ONNX" or "TorchScript" where the file itself is run
    std::string weights;                            ///< name of the file of weights in the model's folder
    std::string hash;                               ///< identity(), part of every cache key
    std::vector<ModelFile> weightFiles; ///< `weights` and every shard; empty for sharded weights of older imports
    std::int64_t bytes = 0;
    int dimension = 0;
    bool text = false; ///< has a text tower
    Preprocessing preprocessing;
    ImportChoices choices;
    std::string licence, homepage; ///< of a model from the catalogue
    std::vector<std::string> unused;
    std::vector<StoredMessage> notes;
    std::vector<float> fingerprint; ///< first entries of the vector of a built-in image
    double imageMs = 0;             ///< for one image on one thread of the machine that imported it

    nlohmann::ordered_json toJson() const;
    /// XXH3-128 over all that decides its vectors: names and bytes of the files of weights, preprocessing, choices, the
    /// configuration beside the weights. Empty without weightFiles.
    std::string identity() const;
    /// Of a model.json; the id is the name of its folder. Throws where the file is none.
    static ModelCard read(const std::filesystem::path &path);
};

} // namespace likeness
