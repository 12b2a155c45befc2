#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace likeness {

/// What may say words to a network, in the order in which they are looked for.
inline constexpr const char *vocabularyFiles[] = {"tokenizer.json",
                                                  "tokenizer_config.json",
                                                  "vocab.json",
                                                  "merges.txt",
                                                  "vocab.txt",
                                                  "bpe_simple_vocab_16e6.txt",
                                                  "bpe_simple_vocab_16e6.txt.gz"};

/// The file of weights that a path means: itself, or the one in the folder. Throws Error{NotFound}.
std::filesystem::path weightsOfModel(const std::filesystem::path &path);

/// The weights and what lies beside them and describes them: shards, configuration, for a network that reads texts
/// vocabularies; not what is `foreign`, by name.
std::vector<std::filesystem::path> filesOfModel(const std::filesystem::path &weights, bool text,
                                                const std::vector<std::string> &foreign);

/// The name of the weights, and those of their shards where they are the index of several.
std::vector<std::string> weightFilesOfModel(const std::filesystem::path &folder, const std::string &weights);

/// What a model is called whose user says nothing: the file's name (or the folder's) in plain letters.
std::string modelIdFrom(const std::filesystem::path &given);

} // namespace likeness
