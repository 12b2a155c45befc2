#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace likeness {

/// Text as the numbers that a text tower was trained with. Thread-safe.
class Tokenizer {
public:
    virtual ~Tokenizer() = default;
    /// Numbers of the pieces, without start and end.
    virtual std::vector<int> pieces(std::string_view text) const = 0;
    /// Start, pieces, end, as the tower takes them: cut to `contextLength` (the end stays).
    virtual std::vector<int> encoded(std::string_view text, int contextLength) const = 0;
    /// The largest number that it gives, and one.
    virtual int size() const = 0;
};

/// BERT's word pieces where the folder has vocab.txt or a tokenizer.json of that kind, else CLIP's byte pairs.
/// Throws Error{NotFound} where the folder has no vocabulary, Error{Format} where it is damaged.
std::unique_ptr<Tokenizer> readTokenizer(const std::filesystem::path &folder);
/// What a text tower was trained with.
struct TextNeeds {
    int words = 0;           ///< numbers that it knows
    bool wordPieces = false; ///< BERT's, not CLIP's byte pairs
};
/// The largest number of a vocabulary and one; 0 where one is negative or it is empty.
int vocabularySize(const std::unordered_map<std::string, int> &numbers);

/// readTokenizer() for the text tower of `model`; throws Error{Format} where the vocabulary is not one for it.
std::unique_ptr<Tokenizer> readTokenizer(const std::filesystem::path &folder, const TextNeeds &needs,
                                         const std::string &model);

} // namespace likeness
